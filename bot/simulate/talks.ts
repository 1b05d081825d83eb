/**
 * Whole talks of simulated visitors through the real turn, in memory, and what was wrong in them.
 */
import type { Locale } from '../../flows/vocabulary.ts'
import type { House } from '../house.ts'
import { begin } from '../turn/begin.ts'
import { dataOf } from '../turn/fresh-reply.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import { takeTurn } from '../turn/turn.ts'
import { chanceOf, type Manner, replyOf } from './visitors.ts'

export interface Visitor {
  readonly manner: Manner
  readonly program: string
  readonly locale: Locale
  readonly seed: number
}

export interface Talk extends Visitor {
  readonly turns: number
  readonly isHandedOff: boolean
  readonly route: string
  readonly disposition: string | null
  /** Questions of the script before the hand-off; null without one. */
  readonly questions: number | null
  /** Every place at which something was said. */
  readonly places: readonly string[]
  readonly faults: readonly string[]
}

export interface TalkLimits {
  readonly turnsAtMost: number
}

/** The same question so often in a row is a loop: two tries, a person, and what comes of it. */
const SAME_AT_MOST = 8

export async function talkOf(house: House, visitor: Visitor, { turnsAtMost }: TalkLimits): Promise<Talk> {
  const { manner, program, locale, seed } = visitor
  const conversation = `simulated-${manner}-${program}-${locale}-${seed}`
  await begin(house, { id: conversation, program, user: 'dl_simulated', locale })
  const chance = chanceOf(seed)
  const region = house.world.programs.get(program)?.profile.region ?? 'US'
  const seen = { places: new Set<string>(), faults: [] as string[], questions: new Set<string>(), same: 0, before: '' }
  let said = saidBy((await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })).activities)
  let turns = 0
  let questions: number | null = null
  for (; turns < turnsAtMost; turns += 1) {
    look(seen, said)
    if (questions === null && said.some((one) => dataOf(one).kind === 'handoff')) questions = seen.questions.size
    const last = said.at(-1)
    const input = last && dataOf(last).input
    if (!last || !input) break
    if (dataOf(last).flow === 'closing' && manner === 'agreeable') break
    const text = replyOf(manner, { input, locale: last.locale === 'es-US' ? 'es-US' : 'en-US', region }, chance)
    said = saidBy((await takeTurn(house, { conversation, activity: { type: 'message', text } })).activities)
  }
  const state = (await house.conversations.load(conversation))?.state
  return {
    ...visitor,
    turns,
    isHandedOff: questions !== null,
    route: state?.route?.primary ?? 'none',
    disposition: state?.disposition ?? null,
    questions,
    places: [...seen.places],
    faults: seen.faults,
  }
}

function saidBy(activities: readonly StoredActivity[]): StoredActivity[] {
  return activities.filter((one) => one.from.role === 'bot')
}

const answering: readonly string[] = ['answer', 'partial', 'no-answer', 'refusal', 'privacy-refusal']

type Seen = { places: Set<string>; faults: string[]; questions: Set<string>; same: number; before: string }

function look(seen: Seen, said: readonly StoredActivity[]): void {
  const last = said.at(-1)
  if (!last) {
    seen.faults.push('a turn without a word')
    return
  }
  for (const one of said) {
    const { flow, step, kind } = dataOf(one)
    if (flow === undefined || step === undefined) continue
    seen.places.add(`${flow}/${step}`)
    if (kind === 'question') seen.questions.add(`${flow}/${step}`)
  }
  const { input, flow, step } = dataOf(last)
  const place = `${flow}/${step}`
  if (!input) seen.faults.push(`${place}: the turn ends without an input`)
  // Who asks and is answered is not led in a circle.
  const isAnswered = said.some((one) => answering.includes(dataOf(one).kind))
  seen.same = place === seen.before && !isAnswered ? seen.same + 1 : 0
  seen.before = place
  if (seen.same === SAME_AT_MOST && flow !== 'closing')
    seen.faults.push(`${place}: asked ${SAME_AT_MOST} times in a row`)
}
