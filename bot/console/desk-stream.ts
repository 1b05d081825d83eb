/**
 * Server-sent events for an open desk, resumed by `Last-Event-ID`.
 *
 * A desk that was away too long hears `lead.changed` without a lead: it then reads the queue anew.
 */
import type { Request, Response } from 'express'
import type { DeskEvent } from '../desk-events.ts'
import type { House } from '../house.ts'
import type { StaffRecord } from '../ports.ts'
import { sees } from './staff-accounts.ts'

const KEEP_ALIVE_MS = 20_000

export function streamEvents(house: House, request: Request, response: Response): void {
  const staff: StaffRecord = response.locals.staff
  const send = (event: DeskEvent): void => {
    if (!sees(staff, event.program)) return
    response.write(`id: ${event.id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`)
  }
  response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  response.flushHeaders()
  response.write(`id: ${house.deskEvents.lastId()}\n: the desk is open\n\n`)
  replay(house, request, { send, response })
  const stop = house.deskEvents.listen(send)
  const timer = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS)
  response.once('close', () => {
    clearInterval(timer)
    stop()
  })
}

function replay(house: House, request: Request, to: { send: (event: DeskEvent) => void; response: Response }): void {
  const last = Number(request.headers['last-event-id'])
  if (!Number.isSafeInteger(last) || last <= 0) return
  const missed = house.deskEvents.since(last)
  if (missed) for (const event of missed) to.send(event)
  else to.response.write('event: lead.changed\ndata: {}\n\n')
}
