/**
 * From a posted form to the words that are said, or to what is missing.
 *
 * Own words win over a field: whoever writes a sentence under a question means the sentence. The
 * checks are as generous as the chat's own; what an answer means is the turn's to decide.
 */
import { z } from 'zod'
import { type InputSpec, TEXT_MAX } from '../../flows/activity.ts'
import type { Mend } from './words.ts'

const Line = z.string().max(TEXT_MAX).default('')

/** What the page's form posts; anything else in it is ignored. */
export const PostedForm = z.object({
  talk: z.string().max(4_096).default(''),
  once: z.string().max(100).default(''),
  lang: z.enum(['en', 'es']).default('en'),
  do: z.enum(['send', 'look', 'erase', 'language']).default('send'),
  text: Line,
  reply: Line,
  answer: z
    .union([z.string().max(TEXT_MAX), z.array(z.string().max(TEXT_MAX)).max(100)])
    .default([])
    .transform((value) => (typeof value === 'string' ? [value] : value)),
  day: z.string().max(10).default(''),
  month: z.string().max(10).default(''),
  year: z.string().max(10).default(''),
})
export type PostedForm = z.infer<typeof PostedForm>

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
      return orMend(/^\d{1,3}([.,]\d+)?$/.test(one) ? one : '', 'number')
    case 'phone':
      return orMend(one.replace(/\D/g, '').length >= 7 ? one : '', 'phone')
    case 'email':
      return orMend(/^\S+@\S+\.\S+$/.test(one) ? one : '', 'email')
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
