/**
 * A night in which marked words go in by every door: messages, forms, fields, files, errors, staff.
 */

import { once } from 'node:events'
import sharp from 'sharp'
import { WebSocket } from 'ws'
import { call, visit } from '../bot/service-in-test.ts'
import { agreeToAll } from '../exits/agreeable.ts'

export const PASSWORD = 'a long passphrase'

/** Words that may be nowhere in clear. */
export const MARK = 'zq9canary'
/** Words of a question: a model that was set up may read them, and nobody else. */
export const QUESTION = 'zq9question'
/** Words of somebody who agreed to be contacted: the record system and the customer file may have them. */
export const AGREED = 'zq9agreed'

export interface Night {
  readonly alone: string
  /** null in a short night. */
  readonly agreed: string | null
  readonly refusals: readonly unknown[]
}

/** @param through - the address of the proxy. @param address - the service itself, for what no client of ours asks. */
export async function liveThrough(through: string, address: string, how: { isShort?: boolean } = {}): Promise<Night> {
  const alone = await talk(through)
  await saveForLater(through)
  await wordByWord(through)
  await whileItGrows(address)
  const refusals = await beRefused(through, address)
  const agreed = how.isShort ? null : await agree(through)
  await withoutScript(through)
  await work(through, address, agreed ?? alone)
  return { alone, agreed, refusals }
}

/** A code for coming back, with a word that only she knows. */
async function saveForLater(through: string): Promise<void> {
  const visitor = await visit(through)
  for (const text of ['screening', 'For me', '34', 'no', 'no', 'save and come back', `${MARK}word`])
    await visitor.say(text)
}

/** A sentence that comes in pieces is heard together: what waits to be heard again is kept with the talk, sealed. */
async function wordByWord(through: string): Promise<void> {
  const visitor = await visit(through)
  for (const text of ['i', 'want', 'to', `${MARK}piece`, 'kill', 'myself']) await visitor.say(text)
}

/** Somebody whose socket is open while a model's answer grows; the model says words back that it must not (`surroundings`). */
async function whileItGrows(address: string): Promise<void> {
  const visitor = await visit(address)
  const socket = new WebSocket(visitor.streamUrl)
  await once(socket, 'open')
  for (const text of [`are sessions long, ${QUESTION}`, `is there a ${QUESTION} on the roof`]) await visitor.say(text)
  socket.close()
}

async function talk(through: string): Promise<string> {
  const visitor = await visit(through)
  await visitor.post({ type: 'event', name: 'porchlight/open', value: MARK })
  await visitor.say(`do you have a ${QUESTION} for parrots`)
  await visitor.say(`call me at ${MARK}3@example.org`)
  await visitor.say(`my name is ${MARK}1 and i want to kill myself`)
  await visitor.say(`${QUESTION}4 ${'long '.repeat(900)}`)
  await visitor.post({ type: 'message', text: 'hello', channelData: { clientActivityID: `${MARK}id` } })
  await upload(through, visitor, `${MARK}file.jpg`)
  return visitor.conversation
}

async function upload(
  through: string,
  { conversation, token }: { conversation: string; token: string },
  name: string,
): Promise<number> {
  const picture = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#1d4f8c' } })
    .jpeg()
    .withExif({ IFD0: { ImageDescription: `${MARK} street` } })
    .toBuffer()
  const parts = new FormData()
  const activity = JSON.stringify({ type: 'message', text: `${QUESTION} with the file` })
  parts.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }), 'blob')
  parts.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), name)
  const url = `${through}/v3/directline/conversations/${conversation}/upload?userId=x`
  return (await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: parts })).status
}

async function beRefused(through: string, address: string): Promise<unknown[]> {
  const visitor = await visit(through)
  const answers = [
    await visitor.post({ type: 'message', text: `${MARK}5 ${'x'.repeat(9_000)}` }),
    await visitor.post({ type: `${MARK}6` }),
    await visitor.post({ type: 'message', text: { [MARK]: 1 } as never }),
    await call(`${address}/${MARK}7?q=${MARK}8`),
    await call(`${address}/programs/${MARK}9/token`, { method: 'POST' }),
    await call(`${address}/v3/directline/conversations/${MARK}/activities`, { bearer: visitor.token }),
    await call(`${address}/v3/directline/conversations`, { bearer: MARK, body: { user: { id: MARK } } }),
    await call(`${through}/desk/api/session`, { body: { name: MARK, password: `${MARK}${MARK}` } }),
    await call(`${through}/api/messages`, { bearer: MARK, body: { type: 'message', text: MARK, [MARK]: 1 } }),
    await call(`${through}/api/messages`, { body: { text: MARK, serviceUrl: MARK } }),
    await call(`${through}/hub/handoff`, { body: { [MARK]: MARK } }),
  ]
  const broken = await fetch(`${through}/v3/directline/conversations/${visitor.conversation}/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor.token}`, 'content-type': 'application/json' },
    body: `{"type":"message","text":"${MARK} is cut off`,
  })
  return [...answers.map(({ body }) => body), await broken.text()]
}

