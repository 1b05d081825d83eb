/**
 * The form of the chat without script: whatever it asks for, every word in it passes the gate.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { buildWidget } from '../../bot/build-widget.ts'
import { AdmissionsError } from '../../bot/errors.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { SECRET, startTestService, visit } from './service-in-test.ts'

const danger = 'I want to kill myself'
let service: Service
const others: Service[] = []

beforeAll(async () => {
  await buildWidget()
  service = await startTestService()
})
afterAll(() => service.stop())
afterEach(async () => {
  for (const other of others.splice(0)) await other.stop()
})

async function another(...how: Parameters<typeof startTestService>): Promise<Service> {
  const started = await startTestService(...how)
  others.push(started)
  return started
}

interface Page {
  readonly status: number
  readonly html: string
  readonly talk: string
  readonly hasCard: boolean
}

async function send(fields: Record<string, string>, { address } = service): Promise<Page> {
  const body = new URLSearchParams({ once: randomBytes(8).toString('hex'), ...fields })
  const response = await fetch(`${address}/chat/inspira`, { method: 'POST', body, headers: { accept: 'text/html' } })
  // The template's comment is filled too.
  const html = (await response.text()).replaceAll(/<!--[\s\S]*?-->/g, '')
  const talk = /name="talk" value="([^"]*)"/.exec(html)?.[1] ?? ''
  return { status: response.status, html, talk, hasCard: /class="first"/.test(html) }
}

const visitorsIn = ({ html }: Page): number => html.match(/class="[^"]*\bvisitor\b/g)?.length ?? 0

/** A talk that waits at a field for the number of a phone. */
async function atPhone(): Promise<Page> {
  let page = await send({ text: 'check my insurance' })
  for (let turn = 0; turn < 20 && !page.html.includes('type="tel"'); turn += 1) {
    const label = /type="(?:radio|checkbox)" name="answer" value="([^"]*)"/.exec(page.html)?.[1]
    page = await send({ talk: page.talk, ...(label ? { answer: label } : { text: 'Aetna' }) })
  }
  expect(page.html.slice(-6_000)).toContain('type="tel"')
  return page
}

test('words of danger in a field for a number bring the card; other words there are a message', async () => {
  const page = await atPhone()
  const words = await send({ talk: page.talk, answer: 'how long is the program?' })
  expect(words.html).toMatch(/six to eight weeks/)
  expect((await send({ talk: page.talk, answer: '3 4 5' })).html).toContain('Please write the whole number')
  expect((await send({ talk: page.talk, answer: danger })).hasCard).toBe(true)
})

test.each([
  ['on a page that was open for too long', { talk: 'long.gone', text: danger }],
  ['with the button that looks for messages', { do: 'look', text: danger }],
  ['in a field beside other words', { text: 'hello', answer: danger }],
  ['in a message that is too long', { text: `${'the groups meet on weekdays '.repeat(700)}. ${danger}` }],
])('words of danger %s bring the card', async (_where, fields) => {
  const page = await send(fields)
  expect([page.status, page.hasCard]).toEqual([200, true])
})

test('words with the button that looks for messages are said, and a message that is too long is kept in the box', async () => {
  const page = await send({ do: 'look', text: 'how long is the program?' })
  expect(page.html).toMatch(/six to eight weeks/)
  const long = await send({ talk: page.talk, text: 'the groups meet on weekdays '.repeat(700) })
  expect(long.status).toBe(413)
  expect(long.html).toContain('too long')
  expect(long.html).toContain('the groups meet on weekdays the groups meet on weekdays')
})

test('danger in a chat that was erased begins a new one with the card', async () => {
  const page = await send({ text: 'hello' })
  await send({ talk: page.talk, do: 'erase' })
  expect((await send({ talk: page.talk, text: 'hello' })).html).toContain('This chat is over')
  const again = await send({ talk: page.talk, text: danger })
  expect([again.status, again.hasCard]).toEqual([200, true])
})

test('a store that can be read and not written still gives the card, whatever was pressed or filled', async () => {
  const store = openSqliteStore(':memory:')
  let isBroken = false
  const commit: typeof store.commit = (turn) =>
    isBroken ? Promise.reject(new AdmissionsError('STORE_UNAVAILABLE', 'full')) : store.commit(turn)
  const full = await another({ store: { ...store, commit } })
  const page = await send({ text: 'hello' }, full)
  isBroken = true
  const forms: Record<string, string>[] = [{ text: danger }, { answer: danger }, { do: 'look', text: danger }]
  for (const fields of forms) {
    const after = await send({ talk: page.talk, ...fields }, full)
    expect([after.status, after.hasCard]).toEqual([503, true])
  }
})

test('the same page sent again is one turn, with other words in it another', async () => {
  const page = await send({ text: 'hello' })
  const form = { talk: page.talk, once: 'plain_once' }
  await send({ ...form, text: 'do you take medicaid?' })
  expect(visitorsIn(await send({ ...form, text: 'do you take medicaid?' }))).toBe(2)
  expect(visitorsIn(await send({ ...form, text: 'where are you?' }))).toBe(3)
})

test('under a limit a yes to the question about safety is not told to wait', async () => {
  const limited = await another({}, { RATE_LIMIT_PER_MINUTE: '2' })
  const visitor = await visit(limited.address)
  await visitor.post({ type: 'message', text: danger })
  for (let turn = 0; turn < 4; turn += 1) await visitor.post({ type: 'message', text: 'the weather is mild' })
  expect((await visitor.post({ type: 'message', text: 'yes' })).status).toBe(200)
})

test('who has no token takes no start from her network', async () => {
  const limited = await another({}, { RATE_LIMIT_PER_MINUTE: '2' })
  const start = (bearer: string) =>
    fetch(`${limited.address}/v3/directline/conversations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
    })
  for (let turn = 0; turn < 40; turn += 1) expect((await start('nothing')).status).not.toBe(429)
  expect((await start(SECRET)).status).toBe(201)
})
