/**
 * Carries out stored effects, at least once, each under its own id as the idempotency key.
 *
 * A page to on-call is repeated until a person has claimed the lead, with longer pauses each time;
 * what a crash interrupted is found again at the next start, because an effect is only settled
 * after it was done.
 */

import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { nullIfIllegible } from '../keeping/legible.ts'
import { endWhatIsOver } from '../keeping/retention.ts'
import { dropPhotos } from '../photos/keep-photo.ts'
import type { LeadRecord, LeavingEffect, StoredEffect } from '../ports.ts'
import { keepQueue } from '../queue/queue-keeper.ts'
import { rememberContact } from '../queue/returning.ts'
import { isOfRehearsal } from '../rehearse/rehearsal.ts'
import { mendTimes, watchClock } from './clock-step.ts'
import { deliveries, isDelivered } from './deliveries.ts'
import { exits, type Permit, permit } from './exits.ts'
import { nextRetry } from './retry.ts'
import { wakeConversation } from './wake-conversation.ts'

const TICK_MS = 500
const SWEEP_MS = 60_000
const RETENTION_LOOK_MS = 600_000
const BATCH = 50
/** Longer than any notifier takes; a machine that dies in between leaves the rest to the others after that. */
const TAKEN_MS = 60_000
/** Seconds until the next page, by attempts so far: one minute at first, then up to ten. */
const PAGE_AGAIN_S = [60, 120, 300, 600]

/** Rounds at once: a target outside that hangs holds up its own round, never the alarm of the next person. */
const ROUNDS_AT_MOST = 32

export interface Performer {
  /** Stops after the effects that are under way. */
  stop(): Promise<void>
}

export function startPerforming(house: House): Performer {
  const running = new Set<Promise<void>>()
  const start = (work: (house: House) => Promise<void>): void => {
    if (running.size >= ROUNDS_AT_MOST) return
    const round = work(house)
      .catch((error: unknown) => report(house, error))
      .finally(() => running.delete(round))
    running.add(round)
  }
  const wasSetBack = watchClock(house)
  const timer = setInterval(() => {
    if (wasSetBack()) start(mendTimes)
    start(performDue)
  }, TICK_MS)
  // A restart may have come between a wrong clock and the right one.
  const firstLook = setTimeout(() => start(mendTimes), SWEEP_MS)
  const sweep = setInterval(() => start(dropExpired), SWEEP_MS)
  const retention = setInterval(() => start(endWhatIsOver), RETENTION_LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      clearTimeout(firstLook)
      clearInterval(sweep)
      clearInterval(retention)
      await Promise.all(running)
    },
  }
}

/** Photos whose days are over go, whether anybody looked or not. */
export async function dropExpired(house: House): Promise<void> {
  const at = house.clock.now().toISOString()
  const count = await house.store.dropExpired(at)
  if (count === 0) return
  const about = { at, actor: 'service', conversation: null, lead: null }
  await house.store.record({ ...about, event: 'documents.expired', detail: { count } })
}

/** One round over everything that is due; then the queue's own times. */
export async function performDue(house: House): Promise<void> {
  for (let count = 0; count < BATCH; count += 1) {
    const [effect] = await house.store.takeEffects(leaseFrom(house), 1)
    if (!effect) break
    await house.stages.run('effect', { kind: effect.kind }, () => performOne(house, effect))
  }
  await keepQueue(house)
}

function leaseFrom(house: House): { at: string; until: string } {
  const now = house.clock.now()
  return { at: now.toISOString(), until: new Date(now.getTime() + TAKEN_MS).toISOString() }
}

async function performOne(house: House, effect: StoredEffect): Promise<void> {
  if (effect.kind === 'wake-conversation') return wakeConversation(house, effect)
  if (effect.kind === 'drop-photos') return dropTakenBack(house, effect)
  return sendOne(house, effect as LeavingEffect)
}

/** Only those of before she took them back: she may have sent another since. */
async function dropTakenBack(house: House, { id, conversation, detail }: StoredEffect): Promise<void> {
  await dropPhotos(house, conversation, detail.until)
  await house.store.settleEffect(id, null)
}

