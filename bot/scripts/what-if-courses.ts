/**
 * Where the conversations of a what-if come from: transcripts in the repository, and what the store keeps.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import type { House } from '../house.ts'
import type { LeadState } from '../ports.ts'
import { visitorMessage } from '../turn/visitor-message.ts'
import type { Transcript } from './transcript.ts'
import type { Course } from './what-if.ts'

const MINUTE_MS = 60_000

export function courseOf(name: string, { front, lines }: Transcript): Course {
  let at = Date.parse(front.at)
  const said: Course['said'][number][] = []
  for (const line of lines) {
    if (line.type === 'after') at += line.minutes * MINUTE_MS
    if (line.type === 'visitor') said.push({ text: line.text, at: new Date(at).toISOString() })
  }
  return { name, program: front.program, locale: front.locale, at: new Date(front.at).toISOString(), said }
}

const PAGE = 1_000
const states: readonly LeadState[] = ['open', 'claimed', 'closed']

/** Every stored conversation that reached the desk, named by its lead; erased ones are gone. */
export async function storedCourses(house: House): Promise<Course[]> {
  const courses: Course[] = []
  for (const state of states) {
    let after: string | null = null
    do {
      const at = house.clock.now().toISOString()
      const page = await house.store.leads({ state, programs: null, limit: PAGE, after, at })
      for (const { id, conversation } of page.leads) {
        const course = await storedCourse(house, id, conversation)
        if (course) courses.push(course)
      }
      after = page.next
    } while (after !== null)
  }
  return courses
}

async function storedCourse(house: House, name: string, conversation: string): Promise<Course | null> {
  const live = await house.conversations.load(conversation)
  if (!live || !house.world.programs.has(live.program)) return null
  const { activities } = await house.conversations.after(live, 0)
  const said = activities.flatMap((one) => {
    if (one.from.role !== 'user' || one.type !== 'message') return []
    const value = one.value as IncomingActivity['value']
    const { text, fields } = visitorMessage({ type: 'message', text: one.text, value })
    return [{ text: text || Object.values(fields ?? {}).join(', '), at: one.timestamp }]
  })
  const first = activities.find((one) => one.from.role === 'bot')
  const locale = first?.locale === 'es-US' ? 'es-US' : 'en-US'
  return { name, program: live.program, locale, at: live.state.startedAt, said }
}
