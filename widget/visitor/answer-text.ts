/**
 * From filled fields to the text that is sent, or null where something is missing or cannot be.
 *
 * The checks are generous: they catch the slip of a thumb. The service decides what an answer means.
 */
import type { InputSpec } from '../../flows/activity.ts'

export type FieldType = Exclude<InputSpec['type'], 'choice' | 'consent' | 'photo'>

/** The answer as text: dates as ISO, several choices joined by commas. */
export function answerText(spec: InputSpec, form: FormData): string | null {
  const one = String(form.get('answer') ?? '').trim()
  switch (spec.type) {
    case 'multi':
      return joinChoices(spec, form.getAll('answer').map(String))
    case 'date':
      return isoDate(String(form.get('year')), String(form.get('month')), String(form.get('day')))
    case 'number':
      return /^\d{1,3}([.,]\d+)?$/.test(one) ? one : null
    case 'phone':
      return one.replace(/\D/g, '').length >= 7 ? one : null
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(one) && one.includes('.', one.indexOf('@')) ? one : null
    case 'member-id':
      return one.replace(/[\s-]/g, '').length >= 5 ? one : null
    case 'text':
    case 'choice':
    case 'consent':
    case 'photo':
      return one || null
  }
}

/** Labels, as a person would say it; values where a label has a comma of its own. */
function joinChoices(spec: InputSpec, values: readonly string[]): string | null {
  const labels = values.map((value) => spec.options?.find((option) => option.value === value)?.label ?? value)
  return (labels.some((label) => label.includes(',')) ? values : labels).join(', ') || null
}

/** YYYY-MM-DD, or null for a day that no calendar has. */
export function isoDate(year: string, month: string, day: string): string | null {
  if (!/^\d{4}$/.test(year.trim())) return null
  const iso = `${year.trim()}-${month.trim().padStart(2, '0')}-${day.trim().padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}