async function sendOne(house: House, effect: LeavingEffect): Promise<void> {
  const lead = await house.store.leadOf(effect.conversation)
  const acknowledged = lead === null || lead.state === 'closed' || lead.state === 'claimed'
  if (effect.kind === 'page-on-call' && acknowledged) return house.store.settleEffect(effect.id, null)
  if (await isOfRehearsal(house, effect.conversation)) return settleRehearsed(house, effect)
  if (lead) raiseOnDesk(house, effect, { lead: lead.id, program: lead.program, acuity: lead.acuity })
  if (effect.kind === 'announce-lead') await rememberContact(house, effect.conversation)
  const allowed = await permitFor(house, effect, lead)
  if (!allowed) return settleUnsent(house, effect)
  if (isDelivered(effect.kind)) return deliver(house, effect, lead)
  const told = await tellOutside(house, effect, allowed as Told)
  house.metrics.effects.inc({ kind: effect.kind, outcome: told ? 'done' : 'failed' })
  await house.store.settleEffect(effect.id, nextTry(house, effect, told))
}

function raiseOnDesk(house: House, effect: StoredEffect, of: { lead: string; program: string; acuity: string }): void {
  const alarm = effect.kind === 'page-on-call'
  const data = {
    lead: of.lead,
    conversation: effect.conversation,
    acuity: of.acuity,
    attempt: effect.attempts + 1,
    reason: 'danger',
  }
  if (alarm) house.deskEvents.emit({ event: 'alarm', program: of.program, data })
}

/** The ledger of this moment, not of the moment when the effect was stored; of one that cannot be opened, danger alone leaves. */
async function permitFor(house: House, effect: LeavingEffect, lead: LeadRecord | null) {
  const live = await house.conversations.load(effect.conversation).catch(nullIfIllegible)
  const at = house.clock.now().toISOString()
  return permit(effect.kind, { state: live?.state ?? null, lead, at })
}

/** The rehearsal's own lead: written down that it would have gone out, and to nobody. */
async function settleRehearsed(house: House, { id, kind, conversation }: LeavingEffect): Promise<void> {
  const at = house.clock.now().toISOString()
  const detail = { exit: kind }
  await house.store.record({ event: 'rehearsal.not-sent', at, actor: 'service', conversation, lead: null, detail })
  await house.store.settleEffect(id, null)
}

/** Nothing went out: the permission was taken back before. */
async function settleUnsent(house: House, effect: LeavingEffect): Promise<void> {
  const { conversation, kind } = effect
  const at = house.clock.now().toISOString()
  const detail = { exit: kind, needs: exits[kind].needs }
  await house.store.record({ event: 'exit.refused', at, actor: 'service', conversation, lead: null, detail })
  house.metrics.effects.inc({ kind, outcome: 'refused' })
  await house.store.settleEffect(effect.id, null)
}

async function deliver(house: House, effect: LeavingEffect, lead: LeadRecord | null): Promise<void> {
  const { id, kind, conversation, attempts } = effect
  if (!lead || !isDelivered(kind)) return house.store.settleEffect(id, null)
  const result = await deliveries[kind](house, effect, lead)
  const outcome = result.type === 'later' ? 'failed' : result.type
  house.metrics.effects.inc({ kind, outcome })
  if (result.type === 'later') return house.store.settleEffect(id, nextRetry(attempts, house.clock.now(), result.at))
  if (result.type === 'overtaken') return house.store.settleEffect(id, null)
  const event = result.type === 'done' ? 'exit.delivered' : 'exit.not-taken'
  const detail = { exit: kind, ...(result.type === 'refused' && { code: result.code }) }
  const at = house.clock.now().toISOString()
  await house.store.record({ event, at, actor: 'service', conversation, lead: lead.id, detail })
  if (result.type === 'done') return house.store.settleEffect(id, null)
  await house.store.settleEffect(id, 'never', { code: result.code })
}

type Told = Permit<'page-on-call' | 'announce-lead'>

async function tellOutside(house: House, effect: StoredEffect, allowed: Told): Promise<boolean> {
  const results = await Promise.allSettled(house.notifiers.map((notifier) => notifier.notify(effect, allowed)))
  for (const result of results) if (result.status === 'rejected') report(house, result.reason)
  return results.every((result) => result.status === 'fulfilled')
}

/** null = settled. A page stays until a person acts; other effects until they went through, or are given up. */
function nextTry(house: House, effect: StoredEffect, told: boolean): string | 'never' | null {
  if (effect.kind !== 'page-on-call') return told ? null : nextRetry(effect.attempts, house.clock.now())
  const seconds = PAGE_AGAIN_S[Math.min(effect.attempts, PAGE_AGAIN_S.length - 1)] as number
  return new Date(house.clock.now().getTime() + seconds * 1000).toISOString()
}

function report(house: House, error: unknown): void {
  const code = error instanceof AdmissionsError ? error.code : 'unknown'
  house.log.error({ event: 'effect.failed', code })
}
