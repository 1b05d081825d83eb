/**
 * A state is kept as a whole and what turns changed of it, and read as what it was.
 */
import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildHouse } from '../../bot/build-house.ts'
import { transcriptFiles } from '../../bot/commands/replay.ts'
import { readConfig } from '../../bot/config.ts'
import { seal } from '../../bot/keeping/vault.ts'
import { transcriptStates } from '../../bot/simulate/transcript-states.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { begin } from '../../bot/turn/begin.ts'
import { createCopies } from '../../bot/turn/conversation-copies.ts'
import { pack, unpack } from '../../bot/turn/packing.ts'
import { openState, openTurn, WHOLE_EVERY } from '../../bot/turn/sealed-records.ts'
import { applyChange, writeChange } from '../../bot/turn/state-change.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import type { ConversationState } from '../../flows/conversation.ts'
import { talks } from '../bench/talks.ts'
import { world } from './service-in-test.ts'

const files = transcriptFiles()
const english = transcriptStates(world, files, { program: 'inspira', locale: 'en-US' })

/** Answers in their order too, since the brief shows them so. */
function whole(state: ConversationState): object {
  return { ...state, answers: Object.entries(state.answers) }
}

test('every turn of the transcripts is what it changed, in both languages', () => {
  const spanish = transcriptStates(world, files, { program: 'inspira', locale: 'es-US' })
  for (const states of [english, spanish])
    states.reduce((before, after) => {
      const read = applyChange(before, JSON.parse(writeChange(before, after)))
      expect(whole(read)).toEqual(whole(after))
      return after
    })
})

test('what is gone, put back in another place or said anew is read so', () => {
  const [state] = english
  const [one, two] = [state as ConversationState, state?.answers ?? {}]
  const [first, ...others] = Object.entries(two)
  const { silence: _gone, ...silent } = one
  const changed: ConversationState[] = [
    silent,
    { ...one, answers: Object.fromEntries(others) },
    {
      ...one,
      answers: Object.fromEntries([...others, first ?? ['a', others[0]?.[1]]]) as ConversationState['answers'],
    },
    { ...one, answers: {}, trail: [], said: [] },
    { ...one, trail: one.trail.toReversed(), said: [...one.said.slice(1), { role: 'user', text: '"é\\\n' }] },
    one,
  ]
  for (const before of changed)
    for (const after of changed)
      expect(whole(applyChange(before, JSON.parse(writeChange(before, after))))).toEqual(whole(after))
})

test('a talk longer than the changes between two whole copies is read as it stands, after each turn', async () => {
  const store = openSqliteStore(':memory:')
  const deploymentKey = randomBytes(32)
  const house = buildHouse(readConfig({ LOG_LEVEL: 'silent' }), { world, store, deploymentKey })
  await begin(house, { id: 'talk', program: 'inspira', user: 'dl_1', locale: 'en-US' })
  const lines = [...talks[0]!, ...talks[3]!, ...talks[1]!]
  expect(lines.length).toBeGreaterThan(WHOLE_EVERY)
  let most = 0
  for (const text of lines) {
    await takeTurn(house, { conversation: 'talk', activity: { type: 'message', text } })
    most = Math.max(most, (await store.load('talk'))?.changes.length ?? 0)
    const read = await createCopies(store, house.vault, false).load('talk')
    expect(read?.state).toEqual((await house.conversations.recent('talk'))?.state)
  }
  expect(most).toBe(WHOLE_EVERY - 1)
})

test('states and turns from before there was packing are read', () => {
  const key = createSecretKey(randomBytes(32))
  const [state] = english
  const about = { id: 'c1', program: 'inspira', user: 'dl_1', version: 2, lastSeq: 1, startedAt: '', changes: [] }
  const sealed = seal(key, JSON.stringify(state), 'state c1')
  expect(openState(key, { ...about, state: sealed, wrappedKey: sealed })).toEqual(state)
  const turn = [{ id: 'c1|0000001', type: 'message', text: 'hello' }]
  const body = seal(key, JSON.stringify(turn), 'turn c1 1')
  expect(openTurn({ id: 'c1', key }, { firstSeq: 1, lastSeq: 1, body })).toEqual(turn)
})

const words = readFileSync(new URL('../../bot/turn/packing-words-1.txt', import.meta.url))

test.each([
  ['nothing', ''],
  ['next to nothing', '{}'],
  ['one letter again and again', 'a'.repeat(5_000)],
  ['stretches of every length', Array.from({ length: 600 }, (_, n) => `${n}:${'ab'.repeat(n % 70)}`).join('')],
  ['both ends of the list', `${words.subarray(0, 40)}${words.subarray(-40)}`],
  ['most of the list', words.toString('utf8', 0, 12_000)],
  ['nothing that is known', randomBytes(4_000).toString('base64')],
  ['other scripts and broken ones', '{"text":"¿qué? \u{1F600} \\u0000 日本語日本語日本語 \u0001"}'],
  ['a long message', `{"text":"${'much '.repeat(20_000)}"}`],
])('%s is packed and read as it was', (_what, text) => {
  const packed = pack(text)
  expect(unpack(packed)).toBe(text)
  expect(packed[0]).toBe(1)
  expect(packed.length % 16).toBe(0)
})

test('what was packed with the whole list of words is read', () => {
  const text = `${words.subarray(0, 3_000)} and what nobody else said ${words.subarray(-3_000)}`
  const packed = deflateRawSync(text, { dictionary: words, level: 3, memLevel: 5 })
  expect(unpack(Buffer.concat([Buffer.from([1]), packed, Buffer.alloc(5)]))).toBe(text)
})

test('the list of words is never changed: it would make what is stored unreadable', () => {
  expect(createHash('sha256').update(words).digest('hex')).toBe(
    '57dddd0a348964191266305c7f262cd0a081b61891c129908d78785e59f3f356',
  )
})

test('a record that cannot be read says so and quotes nothing of it', () => {
  const key = createSecretKey(randomBytes(32))
  const body = seal(key, 'my words are here', 'turn c1 1')
  const read = () => openTurn({ id: 'c1', key }, { firstSeq: 1, lastSeq: 1, body })
  expect(read).toThrow('A stored record cannot be read: it is broken, or of another version.')
})
