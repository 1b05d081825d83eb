/**
 * What a row of the queue says beyond its codes: six of the visitor's words, and whether staff are in the chat.
 *
 * Opening a thousand conversations for each look would take half a second, so what was opened stays
 * until something happens in that conversation.
 */
import { briefOf } from '../../flows/brief.ts'
import type { DangerLabel } from '../../flows/safety/verdict.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import type { LeadRecord } from '../ports.ts'
import { isRehearsal } from '../rehearse/rehearsal.ts'

const KEPT_AT_MOST = 2_000

export interface RowWords {
  /** null while nothing was said, when it was erased, and when it cannot be read: the row stands there all the same. */
  readonly about: string | null
  /** What the gate heard last; the lead itself keeps what raised it. null when nothing was. */
  readonly heard: DangerLabel | null
  readonly isErased: boolean
  /** Its record is broken: the words are there and cannot be read. */
  readonly isUnreadable: boolean
  readonly isLive: boolean
  /** It is nobody's: it rings on no desk. */
  readonly isRehearsal: boolean
}

export interface QueueWords {
  of(lead: LeadRecord): Promise<RowWords>
}

export function createQueueWords(house: House): QueueWords {
  // A hundred desks that ask for one row in the same moment wait for one reading.
  const known = new Map<string, Promise<RowWords>>()
  house.deskEvents.listen(({ data }) => {
    if (typeof data.conversation === 'string') known.delete(data.conversation)
    else known.clear()
  })
  return {
    of(lead) {
      const kept = known.get(lead.conversation)
      if (kept) return kept
      const words = read(house, lead).catch((error: unknown) => nullIfIllegible(error) ?? unreadable)
      if (known.size >= KEPT_AT_MOST) known.delete(known.keys().next().value as string)
      known.set(lead.conversation, words)
      words.catch(() => known.get(lead.conversation) === words && known.delete(lead.conversation))
      return words
    },
  }
}

const noWords: RowWords = {
  about: null,
  heard: null,
  isErased: false,
  isUnreadable: false,
  isLive: false,
  isRehearsal: false,
}
const unreadable: RowWords = { ...noWords, isUnreadable: true }

async function read(house: House, lead: LeadRecord): Promise<RowWords> {
  const live = await house.conversations.load(lead.conversation)
  const program = house.world.programs.get(lead.program)
  if (!live || !program) return { ...noWords, isErased: live === null }
  const { about } = briefOf({ flows: await house.scripts.flowsOf(live.state), program: program.profile }, live.state)
  const heard = live.state.crisis?.label ?? null
  return { ...noWords, about, heard, isLive: live.state.staff !== null, isRehearsal: isRehearsal(live.user) }
}
