/**
 * What this tab remembers: conversation id and token, from the first sent message on, and nothing else.
 *
 * `sessionStorage` dies with the tab. Where storage is blocked the chat works the same, only a
 * reload starts anew.
 */
import type { Ticket } from '../shared/direct-line.ts'

const KEY = 'porchlight:'

export function readTicket(program: string): Ticket | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY + program) ?? 'null') as Partial<Ticket> | null
    return kept?.conversationId && kept.token ? { conversationId: kept.conversationId, token: kept.token } : null
  } catch {
    return null
  }
}

/** Keeps a ticket, or forgets everything with null. */
export function keepTicket(program: string, ticket: Ticket | null): void {
  try {
    if (ticket) sessionStorage.setItem(KEY + program, JSON.stringify(ticket))
    else sessionStorage.removeItem(KEY + program)
  } catch {
    // Blocked storage: nothing is kept, which is what the visitor's browser asked for.
  }
}
