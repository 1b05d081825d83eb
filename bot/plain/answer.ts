/**
 * From a posted form to the words that are said, or to what is missing.
 *
 * Own words win over a field: whoever writes a sentence under a question means the sentence. The
 * checks are as generous as the chat's own; what an answer means is the turn's to decide, and words
 * in a field for figures are a message.
 */
import { z } from 'zod'
import { type InputSpec, TEXT_MAX } from '../../flows/activity.ts'
import type { Mend } from './words.ts'

/** As long as the body may be: what is too long for a message is still heard for danger. */
const Line = z.string().default('')

/** What the page's form posts; anything else in it is ignored. */
export const PostedForm = z.object({
  talk: z.string().max(4_096).default(''),
  once: z.string().max(100).default(''),
  lang: z.enum(['en', 'es']).default('en'),
  do: z.enum(['send', 'look', 'erase', 'language']).default('send'),
  text: Line,
  reply: Line,
  answer: z
    .union([z.string(), z.array(z.string()).max(100)])
    .default([])
    .transform((value) => (typeof value === 'string' ? [value] : value)),
  day: z.string().max(10).default(''),
  month: z.string().max(10).default(''),
  year: z.string().max(10).default(''),
})
export type PostedForm = z.infer<typeof PostedForm>

/** Everything that was written or chosen, for the gate: whatever the form asks for, no word passes it by. */
export function partsIn({ text, reply, answer }: PostedForm): string[] {
  return [text, reply, ...answer].map((part) => part.trim()).filter((part) => part !== '')
}

export function isTooLong(form: PostedForm): boolean {
  return partsIn(form).some((part) => part.length > TEXT_MAX)
}

export type Said = { readonly text: string } | { readonly mend: Mend }

/** @param spec - what the pending question waits for; null when nothing is asked. */
export function saidIn(form: PostedForm, spec: InputSpec | null): Said {
  const own = form.text.trim() || form.reply.trim()
  if (own !== '') return { text: own }
  const [one = ''] = form.answer.map((value) => value.trim())
  switch (spec?.type) {
    case 'multi':
      return orMend(form.answer.filter((value) => value.trim() !== '').join(', '), 'multi')
    case 'date':
      return orMend(isoDate(form), 'date')
    case 'number':
      return orMend(/^\d{1,3}([.,]\d+)?$|\p{L}/u.test(one) ? one : '', 'number')
    case 'phone':
      return orMend(one.replace(/\D/g, '').length >= 7 || /\p{L}/u.test(one) ? one : '', 'phone')
    case 'email':
      return orMend(isAddress(one) || isSentence(one) ? one : '', 'email')
    case 'member-id':
      return orMend(one.replace(/[\s-]/g, '').length >= 5 ? one : '', 'member-id')
    case 'text':
    case 'choice':
    case 'consent':
    case 'photo':
    case undefined:
      return orMend(one, 'nothing')
  }
}

/** Longer than RFC 5321 allows is none, and costs no time. */
function isAddress(one: string): boolean {
  return one.length <= 320 && /^\S+@\S+\.\S+$/.test(one)
}

/** Words where an address was asked for. */
function isSentence(one: string): boolean {
  return (!one.includes('@') && /\p{L}/u.test(one)) || /\p{L}\s+\p{L}/u.test(one)
}

function orMend(text: string, mend: Mend): Said {
  return text === '' ? { mend } : { text }
}

/** YYYY-MM-DD, or '' for a day that no calendar has. */
function isoDate({ year, month, day }: PostedForm): string {
  if (!/^\d{4}$/.test(year.trim())) return ''
  const iso = `${year.trim()}-${month.trim().padStart(2, '0')}-${day.trim().padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : ''
}
