/**
 * Nearly every activity is a message of a few plain fields: it is taken as it is, without the schema's work.
 *
 * What is here must be what the schema gives: whatever is not plainly fine goes through it, which also says
 * what is wrong. A test holds the two against each other.
 */
import { type IncomingActivity, TEXT_MAX } from '../../flows/activity.ts'

/** The longest that each plain field may be, in UTF-16 units; the schema says the same. */
const fields: ReadonlyMap<string, number> = new Map([
  ['type', 20],
  ['text', TEXT_MAX],
  ['id', 200],
  ['locale', 35],
  ['localTimezone', 64],
])
const ofSender: ReadonlyMap<string, number> = new Map([
  ['id', 200],
  ['name', 200],
  ['role', 20],
])

/** The message, or null for what the schema must look at. */
export function plainMessage(value: unknown): IncomingActivity | null {
  if (!isObject(value) || value.type !== 'message') return null
  for (const name in value) {
    const part = value[name]
    if (
      name === 'from'
        ? !isShort(part, ofSender)
        : name === 'channelData'
          ? !isFlat(part)
          : !isText(part, fields.get(name))
    )
      return null
  }
  return value as IncomingActivity
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(part: unknown, most: number | undefined): boolean {
  return most !== undefined && typeof part === 'string' && part.length <= most
}

function isShort(part: unknown, known: ReadonlyMap<string, number>): boolean {
  if (!isObject(part)) return false
  for (const name in part) if (!isText(part[name], known.get(name))) return false
  return true
}

/** Much more than any client sends, and as JSON, where a sign has six at most, within what is taken. */
const FLAT_MAX = 2_000

/** Strings and yes or no, nothing within each other, and little of it. */
function isFlat(part: unknown): boolean {
  if (!isObject(part) || Object.hasOwn(part, '__proto__')) return false
  let length = 0
  for (const name in part) {
    const field = part[name]
    if (typeof field !== 'string' && typeof field !== 'boolean') return false
    length += name.length + String(field).length + 1
    if (length > FLAT_MAX) return false
  }
  return true
}
