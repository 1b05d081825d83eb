/**
 * The words in an activity: typed text, a quick reply, or the fields of a card's form, all alike.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import type { VisitorMessage } from '../../flows/safety/screen.ts'

export function visitorMessage(activity: IncomingActivity): VisitorMessage {
  const text = activity.text ?? (typeof activity.value === 'string' ? activity.value : '')
  const { value } = activity
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { text }
  const fields = Object.entries(value).filter(([, field]) => typeof field === 'string' || typeof field === 'number')
  return { text, fields: Object.fromEntries(fields.map(([name, field]) => [name, String(field)])) }
}
