/**
 * A lead as the desk shows it: a line of the queue, or the whole of it.
 *
 * Words are opened from the conversation when somebody looks, and nowhere kept open.
 */
import { briefOf, scoresOf } from '../../flows/brief.ts'
import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'

/** The contract's line, with six of the visitor's words beside it. */
export async function headlineOf(house: House, lead: LeadRecord) {
  const live = await house.conversations.load(lead.conversation)
  const program = house.world.programs.get(lead.program)
  const brief = live && program ? briefOf({ flows: house.world.flows, program: program.profile }, live.state) : null
  return {
    id: lead.id,
    conversation: lead.conversation,
    program: lead.program,
    programName: program?.profile.name.en ?? lead.program,
    acuity: lead.acuity,
    route: lead.route,
    label: lead.label,
    promise: lead.dueAt === null ? null : { dueAt: lead.dueAt },
    openedAt: lead.openedAt,
    state: lead.state,
    claimedBy: lead.claimedBy,
    claimedUntil: lead.claimedUntil,
    closedAs: lead.closedAs,
    about: brief?.about ?? null,
    isErased: live === null,
    isLive: live !== null && live.state.staff !== null,
  }
}

export async function leadView(house: House, lead: LeadRecord) {
  const headline = await headlineOf(house, lead)
  const live = await house.conversations.load(lead.conversation)
  const program = house.world.programs.get(lead.program)
  if (!live || !program)
    return { ...headline, fence: lead.fence, brief: null, answers: [], coverage: null, consents: [], transcript: [] }
  const world = { flows: house.world.flows, program: program.profile }
  const brief = briefOf(world, live.state)
  const { activities } = await house.conversations.after(live, 0)
  return {
    ...headline,
    fence: lead.fence,
    brief,
    scores: scoresOf(world, live.state),
    answers: Object.entries(live.state.answers).map(([field, { value, said, at }]) => ({ field, value, said, at })),
    coverage: live.state.coverage,
    consents: live.state.consents,
    scriptVersion: live.state.scriptVersion,
    transcript: activities,
  }
}
