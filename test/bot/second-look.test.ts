/**
 * A language model may add a sign of danger, late; whatever else its server does changes nothing.
 */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { lookAfterStart } from '../../bot/models/look-after-start.ts'
import { lookNow, looksEnded } from '../../bot/models/second-look.ts'
import type { Service } from '../../bot/service.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import type { PorchlightData } from '../../flows/activity.ts'
import { said, startTestService, visit } from './service-in-test.ts'

/** Heard by nobody but a model: no word of it is a sign. */
const oblique = 'the ferryman and i have an appointment at the usual place'

let server: Server
let behaviour: (response: ServerResponse, body: string) => void
const asked: string[] = []
let service: Service

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      asked.push(body)
      behaviour(response, body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
afterAll(() => new Promise((closed) => server.close(closed)))
beforeEach(async () => {
  asked.length = 0
  service = await startWithModel()
})
afterEach(() => service.stop())

function startWithModel(): Promise<Service> {
  const { port } = server.address() as AddressInfo
  return startTestService({}, { OPENAI_MODEL: 'local', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` })
}

function kindOf({ channelData }: StoredActivity): string | undefined {
  return (channelData as { porchlight?: PorchlightData } | undefined)?.porchlight?.kind
}

function says(content: string): (response: ServerResponse) => void {
  return (response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content } }],
      }),
    )
  }
}

test('a sign that the model adds brings the card and the lead, after the answer', async () => {
  behaviour = says('{"kind":"suicide_active"}')
  const visitor = await visit(service.address)
  expect(said((await visitor.say(oblique))[0]).kind).not.toBe('crisis')
  await looksEnded(service.house)
  expect((await visitor.activities()).map(kindOf)).toContain('crisis')
  expect(await service.house.store.leadOf(visitor.conversation)).toMatchObject({ label: 'suicide_active' })
})

test('a sign that the model adds rings with the person who holds the lead', async () => {
  behaviour = says('{"kind":"none"}')
  const visitor = await visit(service.address)
  await visitor.say('I want to kill myself')
  const { store, deskEvents } = service.house
  const lead = await store.leadOf(visitor.conversation)
  if (!lead) throw new Error('no lead was opened')
  const at = service.house.clock.now().toISOString()
  await store.claim(lead.id, 'ana', { at, until: new Date(Date.parse(at) + 3_600_000).toISOString() })
  const alarms: unknown[] = []
  deskEvents.listen(({ event, data }) => event === 'alarm' && alarms.push(data))
  behaviour = says('{"kind":"suicide_active"}')
  await visitor.say(oblique)
  await looksEnded(service.house)
  expect(alarms).toMatchObject([{ lead: lead.id, reason: 'danger-again' }])
})

test('a service that stops waits for the look under way, and its sign is kept', async () => {
  const held: ServerResponse[] = []
  behaviour = (response) => held.push(response)
  const { house, address, stop } = await startWithModel()
  await (await visit(address)).say(oblique)
  // The look, and the second reading of what might be a question.
  await expect.poll(() => held.length).toBe(2)
  const opened: unknown[] = []
  house.deskEvents.listen(({ event, data }) => event === 'lead.opened' && opened.push(data))
  const { idle } = house.line
  vi.spyOn(house.line, 'idle').mockImplementation(async () => {
    await idle()
    held.forEach(says('{"kind":"suicide_active"}'))
  })
  await stop()
  expect(opened).toMatchObject([{ acuity: 'emergency' }])
})

test('a model that says all is fine takes no sign away', async () => {
  behaviour = says('{"kind":"none"}')
  const visitor = await visit(service.address)
  expect(said((await visitor.say('I am going to kill myself tonight'))[0]).kind).toBe('crisis')
  await looksEnded(service.house)
  expect(await service.house.store.leadOf(visitor.conversation)).toMatchObject({ state: 'open' })
})

test.each([
  ['fails', (response: ServerResponse) => void response.writeHead(500).end('broken')],
  ['answers garbage', says('<<<not json')],
  ['answers a kind of its own', says('{"kind":"all is fine","escalate":false}')],
  ['hangs up', (response: ServerResponse) => void response.destroy()],
  ['says nothing within its four seconds', () => undefined],
  ['answers nothing useful under 200', (response: ServerResponse) => void response.end('{}')],
])('where the model %s, the chat goes on as without it', async (_name, misbehave) => {
  behaviour = misbehave
  const visitor = await visit(service.address)
  await visitor.say(oblique)
  await looksEnded(service.house)
  expect((await visitor.activities()).map(kindOf)).not.toContain('crisis')
  expect(said((await visitor.say('me quiero matar'))[0]).kind).toBe('crisis')
})

test('a model that keeps failing is left alone for a while, and asked again after it', async () => {
  behaviour = (response) => void response.writeHead(500).end('broken')
  const { house } = service
  const look = (text: string) => lookNow(house, { conversation: 'nobody', text, saidBefore: [] })
  for (let count = 0; count < 9; count += 1) await look(`${oblique} ${count}`)
  expect(asked).toHaveLength(5)
  const later = house.clock.now().getTime() + 11_000
  const clock = vi.spyOn(house.clock, 'now').mockImplementation(() => new Date(later))
  onTestFinished(() => clock.mockRestore())
  behaviour = says('{"kind":"none"}')
  await look(oblique)
  expect(asked).toHaveLength(6)
})

test('whoever writes on and on is looked at 200 times', async () => {
  behaviour = says('{"kind":"none"}')
  const look = (conversation: string) => lookNow(service.house, { conversation, text: oblique, saidBefore: [] })
  for (let count = 0; count < 210; count += 1) await look('one')
  expect(asked).toHaveLength(200)
  await look('another')
  expect(asked).toHaveLength(201)
})

test('what the model is shown has no name, address or number of anybody', async () => {
  behaviour = says('{"kind":"none"}')
  const visitor = await visit(service.address)
  await visitor.say('hello, my name is Marguerite Okafor, reach me at mo@example.org or 973 555 0142')
  await looksEnded(service.house)
  const shown = asked.join()
  expect(asked.length).toBeGreaterThan(0)
  for (const private_ of ['Marguerite', 'Okafor', 'example.org', '0142']) expect(shown).not.toContain(private_)
})

test('an answer to who somebody is is shown to no model, in small letters neither', async () => {
  behaviour = says('{"kind":"none"}')
  const visitor = await visit(service.address)
  const answers = ['check my insurance', 'me', 'Aetna', 'ppo', 'my own', 'NJ', 'a person']
  for (const text of answers) await visitor.say(text)
  expect((await visitor.activities()).at(-1)?.text).toMatch(/What name/)
  await looksEnded(service.house)
  asked.length = 0
  await visitor.say('marguerite okafor')
  await looksEnded(service.house)
  expect(asked).toEqual([])
  await visitor.say('by phone')
  await visitor.say('skip')
  await visitor.say('skip')
  await visitor.say(oblique)
  await looksEnded(service.house)
  expect(asked.join()).not.toContain('okafor')
})

test('a look that a crash cut off is made at the next start, and not where danger was heard already', async () => {
  behaviour = says('{"kind":"none"}')
  const visitor = await visit(service.address)
  await visitor.say(oblique)
  const heard = await visit(service.address)
  await heard.say('I want to kill myself')
  await looksEnded(service.house)
  // As for a process that was killed: what the model would have said never came.
  asked.length = 0
  behaviour = says('{"kind":"suicide_active"}')
  await lookAfterStart(service.house)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toContain('ferryman')
  expect((await service.house.conversations.load(visitor.conversation))?.state.crisis?.label).toBe('suicide_active')
  await lookAfterStart(service.house)
  expect(asked).toHaveLength(1)
})
