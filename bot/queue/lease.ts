/** How long a claim holds a lead without being renewed. */
export const LEASE_MS = 15 * 60_000
