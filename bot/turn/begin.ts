/**
 * How a conversation begins: an empty state of the program, stored before anybody speaks.
 */
import { newConversation } from '../../flows/engine/step.ts'
import { Instant, type Locale } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'

export interface Begin {
  readonly id: string
  readonly program: string
  readonly user: string
  readonly locale: Locale
  /** Her page or device speaks neither English nor Spanish: the welcome says which languages there are. */
  readonly speaksOther?: boolean
}

/** @returns false when the conversation had begun already. @throws AdmissionsError `PROGRAM_NOT_FOUND`. */
export async function begin(house: House, asked: Begin): Promise<boolean> {
  const program = house.world.programs.get(asked.program)
  if (!program)
    throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program has this id: see the list of programs served.')
  const at = Instant.parse(house.clock.now().toISOString())
  const flows = await house.scripts.current()
  const { locale, speaksOther = false } = asked
  const state = newConversation(flows, { program: program.profile, locale, at, speaksOther })
  return house.conversations.begin({ id: asked.id, user: asked.user, state })
}

/** A language is named, and it is neither English nor Spanish. */
export function isOtherLanguage(tag: string | undefined): boolean {
  return tag !== undefined && tag !== '' && !/^(en|es)\b/i.test(tag)
}

/** `es`, `es-MX` → `es-US`; everything else, known or not, → `en-US`. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('es') ? 'es-US' : 'en-US'
}
