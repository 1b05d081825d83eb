/**
 * Save and come back: a code shown once, a word that only she knows, and the talk that goes on elsewhere.
 */
import { expect, test, vi } from 'vitest'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { begin } from '../../bot/turn/begin.ts'
import { unheard } from '../../bot/turn/saved-talks.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { screen } from '../../flows/safety/screen.ts'

async function say(house: House, conversation: string, text: string | null): Promise<string> {
  const activity = text === null ? { type: 'conversationUpdate' as const } : { type: 'message' as const, text }
  return (await takeTurn(house, { conversation, activity })).activities.map((one) => one.text ?? '').join('\n')
}

async function start(house: House, id: string, program = 'inspira'): Promise<void> {
  await begin(house, { id, program, user: 'dl_1', locale: 'en-US' })
  await say(house, id, null)
}

async function saved(clock = { at: Date.parse('2026-11-23T15:00:00.000Z') }): Promise<{ house: House; code: string }> {
  const house = houseInMemory({ clock: { now: () => new Date(clock.at) } })
  await start(house, 'first')
  for (const text of ['screening', 'For me', '34', 'no', 'no', 'save and come back']) await say(house, 'first', text)
  const shown = await say(house, 'first', 'bluebird')
  return { house, code: /[2-9A-Z]{5}-[2-9A-Z]{5}/.exec(shown)?.[0] ?? '' }
}

test('the code and the word bring the answers back into a new talk, at the question that was open', async () => {
  const { house, code } = await saved()
  expect(code).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/)
  await start(house, 'second')
  expect(await say(house, 'second', code.toLowerCase())).toMatch(/What word or year/)
  const back = await say(house, 'second', 'Bluebird')
  expect(back).toMatch(/Welcome back/)
  expect(back).toMatch(/In the past week, have you been having thoughts/)
  const state = (await house.conversations.load('second'))?.state
  expect(state?.answers.age?.value).toBe(34)
  expect(state?.answers['return-word']).toBeUndefined()
})

test('a wrong word and a code that never was are answered in the same words', async () => {
  const { house, code } = await saved()
  await start(house, 'second')
  expect(await say(house, 'second', code)).toBe(
    await (async () => {
      await start(house, 'third')
      return (await say(house, 'third', 'ABCDE-23456')).replace('ABCDE-23456', code)
    })(),
  )
  const wrong = await say(house, 'second', 'sparrow')
  expect(wrong).toBe(await say(house, 'third', 'sparrow'))
  expect(wrong).toMatch(/do not go together/)
  expect((await house.conversations.load('second'))?.state.answers.age).toBeUndefined()
})

test('a code of before a new deployment key opens its talk, and is burnt by wrong words as ever', async () => {
  const { house, code } = await saved()
  const { derive } = house.vault
  const former = { purpose: 'return codes', key: derive('return codes'), until: Number.MAX_SAFE_INTEGER }
  house.vault.turnTo({ current: Buffer.alloc(32, 7), former: [] }, [former])
  for (const id of ['second', 'third']) {
    await start(house, id)
    await say(house, id, code)
  }
  expect(await say(house, 'second', 'sparrow')).toMatch(/do not go together/)
  expect(await say(house, 'third', 'bluebird')).toMatch(/Welcome back/)
})

test('a code that sounds like danger is not given out', () => {
  const codes = ['BMQP9-QHR3A', 'ABCDE-23456']
  const given = unheard(() => codes.shift() as string)
  expect(screen({ text: given }, []).verdict.outcome).toBe('go-on')
})

test('a code opens its talk once', async () => {
  const { house, code } = await saved()
  for (const id of ['second', 'third']) {
    await start(house, id)
    await say(house, id, code)
  }
  expect(await say(house, 'second', 'bluebird')).toMatch(/Welcome back/)
  expect(await say(house, 'third', 'bluebird')).toMatch(/do not go together/)
})

test('five wrong words burn a code, and after two weeks it is over', async () => {
  const burnt = await saved()
  for (let count = 0; count < 6; count += 1) {
    await start(burnt.house, `guess-${count}`)
    await say(burnt.house, `guess-${count}`, burnt.code)
    if (count < 5) await say(burnt.house, `guess-${count}`, 'guess')
  }
  expect(await say(burnt.house, 'guess-5', 'bluebird')).toMatch(/do not go together/)
  const clock = { at: Date.parse('2026-11-23T15:00:00.000Z') }
  const old = await saved(clock)
  clock.at += 15 * 86_400_000
  await start(old.house, 'late')
  await say(old.house, 'late', old.code)
  expect(await say(old.house, 'late', 'bluebird')).toMatch(/do not go together/)
})

test('a code of one program opens nothing at another, and the store holds no code', async () => {
  const { house, code } = await saved()
  await start(house, 'elsewhere', 'sample-001')
  await say(house, 'elsewhere', code)
  expect(await say(house, 'elsewhere', 'bluebird')).toMatch(/do not go together/)
  const kept = await house.store.reservations('', '2026-11-23T15:00:00.000Z')
  expect(kept.length).toBeGreaterThan(0)
  expect(JSON.stringify(kept)).not.toContain(code)
})

test('of twenty guesses at once at most five are compared, and the code is burnt', async () => {
  const { house, code } = await saved()
  const guessers = Array.from({ length: 20 }, (_, number) => `guess-${number}`)
  for (const id of [...guessers, 'late']) {
    await start(house, id)
    await say(house, id, code)
  }
  const loads = vi.spyOn(house.conversations, 'load')
  const answers = await Promise.all(guessers.map((id) => say(house, id, 'sparrow')))
  expect(loads.mock.calls.filter(([id]) => id === 'first')).toHaveLength(5)
  for (const answer of answers) expect(answer).toMatch(/do not go together/)
  expect(await say(house, 'late', 'bluebird')).toMatch(/do not go together/)
})

test('of several who know the word at once, one has the talk', async () => {
  const { house, code } = await saved()
  const others = ['second', 'third', 'fourth']
  for (const id of others) {
    await start(house, id)
    await say(house, id, code)
  }
  const answers = await Promise.all(others.map((id) => say(house, id, 'bluebird')))
  expect(answers.filter((answer) => /Welcome back/.test(answer))).toHaveLength(1)
})
