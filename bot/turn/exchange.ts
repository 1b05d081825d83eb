/**
 * The exchange: what machines that share a store tell each other beside it.
 *
 * One machine with its embedded store needs none. Nothing in it is readable: turns travel sealed,
 * desk events are ids and codes, limits are counted under keyed hashes.
 */

import type { TurnRecord } from '../ports.ts'
import type { DeskEvents } from '../queue/desk-events.ts'

export interface Exchange {
  readonly turns: TurnFeed
  readonly deskEvents: DeskEvents
  readonly limits: SharedLimits
  readonly erasures: Erasures
  /** How far this machine's clock is ahead of the store's, as last seen; null = not yet known. */
  clockSkewMs(): number | null
}

/** Conversations that were erased, on whichever machine or by a command. */
export interface Erasures {
  /** `any`: something may have been missed, so whatever is held readable may be of an erased one. */
  onErased(listener: (conversation: string | 'any') => void): void
}

/** Turns that other machines commit, of the conversations that are followed here. */
export interface TurnFeed {
  /** Resolves once later turns are heard. */
  follow(conversation: string): Promise<void>
  unfollow(conversation: string): void
  onTurn(listener: (conversation: string, turn: TurnRecord) => void): void
  /** Called when turns may have been missed: who follows reads the store. */
  onGap(listener: () => void): void
}

/** What is left of a rate limit for one key. */
export interface Bucket {
  readonly left: number
  /** Unix milliseconds. */
  readonly at: number
}

export interface SharedLimits {
  /** Takes one from a bucket that refills evenly; gives the bucket as it stands for all machines. */
  take(key: string, perMinute: number, now: number): Promise<Bucket>
  /** Counts a try under each key before it is known to fail; the wait in ms when one of them is locked, else 0. */
  beginTry(keys: readonly TriesKey[], now: number): Promise<number>
  /** The password fitted: the first key starts afresh, the others take the try back. */
  endTry(keys: readonly TriesKey[], now: number): Promise<void>
}

export interface TriesKey {
  readonly key: string
  /** So many failures are free. */
  readonly tries: number
}
