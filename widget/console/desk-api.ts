/**
 * The desk's calls to its own service: same origin, the session's cookie, errors as they are said.
 */
import type { BotMessage } from '../../flows/activity.ts'
import type { Brief } from '../../flows/brief.ts'

export interface Headline {
  readonly id: string
  readonly conversation: string
  readonly program: string
  readonly programName: string
  readonly acuity: 'emergency' | 'crisis' | 'urgent' | 'soon' | 'routine'
  readonly route: string
  readonly label: string | null
  readonly promise: { readonly dueAt: string } | null
  readonly openedAt: string
  readonly state: 'open' | 'claimed' | 'closed'
  readonly claimedBy: string | null
  readonly claimedUntil: string | null
  readonly closedAs: string | null
  readonly about: string | null
  readonly isErased: boolean
  readonly isLive: boolean
}

export interface TranscriptLine {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly from: { readonly id: string; readonly name?: string; readonly role: string }
  readonly text?: string
  readonly channelData?: Partial<BotMessage['channelData']>
}

export interface LeadView extends Headline {
  readonly fence: number
  readonly brief: Brief | null
  readonly scores?: readonly { readonly title: string; readonly total: number | null }[]
  readonly transcript: readonly TranscriptLine[]
}

export interface Staff {
  readonly name: string
  readonly role: string
}

export interface Question {
  readonly id: string
  readonly program: string
  readonly at: string
  readonly question: string
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
