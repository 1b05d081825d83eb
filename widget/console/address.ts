/**
 * What the page's address says: a lead, or why a sign-in elsewhere did not open the desk.
 *
 * The lead that the page's address names (`/desk#lead_…`): where links from calendars, customer files and mails lead.
 */
export function leadInAddress(): string | null {
  return /^#(lead_[\w-]{1,64})$/.exec(location.hash)?.[1] ?? null
}

/** Why the organization's sign-in did not open the desk; empty when it was not tried. */
export function refusedSignIn(): string {
  switch (new URLSearchParams(location.search).get('sign-in')) {
    case 'refused':
      return 'Your organization’s account opens no desk account here: ask whoever runs the desk to link it.'
    case 'weak':
      return 'Your organization did not say that it asked you for a second factor: sign in there with one, or ask whoever runs the desk.'
    default:
      return ''
  }
}
