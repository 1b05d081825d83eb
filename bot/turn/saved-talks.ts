/**
 * Codes for coming back: made by chance, shown once, kept only as a keyed hash, and good for two weeks.
 *
 * A code opens its talk in one conversation and only with the word that was chosen; five wrong words burn it, also
 * when many are tried at once. Whoever guesses learns nothing: every failure looks the same.
 */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { ConversationState, Effect, Input } from '../../flows/conversation.ts'
import { fold } from '../../flows/engine/understand/fold.ts'
import { screen } from '../../flows/safety/screen.ts'
import type { Instant } from '../../flows/vocabulary.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import type { Reservation } from '../stores/document-port.ts'
import type { ProgramWorld, World } from '../world.ts'
import { type Decision, decide } from './decide.ts'

const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const SIGNS_EACH = 5
const DAYS_GOOD = 14
const WRONG_AT_MOST = 5
const DAY_MS = 86_400_000

interface Turn {
  readonly conversation: string
  readonly world: World
  readonly program: ProgramWorld
  readonly at: Instant
}

type Asking = Extract<Effect, { type: 'issue-return-code' | 'look-up-saved' }>

/** Answers what the decision asks of saved talks, and decides on; anything else passes through. */
export async function withSavedTalks(house: House, turn: Turn, decided: Decision): Promise<Decision> {
  const asked = decided.effects.find(isAsking)
  if (!asked) return decided
  const input = await inputFor(house, turn, asked)
  const next = decide(turn.world, turn.program, { state: decided.state, inputs: [input] })
  return {
    ...next,
    messages: [...decided.messages, ...next.messages],
    effects: [...decided.effects.filter((one) => !isAsking(one)), ...next.effects],
    shownAs: decided.shownAs ?? next.shownAs,
    answerKinds: [...decided.answerKinds, ...next.answerKinds],
  }
}

function isAsking(effect: { readonly type: string }): effect is Asking {
  return effect.type === 'issue-return-code' || effect.type === 'look-up-saved'
}

async function inputFor(house: House, turn: Turn, asked: Asking): Promise<Input> {
  if (asked.type === 'issue-return-code')
    return { type: 'return-code-issued', code: await issueCode(house, turn), at: turn.at }
  return { type: 'saved-found', saved: await findSaved(house, turn, asked), at: turn.at }
}

async function issueCode(house: House, { conversation, at }: Turn): Promise<string | null> {
  const code = unheard(drawn)
  const until = new Date(Date.parse(at) + DAYS_GOOD * DAY_MS).toISOString()
  const key = `${keysOf(house, code)[0]}/talk`
  return (await house.store.reserve({ key, holder: conversation, until }, at)) === 'reserved' ? code : null
}

function drawn(): string {
  const group = (): string => Array.from({ length: SIGNS_EACH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
  return `${group()}-${group()}`
}

/** One in some two thousand codes sounds like danger: who typed it would be asked whether she is safe, and not come back. */
export function unheard(draw: () => string): string {
  for (;;) {
    const code = draw()
    const typed = [code, code.toLowerCase()]
    if (typed.every((text) => screen({ text }, []).verdict.outcome === 'go-on')) return code
  }
}

async function findSaved(
  house: House,
  { conversation, program, at }: Turn,
  asked: { code: string; word: string },
): Promise<ConversationState | null> {
  const found = await talkOf(house, asked.code, at)
  if (!found || found.talk.holder === conversation) return null
  const { key, talk } = found
  // Before the word is compared: of guesses at once, each has a place of its own or none.
  const guess = { key, holder: guessOf(house, conversation, asked), until: talk.until }
  const place = await placeFor(house, guess, at)
  if (place === null) return null
  const state = (await house.conversations.load(talk.holder).catch(nullIfIllegible))?.state
  const word = state?.answers['return-word']?.value
  if (!state || state.program !== program.profile.id || typeof word !== 'string' || !isSame(fold(word), asked.word))
    return null
  await house.store.giveBack(place, guess.holder)
  // By one conversation; it may again, since a turn that lost a race is decided once more.
  const used = await house.store.reserve({ key: `${key}/used`, holder: conversation, until: talk.until }, at)
  return used === 'reserved' ? state : null
}

/** The key of a place among the wrong words, or null when the code is burnt. */
async function placeFor(house: House, { key, ...guess }: Reservation, at: Instant): Promise<string | null> {
  for (let number = 1; number <= WRONG_AT_MOST; number += 1) {
    const place = `${key}/wrong/${number}`
    if ((await house.store.reserve({ ...guess, key: place }, at)) === 'reserved') return place
  }
  return null
}

/** The same word in the same conversation is one guess, however often its turn is decided; another word is another. */
function guessOf(house: House, conversation: string, { code, word }: { code: string; word: string }): string {
  const guess = JSON.stringify([conversation, code, word])
  return createHmac('sha256', house.vault.derive('return guesses')).update(guess).digest('base64url')
}

/** Under the key of today; behind it, where a code of before a new deployment key stands. */
function keysOf(house: House, code: string): string[] {
  const hashes = house.vault.deriveAll('return codes').map((key) => createHmac('sha256', key).update(code))
  return hashes.map((hash) => `return/${hash.digest('base64url')}`)
}

async function talkOf(house: House, code: string, at: Instant): Promise<{ key: string; talk: Reservation } | null> {
  for (const key of keysOf(house, code)) {
    const talk = (await house.store.reservations(`${key}/`, at)).find((one) => one.key === `${key}/talk`)
    if (talk) return { key, talk }
  }
  return null
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
