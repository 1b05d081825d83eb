/**
 * The desk's calls to its own service: same origin, the session's cookie, errors as they are said.
 */
import type { BotMessage } from '../../flows/activity.ts'
import type { Brief, GivenLine } from '../../flows/brief.ts'
import type { Score } from '../../flows/engine/score.ts'
import type { DangerLabel } from '../../flows/safety/verdict.ts'
import type { Acuity } from '../../flows/vocabulary.ts'

export interface Headline {
  readonly id: string
  readonly conversation: string
  readonly program: string
  readonly programName: string
  readonly acuity: Acuity
  readonly route: string
  readonly label: DangerLabel | null
  readonly promise: { readonly dueAt: string } | null
  /** 0 first to 8 (`bot/queue/lead-order.ts`). */
  readonly place: number
  readonly openedAt: string
  readonly state: 'open' | 'claimed' | 'closed'
  readonly claimedBy: string | null
  readonly claimedUntil: string | null
  readonly closedAs: string | null
  readonly about: string | null
  readonly isErased: boolean
  /** Its record is broken: what was said cannot be shown, and the visitor was told to begin a new chat. */
  readonly isUnreadable: boolean
  readonly isLive: boolean
  /** A visitor of `porchlight rehearse`: nobody waits. */
  readonly isRehearsal?: boolean
}

export interface TranscriptLine {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly from: { readonly id: string; readonly name?: string; readonly role: string }
  readonly text?: string
  readonly value?: unknown
  readonly channelData?: Partial<BotMessage['channelData']>
}

/** The verification packet, as `bot/outbox/verification.ts` gives it. */
export interface Verification {
  readonly mayAskPayer: boolean
  readonly canAskByMachine: boolean
  readonly photos: readonly { readonly id: string; readonly at: string; readonly expiresAt: string | null }[]
  readonly worksheet:
    | ({
        readonly card: Readonly<Record<string, string>>
        readonly note: string
        readonly outcome: string | null
      } & Readonly<Record<string, unknown>>)
    | null
  readonly answers: readonly {
    readonly outcome: string
    readonly checkedAt: string
    readonly serviceType: string
    readonly planName: string | null
    readonly benefits: readonly string[]
    readonly problems: readonly string[]
  }[]
}

export interface LeadView extends Headline {
  readonly fence: number
  /** It is of another program and open to this person until then. */
  readonly glassUntil?: string | null
  readonly note: string | null
  readonly notes?: readonly { readonly id: string; readonly at: string; readonly by: string; readonly text: string }[]
  readonly timeZone?: string
  readonly brief: Brief | null
  readonly scores: readonly (Score & { readonly title: string; readonly words: readonly string[] })[]
  readonly answers: readonly GivenLine[]
  /** Who of the staff has the chat. */
  readonly staff: { readonly name: string } | null
  readonly scriptVersion: string | null
  readonly verification?: Verification | null
  /** The time that is kept for the first talk. */
  readonly appointment?: string | null
  /** Her other requests, from the same number or address. */
  readonly earlier?: readonly Pick<Headline, 'id' | 'openedAt' | 'state' | 'claimedBy' | 'closedAs'>[]
  readonly isLedgerWhole?: boolean
  /** Nothing of it may be erased while this stands. */
  readonly hold?: { readonly reason: string; readonly since: string; readonly by: string } | null
  readonly transcript: readonly TranscriptLine[]
  /** Turns that cannot be opened: their lines are missing. */
  readonly unreadTurns?: number
}

export interface Staff {
  readonly name: string
  readonly role: string
  readonly programs: readonly string[] | null
  readonly secondFactor?: boolean
  /** Nothing opens before a second factor is set up. */
  readonly mustEnrol?: boolean
  /** Works for some programs only, and may open a lead of another with a reason. */
  readonly canBreakGlass?: boolean
  /** Somebody was locked out under this name since it was last used; said once. */
  readonly lockedAt?: string | null
}

/** One of one's own sessions, as `bot/console/own-sessions.ts` gives it. */
export interface OwnSession {
  readonly id: string
  readonly startedAt: string
  readonly seenAt: string
  readonly device: string
  readonly isThis: boolean
}

export interface FactorSetup {
  readonly secret: string
  readonly uri: string
}

export interface ShiftLine extends Pick<Headline, 'id' | 'program' | 'acuity' | 'route' | 'openedAt' | 'claimedBy'> {
  readonly dueAt: string | null
  readonly isLate: boolean
}

export interface Shift {
  readonly since: string
  readonly waiting: readonly ShiftLine[]
  readonly held: readonly ShiftLine[]
  readonly cameIn: number
  readonly danger: number
  readonly late: number
  readonly deeds: Readonly<Record<string, number>>
}

/** Something that did not go out, as `bot/console/undelivered.ts` gives it. */
export interface Notice {
  readonly id: string
  readonly kind: string
  readonly what: string | null
  /** Why it was given up; null = nobody answered. */
  readonly code: string | null
  readonly attempts: number
  readonly lead: string
  readonly openedAt: string
  readonly program: string
}

export interface Figures {
  readonly days: number
  readonly funnel: readonly { readonly step: string; readonly count: number }[]
  readonly byState: Readonly<Record<string, number>>
  readonly byRoute: Readonly<Record<string, number>>
  readonly closedAs: Readonly<Record<string, number>>
  readonly overdue: number
  readonly secondsToClaim: { readonly median: number | null; readonly p90: number | null }
  readonly promises: { readonly kept: number; readonly broken: number }
}

/** Where people stop, as `bot/console/stops.ts` counts it. */
export interface Stops {
  readonly conversations: number
  readonly countedAt: string
  readonly steps: readonly {
    readonly flow: string
    readonly step: string
    readonly asked: number
    readonly stopped: number
    /** 0–1 */
    readonly share: number
    readonly isMarked: boolean
  }[]
  readonly flows: readonly { readonly flow: string; readonly title: { readonly en: string; readonly es: string } }[]
}

export interface TrailEntry {
  readonly seq: number
  readonly at: string
  readonly event: string
  readonly actor: string
  readonly lead: string | null
  readonly detail?: Readonly<Record<string, unknown>>
  readonly hash: string
}

/** What the service refused, in its own words. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** @throws Refusal with the service's code, or `OFFLINE`. */
export async function call<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
  const body = init.body === undefined ? null : JSON.stringify(init.body)
  const headers: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' }
  const response = await fetch(`/desk/api/${path}`, {
    method: init.method ?? (body ? 'POST' : 'GET'),
    body,
    headers,
  }).catch(() => {
    throw new Refusal('OFFLINE', 'The desk cannot reach the service. Check the connection; nothing was changed.')
  })
  if (response.status === 204) return undefined as T
  const answer = await response
    .json()
    .catch(() => ({ error: { code: 'UNREADABLE', message: 'The answer could not be read.' } }))
  if (response.ok) return answer as T
  throw new Refusal(answer.error.code, answer.error.message)
}
