/**
 * The lead that the page's address names (`/desk#lead_…`): where links from calendars, customer files and mails lead.
 */
export function leadInAddress(): string | null {
  return /^#(lead_[\w-]{1,64})$/.exec(location.hash)?.[1] ?? null
}
