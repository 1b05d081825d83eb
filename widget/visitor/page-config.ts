/**
 * What the service writes into the chat's page, and the one place that reads it.
 *
 * It holds only what is the same for everybody who opens this program's chat: no ids, no token.
 */
export interface PageConfig {
  readonly program: string
  /** The program's name as its staff say it. */
  readonly name: string
  /** Whose hotlines the browser's own crisis card shows. */
  readonly region: 'US' | 'IN'
  /** The neutral page of the quick exit. */
  readonly exit: string
}

/** Reads the page's configuration block. */
export function readPageConfig(): PageConfig {
  return JSON.parse(document.getElementById('config')?.textContent ?? '{}') as PageConfig
}
