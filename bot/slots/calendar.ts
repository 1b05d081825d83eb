/**
 * What a script asks of the calendar, answered inside its turn: what is free, held for ten minutes, kept, given back.
 *
 * A slot is one reservation of the store, so of any number who want it at once one gets it.
 */
import type { Input } from '../../flows/conversation.ts'
import type { Instant } from '../../flows/vocabulary.ts'
import type { House } from '../house.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import { type Decision, decide } from '../turn/decide.ts'
import type { World } from '../world.ts'
import { freeSlots } from './free-slots.ts'
import { HOLD_MS, OFFER_MS } from './outside-calendars.ts'

const HELD_MS = 10 * 60_000
const MINUTES = 30
/** Found, held, lost, found again: more would be a script in circles. */
const ASKED_AT_MOST = 8

type Asked = Extract<Decision['effects'][number], { type: 'calendar' }>

const prefix = (program: string): string => `calendar/${program}/`

export interface Deciding {
  readonly live: LiveConversation
  readonly world: World
  readonly decision: Decision
  readonly at: Instant
}

/** Goes on deciding until the script asks nothing more of the calendar. */
export async function withCalendar(house: House, { live, world, decision, at }: Deciding): Promise<Decision> {
  const program = house.world.programs.get(live.program)
  let all = decision
  for (let count = 0; program && count < ASKED_AT_MOST; count += 1) {
    const asked = all.effects.findLast((effect): effect is Asked => effect.type === 'calendar')
    if (!asked) return all
    const next = decide(world, program, { state: all.state, inputs: [await answer(house, live, { asked, at })] })
    all = {
      ...next,
      messages: [...all.messages, ...next.messages],
      effects: [...all.effects.filter((effect) => effect !== asked), ...next.effects],
      shownAs: all.shownAs ?? next.shownAs,
      answerKinds: [...all.answerKinds, ...next.answerKinds],
    }
  }
  return all
}

async function answer(
  house: House,
  live: LiveConversation,
  { asked, at }: { asked: Asked; at: Instant },
): Promise<Input> {
  const { wish, start } = asked
  const said = { type: 'calendar-said', wish, start, at } as const
  if (wish === 'find') return { ...said, ok: true, slots: await openSlots(house, live.program) }
  if (start === null) return { ...said, ok: false, slots: [] }
  const key = prefix(live.program) + start
  if (wish === 'give-back') return { ...said, ok: await house.store.giveBack(key, live.id), slots: [] }
  if (wish === 'hold' && !(await isFreeOutside(house, live.program, start))) return { ...said, ok: false, slots: [] }
  const until = wish === 'keep' ? null : new Date(Date.parse(at) + HELD_MS).toISOString()
  const isMine = (await house.store.reserve({ key, holder: live.id, until }, at)) === 'reserved'
  return { ...said, ok: isMine, slots: [] }
}

export async function openSlots(house: House, program: string): Promise<string[]> {
  const now = house.clock.now()
  const known = house.world.programs.get(program)?.knowledge
  const busy = known?.assessments ? await house.calendars.busy(known, OFFER_MS) : null
  if (!known || busy === null) return []
  const held = await house.store.reservations(prefix(program), now.toISOString())
  const starts = new Set(held.map(({ key }) => key.slice(prefix(program).length)))
  return freeSlots(known, { starts, busy }, now)
}

/** Whether the program's own calendars still leave that time free, as they are at this moment. */
async function isFreeOutside(house: House, program: string, start: string): Promise<boolean> {
  const known = house.world.programs.get(program)?.knowledge
  const busy = known?.assessments ? await house.calendars.busy(known, HOLD_MS) : null
  return busy !== null && !overlaps(busy, start, minutesOf(house, program))
}

export function overlaps(busy: readonly { from: number; to: number }[], start: string, minutes: number): boolean {
  const at = Date.parse(start)
  return busy.some(({ from, to }) => from < at + minutes * 60_000 && to > at)
}

/** How long a first talk takes. */
export function minutesOf(house: House, program: string): number {
  return house.world.programs.get(program)?.knowledge.assessments?.minutes ?? MINUTES
}

/** The keys of every time that a conversation holds or keeps. */
export async function heldSlots(house: House, live: { id: string; program: string }): Promise<string[]> {
  const held = await house.store.reservations(prefix(live.program), house.clock.now().toISOString())
  return held.filter(({ holder }) => holder === live.id).map(({ key }) => key)
}

/** The kept time of a conversation, or null. */
export async function slotOf(house: House, live: { id: string; program: string }): Promise<string | null> {
  const held = await house.store.reservations(prefix(live.program), house.clock.now().toISOString())
  const mine = held.find(({ holder, until }) => holder === live.id && until === null)
  return mine ? mine.key.slice(prefix(live.program).length) : null
}
