/**
 * The real service on a free port with its store in memory, and a visitor who talks to it over HTTP.
 */
import { randomBytes } from 'node:crypto'
import type { Parts } from '../../bot/build-house.ts'
import { readConfig } from '../../bot/config.ts'
import { type Service, startService } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { readWorld } from '../../bot/world.ts'
import type { PorchlightData } from '../../flows/activity.ts'

/** Read once for all tests of a file. */
export const world = readWorld('knowledge/programs')

export const SECRET = 'a-secret-for-tests-only'

export function startTestService(parts: Parts = {}, settings: Record<string, string> = {}): Promise<Service> {
  const config = readConfig({
    PORT: '0',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'silent',
    DIRECT_LINE_SECRET: SECRET,
    ...settings,
  })
  return startService(config, { world, store: openSqliteStore(':memory:'), deploymentKey: randomBytes(32), ...parts })
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: AnswerBody
}

/** Every field that some answer of the service has; a test reads those that it expects. */
interface AnswerBody {
  readonly [field: string]: unknown
  readonly conversationId: string
  readonly token: string
  readonly streamUrl: string
  readonly id: string
  readonly activities: StoredActivity[]
  readonly watermark: string
  readonly error: { readonly code: string; readonly message: string }
}

export async function call(
  url: string,
  init: { method?: string; bearer?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { ...init.headers }
  if (init.bearer) headers.authorization = `Bearer ${init.bearer}`
  if (init.body !== undefined) headers['content-type'] = 'application/json'
  const body = init.body === undefined ? null : JSON.stringify(init.body)
  const response = await fetch(url, {
    method: init.method ?? (body === null ? 'GET' : 'POST'),
    headers,
    body,
    redirect: 'manual',
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (text.startsWith('{') ? JSON.parse(text) : { text }) as AnswerBody,
  }
}

export interface Visitor {
  readonly conversation: string
  readonly token: string
  readonly streamUrl: string
  post(activity: Record<string, unknown>): Promise<Answer>
  /** Says it and gives back what the bot said to it. */
  say(text: string): Promise<StoredActivity[]>
  /** Everything so far. */
  activities(watermark?: string): Promise<StoredActivity[]>
}

export async function visit(address: string, program = 'inspira', locale = 'en-US'): Promise<Visitor> {
  const granted = (await call(`${address}/programs/${program}/token`, { method: 'POST' })).body
  const base = `${address}/v3/directline/conversations`
  const started = await call(base, { bearer: granted.token, body: { user: {}, locale } })
  const { conversationId: conversation, token, streamUrl } = started.body
  const at = `${base}/${conversation}/activities`
  const visitor: Visitor = {
    conversation,
    token,
    streamUrl,
    post: (activity) => call(at, { bearer: token, body: activity }),
    async say(text) {
      const { body } = await visitor.post({ type: 'message', text, locale })
      const all = await visitor.activities()
      return all.slice(all.findIndex((one) => one.id === body.id) + 1)
    },
    activities: async (watermark = '') =>
      (await call(`${at}?watermark=${watermark}`, { bearer: token })).body.activities,
  }
  return visitor
}

/** @throws Error when there is no such activity: the test expected one. */
export function said(activity: StoredActivity | undefined): PorchlightData {
  if (activity === undefined) throw new Error('the bot did not say this')
  return (activity.channelData as { porchlight: PorchlightData }).porchlight
}
