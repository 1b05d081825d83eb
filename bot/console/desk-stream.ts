/**
 * Server-sent events for an open desk, resumed by `Last-Event-ID`.
 *
 * A desk that was away too long hears `lead.changed` without a lead: it then reads the queue anew.
 * The stream ends with its session, so a disabled account hears nothing more.
 */
import type { Request, Response } from 'express'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import type { DeskEvent } from '../queue/desk-events.ts'
import { staffOf } from './sessions.ts'
import { sees } from './staff-accounts.ts'

/** Also how long a disabled account may still hear ids. */
const BEAT_MS = 10_000
/** A desk that does not read its stream loses it, and resumes where it was when it does. */
const UNREAD_MAX_BYTES = 1_048_576
/** Of one person: a desk on each of her screens. Beyond it the oldest ends, so that a stolen cookie cannot take every descriptor. */
const STREAMS_AT_MOST = 16
const streams = new WeakMap<House, Map<string, Set<Response>>>()

export function streamEvents(house: House, request: Request, response: Response): void {
  const { staff } = response.locals
  const send = (event: DeskEvent): void => {
    if (!hears(staff, event)) return
    response.write(`id: ${event.id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`)
  }
  response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  response.flushHeaders()
  const missed = missedBy(house, request)
  const stop = house.deskEvents.listen(send)
  const beat = setInterval(() => {
    void staffOf(house, request).then(
      () => (response.writableLength > UNREAD_MAX_BYTES ? response.destroy() : response.write(': still here\n\n')),
      () => response.end(),
    )
  }, BEAT_MS)
  const leave = makeRoom(house, staff, response)
  response.once('close', () => {
    clearInterval(beat)
    stop()
    leave()
  })
  if (missed) for (const event of missed) send(event)
  else response.write('event: lead.changed\ndata: {}\n\n')
  response.write(`id: ${house.deskEvents.lastId()}\nevent: ready\ndata: {}\n\n`)
}

/** @returns what to call when the stream is over. */
function makeRoom(house: House, { name }: StaffRecord, response: Response): () => void {
  const open = streams.get(house) ?? new Map<string, Set<Response>>()
  streams.set(house, open)
  const hers = open.get(name) ?? new Set<Response>()
  open.set(name, hers.add(response))
  const [oldest] = hers.size > STREAMS_AT_MOST ? hers : []
  if (oldest && hers.delete(oldest)) oldest.destroy()
  return () => {
    hers.delete(response)
    if (hers.size === 0 && open.get(name) === hers) open.delete(name)
  }
}

/** Leads of one's own programs; what is about accounts is for admins. */
function hears(staff: StaffRecord, { program, data }: DeskEvent): boolean {
  return data.reason === 'account-locked' ? staff.role === 'admin' : sees(staff, program)
}

/** Events after the last one heard, or null when nobody can know any more. */
function missedBy(house: House, request: Request): readonly DeskEvent[] | null {
  const last = request.headers['last-event-id']
  if (last === undefined || last === '') return []
  const id = Number(last)
  return Number.isSafeInteger(id) && id > 0 ? house.deskEvents.since(id) : null
}
