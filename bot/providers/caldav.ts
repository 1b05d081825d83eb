/**
 * One calendar collection on a CalDAV server (RFC 4791): what is busy, and our own events put, changed and taken away.
 *
 * Plain HTTP, because four requests are all that is asked. Each of our events is one resource under a name of
 * ours; it is changed only as we left it (its ETag), so that what a person did to it in between is not lost.
 */
import { AdmissionsError } from '../errors.ts'
import type { Permit } from '../outbox/exits.ts'
import { type Busy, busyTimes, type Span } from '../slots/busy-times.ts'
import { utc } from '../slots/ics.ts'
import { askOutside, type OutsideAnswer } from './outside-request.ts'

export interface CalendarCollection {
  /** The collection's own address, e.g. `https://dav.example/calendars/admissions/talks/`. */
  readonly url: string
  readonly user: string | null
  readonly password: string | null
  readonly allowInside: readonly string[]
}

export interface PutEvent {
  /** Letters, digits, `-` and `_`: the resource's name. */
  readonly name: string
  readonly ics: string
  /** As the server last gave it; null = there is none yet. */
  readonly etag: string | null
}

export type Kept =
  | { readonly type: 'done'; readonly etag: string | null }
  /** Somebody else changed or took the event. */
  | { readonly type: 'changed' }
  | { readonly type: 'later' }
  | { readonly type: 'refused'; readonly code: string }

/** Refusals of a moment, or of settings that a person mends. */
const PASSING = [401, 403, 408, 423, 425, 429, 507]

/** @throws AdmissionsError `CALENDAR_UNREADABLE`, `ServiceError` or `ADDRESS_INTERNAL`. */
export async function busyOn(collection: CalendarCollection, span: Span): Promise<Busy[]> {
  const headers = { depth: '1', 'content-type': 'application/xml; charset=utf-8' }
  const body = queryFor(span)
  const answer = await ask(collection, { method: 'REPORT', name: '', headers, body }, 'nobody')
  if (answer.status !== 207 || !/multistatus/i.test(answer.text))
    throw new AdmissionsError('CALENDAR_UNREADABLE', `The calendar server answered ${answer.status} to a question.`)
  return calendarsIn(answer.text).flatMap((text) => busyTimes(text, span))
}

export async function putEvent(
  collection: CalendarCollection,
  { name, ics, etag }: PutEvent,
  allowed: Permit<'write-calendar'>,
): Promise<Kept> {
  const guard: Record<string, string> = etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }
  const headers = { ...guard, 'content-type': 'text/calendar; charset=utf-8' }
  const answer = await ask(collection, { method: 'PUT', name: resource(name), headers, body: ics }, allowed)
  const kept = keptBy(answer)
  // Some servers do not say how they left it.
  return kept.type === 'done' && kept.etag === null
    ? { ...kept, etag: (await readEvent(collection, name, allowed))?.etag ?? null }
    : kept
}

/** Our event as it stands there; null = there is none. */
export async function readEvent(
  collection: CalendarCollection,
  name: string,
  allowed: Permit<'write-calendar'>,
): Promise<{ readonly etag: string | null; readonly ics: string } | null> {
  const answer = await ask(collection, { method: 'GET', name: resource(name), headers: {}, body: null }, allowed)
  return answer.status === 200 ? { etag: answer.headers.etag ?? null, ics: answer.text } : null
}

/** @param event.etag - null = whatever stands there goes. */
export async function dropEvent(
  collection: CalendarCollection,
  { name, etag }: Pick<PutEvent, 'name' | 'etag'>,
  allowed: Permit<'clear-calendar'>,
): Promise<Kept> {
  const headers: Record<string, string> = etag === null ? {} : { 'if-match': etag }
  const answer = await ask(collection, { method: 'DELETE', name: resource(name), headers, body: null }, allowed)
  return answer.status === 404 || answer.status === 410 ? { type: 'done', etag: null } : keptBy(answer)
}

function keptBy({ status, headers }: OutsideAnswer): Kept {
  if (status >= 200 && status <= 299) return { type: 'done', etag: headers.etag ?? null }
  if (status === 412 || status === 404 || status === 409) return { type: 'changed' }
  return status >= 500 || PASSING.includes(status) ? { type: 'later' } : { type: 'refused', code: `HTTP_${status}` }
}

interface Asked {
  readonly method: string
  readonly name: string
  readonly headers: Record<string, string>
  readonly body: string | null
}

function ask(collection: CalendarCollection, asked: Asked, allowed: Permit | 'nobody'): Promise<OutsideAnswer> {
  const { user, password, allowInside } = collection
  const base = collection.url.endsWith('/') ? collection.url : `${collection.url}/`
  const name: Record<string, string> =
    user === null ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
  const { method, headers, body } = asked
  return askOutside({ url: base + asked.name, method, headers: { ...name, ...headers }, body, allowInside }, allowed)
}

function resource(name: string): string {
  return `${encodeURIComponent(name)}.ics`
}

function queryFor({ from, to }: Span): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="${utc(from)}" end="${utc(to)}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`
}

/** The text of every `calendar-data` element, whatever its prefix. */
function calendarsIn(xml: string): string[] {
  const found = xml.matchAll(/<([\w-]+:)?calendar-data\b[^>]*>([\s\S]*?)<\/\1?calendar-data\s*>/gi)
  return [...found].map(([, , text = '']) => unescaped(text)).filter((text) => text.trim() !== '')
}

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function unescaped(text: string): string {
  const plain = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(text)
  if (plain) return plain[1] ?? ''
  return text.replaceAll(/&(?:#(x[\da-f]{1,6}|\d{1,7})|(\w+));/gi, (whole, code?: string, name?: string) => {
    if (code === undefined) return signs[name ?? ''] ?? whole
    const point = Number(/^x/i.test(code) ? `0${code}` : code)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
