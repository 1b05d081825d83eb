/**
 * A visitor of the rehearsal: talks to a live installation by Direct Line, as any client would.
 */
import { z } from 'zod'
import { PorchlightData } from '../../flows/activity.ts'
import { AdmissionsError } from '../errors.ts'
import { rehearsalUser } from './rehearsal.ts'

const Granted = z.object({ token: z.string(), conversationId: z.string() })
const Posted = z.object({ id: z.string() })
const Activities = z.object({
  activities: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      from: z.object({ role: z.string().optional() }),
      channelData: z.unknown().optional(),
    }),
  ),
})

const Said = z.object({ porchlight: PorchlightData })
export type Said = z.infer<typeof PorchlightData>

export interface RehearsalVisitor {
  readonly conversation: string
  /** What the bot said to it. */
  say(text: string): Promise<Said[]>
  /** How the bot greets. */
  open(): Promise<Said[]>
}

const TIMEOUT_MS = 15_000

export async function rehearsalVisitor(at: {
  url: string
  secret: string
  program: string
}): Promise<RehearsalVisitor> {
  const base = `${at.url}/v3/directline`
  const user = { id: rehearsalUser() }
  const granted = await post(`${base}/tokens/generate`, at.secret, { program: at.program, user })
  const { token } = Granted.parse(granted)
  const { conversationId } = Granted.parse(await post(`${base}/conversations`, token, {}))
  const address = `${base}/conversations/${conversationId}/activities`
  const send = async (activity: object): Promise<Said[]> => {
    const { id } = Posted.parse(await post(address, token, activity))
    return saidIn(await ask(address, { token }), id)
  }
  return {
    conversation: conversationId,
    say: (text) => send({ type: 'message', text, from: user }),
    // With a user in the token the bot has spoken first.
    async open() {
      const greeting = saidIn(await ask(address, { token }), null)
      return greeting.length > 0 ? greeting : send({ type: 'event', name: 'porchlight/open', from: user })
    },
  }
}

/** What the bot said after an activity, or in all. */
function saidIn(answer: unknown, after: string | null): Said[] {
  const { activities } = Activities.parse(answer)
  const from = after === null ? 0 : activities.findIndex((one) => one.id === after) + 1
  return activities.slice(from).flatMap(({ channelData }) => Said.safeParse(channelData).data?.porchlight ?? [])
}

function post(url: string, token: string, body: object): Promise<unknown> {
  return ask(url, { token, body })
}

/** @throws AdmissionsError `NotFound` in words for the report, when the installation refuses. */
async function ask(url: string, call: { token: string; body?: object }): Promise<unknown> {
  const headers = { authorization: `Bearer ${call.token}`, 'content-type': 'application/json' }
  const init = call.body ? { method: 'POST', body: JSON.stringify(call.body) } : {}
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause) => {
    throw new AdmissionsError('ServiceError', 'The installation does not answer.', { cause })
  })
  if (response.ok) return response.json()
  throw new AdmissionsError('ServiceError', `The installation answered ${response.status}.`)
}
