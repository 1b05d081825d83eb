/**
 * A turn is stored without what its place already says, and read again to the byte.
 */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildHouse } from '../../bot/build-house.ts'
import { readConfig } from '../../bot/config.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { begin } from '../../bot/turn/begin.ts'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { readTurn, writeTurn } from '../../bot/turn/stored-turn.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { talks } from '../bench/talks.ts'
import { world } from './service-in-test.ts'

const house = buildHouse(readConfig({ LOG_LEVEL: 'silent' }), {
  world,
  store: openSqliteStore(':memory:'),
  deploymentKey: randomBytes(32),
})

/** What a turn takes before and after, for the talk's words. */
async function talk(id: string, lines: readonly string[]): Promise<StoredActivity[][]> {
  await begin(house, { id, program: 'inspira', user: 'dl_visitor', locale: 'en-US' })
  const turns: StoredActivity[][] = []
  for (const [index, text] of lines.entries()) {
    const activity = { type: 'message' as const, text, channelData: { clientActivityID: `${id} ${index}` } }
    turns.push([...(await takeTurn(house, { conversation: id, activity })).activities])
  }
  return turns
}

function again(turn: readonly StoredActivity[], conversation: string, lastSeq: number): string {
  return JSON.stringify(readTurn(writeTurn(turn, { conversation, lastSeq }), { conversation, lastSeq }))
}

test('every turn of whole talks is read as it was, and takes two thirds of the room or less', async () => {
  let [before, after] = [0, 0]
  for (const [index, lines] of talks.entries()) {
    let lastSeq = 0
    for (const turn of await talk(`talk-${index}`, lines)) {
      lastSeq += turn.length
      expect(again(turn, `talk-${index}`, lastSeq)).toBe(JSON.stringify(turn))
      before += JSON.stringify(turn).length
      after += writeTurn(turn, { conversation: `talk-${index}`, lastSeq }).length
    }
    const live = await house.conversations.load(`talk-${index}`)
    expect(live && (await house.conversations.after(live, 0)).lastSeq).toBe(lastSeq)
  }
  expect(after * 3).toBeLessThan(before * 2)
})

const place = { id: 'here|0000001', timestamp: '2026-11-28T06:00:00.000Z', channelId: 'directline' }
const ours = { ...place, from: { id: 'porchlight', role: 'bot' }, conversation: { id: 'here' } }
const hers = { ...place, from: { id: 'dl_1', role: 'user' }, conversation: { id: 'here' } }
const odd: Record<string, object> = {
  'another number': { ...ours, id: 'here|0000009', type: 'message', text: 'a' },
  'another conversation': { ...ours, conversation: { id: 'there' }, type: 'message' },
  'another channel': { ...ours, channelId: 'emulator', type: 'message' },
  staff: { ...ours, from: { id: 'staff:ana', name: 'ana', role: 'bot' }, type: 'message', text: 'a' },
  'a named visitor': { ...hers, from: { id: 'dl_1', role: 'user', name: 'Ana' }, type: 'message' },
  'an event': { ...hers, type: 'event', name: 'porchlight/open', recipient: { id: 'porchlight' } },
  'fields like ours in her data': {
    ...hers,
    type: 'message',
    recipient: { id: 'porchlight' },
    text: 'options',
    channelData: { porchlight: { script: 'x' }, v: 1 },
  },
  'buttons that say something else': {
    ...ours,
    type: 'message',
    channelData: { porchlight: { input: { options: [{ value: 'a', label: 'A' }] }, script: 's' } },
    suggestedActions: { actions: [{ type: 'imBack', title: 'A', value: 'a' }] },
  },
  'buttons without options': {
    ...ours,
    type: 'message',
    suggestedActions: { actions: [{ type: 'imBack', title: 'A', value: 'A' }] },
  },
  'buttons that lead elsewhere': {
    ...ours,
    type: 'message',
    suggestedActions: { to: [], actions: [{ type: 'openUrl', title: 'A', value: 'tel:988' }] },
  },
  'no buttons': { ...ours, type: 'message', suggestedActions: { actions: [] } },
  'a version that stands first': {
    ...ours,
    type: 'message',
    channelData: { porchlight: { script: 's', kind: 'fact' } },
  },
  'a reply to something else': { ...ours, replyToId: 'here|0000000', type: 'message', text: '' },
  'a reply to itself': { ...ours, replyToId: 'here|0000001', type: 'message', text: '' },
  'no type of ours': { ...ours, type: '', text: 'a' },
}

for (const [name, activity] of Object.entries(odd)) {
  test(`whatever is not as expected is kept as it is: ${name}`, () => {
    const turn = [activity as StoredActivity]
    expect(JSON.parse(again(turn, 'here', 1))).toEqual(turn)
    const two = [{ ...hers, type: 'message', recipient: { id: 'porchlight' } } as StoredActivity, ...turn]
    expect(JSON.parse(again(two, 'here', 2))).toEqual(two)
  })
}

test('a turn stored as a plain list, as it once was, is read', () => {
  const turn = [{ ...ours, type: 'message', text: 'a' }] as unknown as StoredActivity[]
  expect(readTurn(JSON.stringify(turn), { conversation: 'here', lastSeq: 1 })).toEqual(turn)
})
