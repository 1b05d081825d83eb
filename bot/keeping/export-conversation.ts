/**
 * A copy of everything that is kept about one conversation, for the person it is about.
 */
import { answersOf } from '../../flows/brief.ts'
import { notesOf, readNote, type StaffNote } from '../console/notes.ts'
import type { House } from '../house.ts'
import type { LeadRecord } from '../ports.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'

export interface PersonsCopy {
  readonly conversation: string
  readonly program: string
  readonly exportedAt: string
  readonly language: string
  /** Questions of the script and what was answered, as staff see them. */
  readonly answers: readonly unknown[]
  readonly coverage: unknown
  readonly consents: readonly unknown[]
  readonly lead:
    | (Pick<LeadRecord, 'id' | 'openedAt' | 'route' | 'acuity' | 'state' | 'closedAs'> & {
        note: string | null
        /** What staff wrote down about her meanwhile. */
        notes: readonly StaffNote[]
      })
    | null
  /** Photos and worksheets that are kept; staff hand over a copy of them. */
  readonly documents: readonly { id: string; kind: string; at: string }[]
  readonly activities: readonly StoredActivity[]
  /** Turns whose record is broken: what was said in them is missing. */
  readonly unreadTurns: number
}

/** null when there is no such conversation. The look is an audit event. */
export async function exportConversation(house: House, id: string): Promise<PersonsCopy | null> {
  const live = await house.conversations.load(id)
  const program = live && house.world.programs.get(live.program)
  if (!live || !program) return null
  const at = house.clock.now().toISOString()
  const lead = await house.store.leadOf(id)
  const { activities, unreadTurns } = await house.conversations.after(live, 0)
  const documents = await house.store.documents(id)
  await house.store.record({
    event: 'conversation.exported',
    at,
    actor: 'command',
    conversation: id,
    lead: lead?.id ?? null,
    detail: {},
  })
  const { state } = live
  return {
    conversation: id,
    program: live.program,
    exportedAt: at,
    language: state.locale,
    answers: answersOf({ flows: await house.scripts.flowsOf(state), program: program.profile }, state),
    coverage: state.coverage,
    consents: state.consents,
    lead: lead && { ...codesOf(lead), note: await readNote(house, lead), notes: await notesOf(house, lead) },
    documents: documents.map(({ id: document, kind, at: keptAt }) => ({ id: document, kind, at: keptAt })),
    activities,
    unreadTurns,
  }
}

function codesOf({ id, openedAt, route, acuity, state, closedAs }: LeadRecord) {
  return { id, openedAt, route, acuity, state, closedAs }
}

/** The same to read: who said what, and when. */
export function readable(copy: PersonsCopy): string {
  const head = [
    `Conversation with the automated assistant of ${copy.program}`,
    `Copy made ${copy.exportedAt}`,
    copy.lead ? `Passed on to the admissions team ${copy.lead.openedAt}` : 'Not passed on to the admissions team',
  ]
  if (copy.unreadTurns > 0) head.push('Some messages cannot be opened any more and are missing below')
  const lines = copy.activities
    .filter((one) => one.type === 'message')
    .map((one) => `${one.timestamp}  ${speaker(one)}: ${one.text ?? ''}`)
  return `${[...head, '', ...lines].join('\n')}\n`
}

function speaker({ from }: StoredActivity): string {
  return from.role === 'user' ? 'You' : 'Program'
}
