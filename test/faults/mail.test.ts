/**
 * A mail server that misbehaves: pages to the person on call are neither lost nor sent beside each other, the
 * ladder goes on, and nobody else's page waits for it.
 */

import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import type { Notifier } from '../../bot/ports.ts'
import { emailNotifier, openMailbox } from '../../bot/providers/email.ts'
import { begin } from '../../bot/turn/begin.ts'
import { newId } from '../../bot/turn/conversations.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { readWorld, type World } from '../../bot/world.ts'

let world: World
beforeAll(() => {
  world = readWorld('knowledge/programs')
})

/** How the server behaves now; it takes letters properly when it is `well`. */
type Mood = 'well' | 'never-greets' | 'silent-at-data' | 'drips-at-data' | 'takes-and-never-says-so' | 'hangs-up'

interface MailServer {
  mood: Mood
  readonly url: string
  /** Letters that were received to their end, as [recipients, Message-ID]. */
  readonly letters: { readonly to: readonly string[]; readonly id: string }[]
  /** Most letters under way at once. */
  readonly most: () => number
}

const servers: Server[] = []
const sockets = new Set<Socket>()
const houses: House[] = []
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
  await Promise.all(houses.splice(0).map((house) => house.store.close()))
})

async function mailServer(): Promise<MailServer> {
  let open = 0
  let most = 0
  const state: MailServer = { mood: 'well', url: '', letters: [], most: () => most }
  const server = createServer((socket) => {
    sockets.add(socket)
    open += 1
    most = Math.max(most, open)
    socket.on('close', () => {
      open -= 1
    })
    socket.on('error', () => undefined)
    speakTo(socket, state)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

function speakTo(socket: Socket, state: MailServer): void {
  const { mood } = state
  if (mood === 'hangs-up') return void socket.destroy()
  if (mood === 'never-greets') return
  let isData = false
  let text = ''
  const to: string[] = []
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  say('220 mail.example.org ESMTP')
  socket.on('data', (chunk) => {
    text += chunk.toString()
    if (isData) return endOfLetter()
    for (let end = text.indexOf('\r\n'); end >= 0 && !isData; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      const recipient = /^RCPT TO:<([^>]+)>/i.exec(line)?.[1]
      if (recipient) to.push(recipient)
      if (!/^DATA/i.test(line)) say(/^QUIT/i.test(line) ? '221 bye' : '250 ok')
      else if (mood === 'silent-at-data') return
      else if (mood === 'drips-at-data') return drip(socket)
      else {
        isData = true
        say('354 go on')
      }
    }
  })
  const endOfLetter = (): void => {
    if (!text.includes('\r\n.\r\n')) return
    state.letters.push({ to: [...to], id: /message-id: <([^@]+)@/i.exec(text)?.[1] ?? '' })
    isData = false
    text = ''
    if (mood !== 'takes-and-never-says-so') say('250 taken')
  }
}

/** Always about to say something: no silence ever ends it. */
function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('354-'), 20)
  socket.on('close', () => clearInterval(timer))
}

const times = { silentMs: 150, letterMs: 400 }
const clock = { at: new Date() }

async function houseWith(server: MailServer, beside: Notifier[] = []): Promise<House> {
  clock.at = new Date('2026-11-28T02:10:00.000Z')
  const post = openMailbox({ url: server.url, from: 'desk@example.org' }, times)
  const mail = emailNotifier(post, { onCall: ['night@example.org'], managers: ['lead@example.org'], leads: [] })
  const house: House = {
    ...houseInMemory({ world, clock: { now: () => clock.at } }),
    notifiers: [mail, ...beside],
  }
  houses.push(house)
  return house
}

async function danger(house: House): Promise<string> {
  const conversation = newId()
  await begin(house, { id: conversation, program: 'inspira', user: newId('dl_'), locale: 'en-US' })
  await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })
  await takeTurn(house, {
    conversation,
    activity: { type: 'message', text: 'i want to kill myself tonight', locale: 'en-US' },
  })
  return conversation
}

const pass = (seconds: number): void => {
  clock.at = new Date(clock.at.getTime() + seconds * 1000)
}

test.each<Mood>(['never-greets', 'silent-at-data', 'drips-at-data', 'hangs-up'])(
  'a mail server that %s loses no page: the next rung comes, the manager too, and each letter goes out once',
  async (mood) => {
    const server = await mailServer()
    const house = await houseWith(server)
    await danger(house)
    server.mood = mood
    await performDue(house)
    pass(61)
    await performDue(house)
    expect(server.letters).toEqual([])
    server.mood = 'well'
    // Two rounds at once, as the timer starts them.
    pass(121)
    await Promise.all([performDue(house), performDue(house)])
    expect(server.letters.map(({ to }) => to)).toEqual([['night@example.org', 'lead@example.org']])
    pass(301)
    await performDue(house)
    expect(server.letters).toHaveLength(2)
    expect(new Set(server.letters.map(({ id }) => id)).size).toBe(1)
  },
)

test('a letter that was taken without a word comes again as the same letter, never beside itself', async () => {
  const server = await mailServer()
  const house = await houseWith(server)
  await danger(house)
  server.mood = 'takes-and-never-says-so'
  await Promise.all([performDue(house), performDue(house), performDue(house)])
  expect(server.letters).toHaveLength(1)
  expect(server.most()).toBe(1)
  server.mood = 'well'
  pass(61)
  await performDue(house)
  expect(server.letters).toHaveLength(2)
  expect(new Set(server.letters.map(({ id }) => id)).size).toBe(1)
})

test('while mail hangs, the other way out and the pages of the next people go on', async () => {
  const server = await mailServer()
  const paged: string[] = []
  const webhook: Notifier = {
    name: 'webhook',
    notify: (effect) => {
      paged.push(effect.conversation)
      return Promise.resolve()
    },
  }
  const house = await houseWith(server, [webhook])
  server.mood = 'drips-at-data'
  const people = [await danger(house), await danger(house), await danger(house)]
  const rounds = people.map(() => performDue(house))
  await expect.poll(() => people.every((one) => paged.includes(one))).toBe(true)
  await Promise.all(rounds)
  // A page each, and the news of each request: none of them twice.
  expect(paged.length).toBeLessThanOrEqual(2 * people.length)
})