async function agree(through: string): Promise<string> {
  const visitor = await visit(through)
  await visitor.post({ type: 'event', name: 'porchlight/open' })
  await agreeToAll(visitor, { 'contact/name': `Ana ${AGREED}`, 'contact/email': `${AGREED}@example.org` })
  await upload(through, visitor, `${MARK}card.jpg`)
  return visitor.conversation
}

/** The chat without script: everything in one form post. */
async function withoutScript(through: string): Promise<void> {
  for (const text of [`${QUESTION} in a form`, `i want to kill myself ${MARK}`]) {
    const body = new URLSearchParams({ once: 'a1b2c3', text })
    await fetch(`${through}/chat/inspira`, { method: 'POST', body, headers: { accept: 'text/html' } })
  }
}

/** What staff do with the lead, each with words of their own. */
async function work(through: string, address: string, conversation: string): Promise<void> {
  const api = `${through}/desk/api`
  const asHerself = { 'user-agent': `${MARK} Firefox/1.0 (${MARK})` }
  // Not through the proxy, whose own log holds what a browser says of itself.
  const session = await call(`${address}/desk/api/session`, {
    body: { name: 'ana', password: PASSWORD },
    headers: asHerself,
  })
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] as string
  const ask = (path: string, body?: unknown) => call(`${api}/${path}`, { headers: { cookie }, body })
  const { leads } = (await ask('leads')).body as unknown as { leads: { id: string; conversation: string }[] }
  const id = leads.find((lead) => lead.conversation === conversation)?.id
  if (id === undefined) throw new Error('the lead is not on the desk')
  const claimed = await ask(`leads/${id}/claim`, {})
  const { fence } = claimed.body.lease as { fence: number }
  for (const path of [
    `leads/${id}`,
    `leads/${id}/fhir`,
    'sessions',
    'facts',
    'facts/waiting',
    'undelivered',
    'shift',
    'figures',
  ])
    await ask(path)
  await stateAFact(ask)
  for (const path of [`leads/${id}/hold`, 'break-glass', 'sessions/end', 'second-factor'])
    await ask(path, { reason: MARK, lead: MARK, password: MARK, session: MARK })
  await ask(`leads/${id}/notes`, { text: `${MARK} in a note` })
  await ask(`leads/${id}/takeover`, { fence })
  await ask(`leads/${id}/messages`, { fence, text: `${MARK} said by staff` })
  await ask(`leads/${id}/worksheet`, { fence, worksheet: { note: `${MARK} on the worksheet` } })
  await ask(`leads/${id}/notes`, { [MARK]: MARK })
  await call(`${address}/desk/api/leads/${MARK}`, { headers: { cookie } })
  await ask(`leads/${id}/close`, { fence, disposition: 'reached', note: `${MARK} when it was closed` })
  await ask('exports/leads.csv')
  await (await fetch(`${api}/audit/export`, { headers: { cookie } })).text()
}

/** What the team says of its program stands open; the question that it was stated for does not, nor what was only tried. */
async function stateAFact(
  ask: (path: string, body?: unknown) => Promise<Awaited<ReturnType<typeof call>>>,
): Promise<void> {
  const { questions } = (await ask('unanswered')).body as unknown as { questions: { id: string; question: string }[] }
  const asked = questions.filter(({ question }) => question.includes(QUESTION)).map(({ id }) => id)
  if (asked.length === 0) throw new Error('the question is not on the desk')
  const stated = {
    program: 'inspira',
    topic: null,
    en: 'Parrots may not be brought along to the sessions.',
    es: 'Los loros no se pueden traer a las sesiones.',
    source: 'front desk',
    tries: { en: ['may i bring my parrot'], es: [] },
    questions: asked,
  }
  await ask('facts/try', { ...stated, en: `${MARK} is what nobody stated in the end.`, source: MARK })
  await ask('facts', stated)
}
