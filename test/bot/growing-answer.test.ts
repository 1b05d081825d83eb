/** Promises of an answer that grows on the screen: each sentence verified before it shows, one whole in the end. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { readingsEnded } from '../../bot/models/second-answer.ts'
import { openaiModel } from '../../bot/providers/openai.ts'
import { begin } from '../../bot/turn/begin.ts'
import { newId } from '../../bot/turn/conversations.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { readWorld, type World } from '../../bot/world.ts'
import { growingSentences } from '../../knowledge/model/growing-reply.ts'
import { startTestService, visit } from './service-in-test.ts'

let world: World
beforeAll(() => {
  world = readWorld('knowledge/programs')
})

const servers: Server[] = []
const houses: House[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) server.closeAllConnections()
  await Promise.all(houses.splice(0).map((house) => house.store.close()))
})

/** Writes the reply piece by piece; `next` gives the hand of the test on each. */
type Writer = (write: (text: string) => void, response: ServerResponse) => Promise<void> | void

async function serverThat(writes: Writer) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      if (Buffer.concat(parts).includes('"name":"danger"')) return void response.writeHead(503).end()
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const write = (content: string): void =>
        void response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`)
      await writes(write, response)
      if (!response.destroyed) response.end('data: {"choices":[],"usage":{"total_tokens":70}}\n\ndata: [DONE]\n\n')
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return openaiModel({ baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: null, name: 'local' })
}

const sessions = '{"text":"Sessions are typically three hours long.","facts":["inspira.session-length"]}'
const lie = '{"text":"Sessions are typically five hours long.","facts":["inspira.session-length"]}'
const weeks = `{"text":"People typically spend six to eight weeks in Inspira's IOP.","facts":["inspira.length"]}`

interface Asking {
  readonly house: House
  readonly conversation: string
  /** Everything that an open socket gets, in order. */
  readonly seen: StoredActivity[]
  say(text: string): Promise<unknown>
}

async function talk(writes: Writer): Promise<Asking> {
  const house = houseInMemory({ world, model: await serverThat(writes) })
  houses.push(house)
  const conversation = newId()
  await begin(house, { id: conversation, program: 'inspira', user: newId('dl_'), locale: 'en-US' })
  await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })
  const seen: StoredActivity[] = []
  house.streams.listen(conversation, (heard) => heard !== 'gap' && seen.push(...heard.activities))
  const say = (text: string) => takeTurn(house, { conversation, activity: { type: 'message', text, locale: 'en-US' } })
  return { house, conversation, seen, say }
}

const streamOf = ({ channelData }: StoredActivity) =>
  channelData as { streamType?: string; streamId?: string; streamSequence?: number } | undefined
const growing = (seen: readonly StoredActivity[]) => seen.filter((one) => streamOf(one)?.streamType === 'streaming')

async function stored({ house, conversation }: Asking): Promise<StoredActivity[]> {
  const live = await house.conversations.load(conversation)
  const turns = await house.store.turnsAfter(conversation, 0)
  return turns.flatMap((one) => house.conversations.openTurn(live!, one))
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a sentence shows before the next is written, and the whole takes its place under one name', async () => {
  let go: () => void = () => undefined
  const firstShown = new Promise<void>((resolve) => {
    go = resolve
  })
  const asking = await talk(async (write) => {
    write(`{"sentences":[${sessions.slice(0, 30)}`)
    write(`${sessions.slice(30)},`)
    await firstShown
    write(`${lie},${weeks}]}`)
  })
  await asking.say('is there parking')
  await until(() => growing(asking.seen).length === 1)
  expect(growing(asking.seen)[0]?.text).toBe('Sessions are typically three hours long.')
  go()
  await readingsEnded(asking.house)
  const [one, two, ...more] = growing(asking.seen)
  expect(more).toEqual([])
  expect(two?.text).toMatch(/^Sessions are typically three hours long\. People typically spend six to eight weeks/)
  expect([one, two].map((step) => streamOf(step!)?.streamSequence)).toEqual([1, 2])
  const { streamId } = streamOf(one!)!
  expect(one?.id).toBe(streamId)
  const final = asking.seen.find((step) => streamOf(step)?.streamType === 'final')
  expect(final).toMatchObject({ type: 'message', channelData: { streamId, porchlight: { kind: 'answer' } } })
  expect(final?.text).toContain(two?.text)
  expect(JSON.stringify(asking.seen)).not.toContain('five hours')
  const kept = await stored(asking)
  expect(kept.some(({ type }) => type === 'typing')).toBe(false)
  expect(kept.filter(({ text }) => text?.includes('three hours long'))).toHaveLength(1)
})

test('a server that dies on the way leaves what was verified', async () => {
  let seen: readonly StoredActivity[] = []
  const asking = await talk(async (write, response) => {
    write(`{"sentences":[${sessions},{"text":"and`)
    await until(() => growing(seen).length === 1)
    response.destroy()
  })
  seen = asking.seen
  await asking.say('is there parking')
  await readingsEnded(asking.house)
  expect((await stored(asking)).filter(({ text }) => text?.includes('three hours long'))).toHaveLength(1)
})

