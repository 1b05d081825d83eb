/**
 * A lead as the desk shows it: a line of the queue, or the whole of it.
 */
import { answersOf, briefOf, scoresOf } from '../../flows/brief.ts'
import { zoneOf } from '../../flows/engine/zones.ts'
import type { House } from '../house.ts'
import { holdOf } from '../keeping/legal-hold.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import { isLedgerWhole } from '../outbox/consent-ledger.ts'
import { verificationOf } from '../outbox/verification.ts'
import type { LeadRecord } from '../ports.ts'
import { placeInQueue } from '../queue/lead-order.ts'
import { otherLeads } from '../queue/returning.ts'
import { slotOf } from '../slots/calendar.ts'
import { notesOf, readNote } from './notes.ts'
import type { RowWords } from './queue-words.ts'

/** The contract's line, with six of the visitor's words beside it. */
export function headlineOf(house: House, lead: LeadRecord, { heard, ...words }: RowWords) {
  return {
    id: lead.id,
    conversation: lead.conversation,
    program: lead.program,
    programName: house.world.programs.get(lead.program)?.profile.name.en ?? lead.program,
    acuity: lead.acuity,
    route: lead.route,
    label: heard ?? lead.label,
    promise: lead.dueAt === null ? null : { dueAt: lead.dueAt },
    openedAt: lead.openedAt,
    /** Its place by now: a desk that hears of one lead puts its row where the whole list would have it. */
    place: placeInQueue(lead, house.clock.now().toISOString()),
    state: lead.state,
    claimedBy: lead.claimedBy,
    claimedUntil: lead.claimedUntil,
    closedAs: lead.closedAs,
    ...words,
  }
}

const nothingLeft = {
  hold: null,
  brief: null,
  scores: [],
  answers: [],
  coverage: null,
  consents: [],
  isLedgerWhole: true,
  verification: null,
  appointment: null,
  earlier: [],
  staff: null,
  scriptVersion: null,
  notes: [],
  transcript: [],
  unreadTurns: 0,
}

/** Everything; of a conversation that was erased, or cannot be opened, the codes and times only. */
export async function leadView(house: House, lead: LeadRecord, words: RowWords) {
  const base = { ...headlineOf(house, lead, words), fence: lead.fence, note: await readNote(house, lead) }
  const live = await house.conversations.load(lead.conversation).catch(nullIfIllegible)
  const program = house.world.programs.get(lead.program)
  if (!live || !program) return { ...base, ...nothingLeft }
  const world = { flows: await house.scripts.flowsOf(live.state), program: program.profile }
  const { coverage, consents, staff, scriptVersion } = live.state
  const where = live.state.answers.state?.value
  const { activities, unreadTurns } = await house.conversations.after(live, 0)
  return {
    ...base,
    timeZone: zoneOf(typeof where === 'string' ? where : null) ?? program.profile.timeZone,
    brief: briefOf(world, live.state),
    scores: scoresOf(world, live.state),
    answers: answersOf(world, live.state),
    coverage,
    consents,
    appointment: await slotOf(house, live),
    earlier: await otherLeads(house, live),
    verification: await verificationOf(house, live),
    isLedgerWhole: await isLedgerWhole(house, live),
    notes: await notesOf(house, lead),
    hold: await holdOf(house.store, lead.conversation),
    staff,
    scriptVersion,
    transcript: activities,
    unreadTurns,
  }
}