test.each([
  ['only lies', `{"sentences":[${lie}]}`],
  ['writes without an end', `{"sentences":[{"text":"${'x'.repeat(30_000)}`],
  ['breaks off in a word', '{"sentences":[{"text":"Sess'],
  ['writes nonsense', 'Sure! Here is what I think: }}}]]]{'],
])('a server that %s shows nothing and changes nothing', async (_, text) => {
  const asking = await talk((write) => write(text))
  await asking.say('is there parking')
  const before = (await stored(asking)).length
  await readingsEnded(asking.house)
  expect(growing(asking.seen)).toEqual([])
  expect(await stored(asking)).toHaveLength(before)
})

test('danger in the middle takes back what grew, and nothing of it is said', async () => {
  let go: () => void = () => undefined
  const isSaid = new Promise<void>((resolve) => {
    go = resolve
  })
  const asking = await talk(async (write) => {
    write(`{"sentences":[${sessions},`)
    await isSaid
    write(`${weeks}]}`)
  })
  await asking.say('is there parking')
  await until(() => growing(asking.seen).length === 1)
  await asking.say('i want to kill myself tonight')
  go()
  await readingsEnded(asking.house)
  expect(asking.seen.at(-1)).toMatchObject({ type: 'typing', channelData: { streamType: 'final' } })
  expect(asking.seen.at(-1)?.text).toBeUndefined()
  expect((await stored(asking)).some(({ text }) => text?.includes('three hours'))).toBe(false)
})

test('over the service’s own line an open socket sees it grow, and who polls gets only the whole', async () => {
  const model = await serverThat((write) => write(`{"sentences":[${sessions},${weeks}]}`))
  const service = await startTestService({ model })
  try {
    const visitor = await visit(service.address)
    const socket = new WebSocket(visitor.streamUrl)
    const seen: StoredActivity[] = []
    socket.on('message', (frame) => {
      const text = String(frame)
      if (text !== '') seen.push(...(JSON.parse(text) as { activities: StoredActivity[] }).activities)
    })
    await new Promise((resolve) => socket.once('open', resolve))
    await visitor.post({ type: 'message', text: 'is there parking', locale: 'en-US' })
    await until(() => seen.some((one) => streamOf(one)?.streamType === 'final'))
    expect(growing(seen).length).toBeGreaterThan(0)
    expect(growing(seen)[0]?.type).toBe('typing')
    const polled = await visitor.activities()
    expect(polled.some(({ type }) => type === 'typing')).toBe(false)
    expect(polled.filter(({ text }) => text?.includes('three hours long'))).toHaveLength(1)
    socket.close()
  } finally {
    await service.stop()
  }
})

test('a reply in pieces gives each sentence once, however it is cut', () => {
  const text = `{ "sentences" : [ ${sessions} , {"text":"a \\"brace\\" } in words","facts":["x"]}, ${weeks}]}`
  for (const size of [1, 2, 7, 40, text.length]) {
    const next = growingSentences()
    const found: unknown[] = []
    for (let end = size; end < text.length + size; end += size) found.push(...next(text.slice(0, end)))
    expect(found).toEqual((JSON.parse(text) as { sentences: unknown[] }).sentences)
  }
})
