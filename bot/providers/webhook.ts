/**
 * Pages outside by webhook, as Standard Webhooks says: thin, signed, the effect's id as its key.
 *
 * The body holds ids, priority and times; whoever wants more signs in to the desk.
 */
import { createHmac } from 'node:crypto'
import { AdmissionsError } from '../errors.ts'
import type { Clock, Notifier, StoredEffect } from '../ports.ts'

const TIMEOUT_MS = 15_000

/** @param target.secret - `whsec_` and base64, 24–64 bytes. */
export function webhookNotifier(target: { url: string; secret: string }, clock: Clock): Notifier {
  const key = Buffer.from(target.secret.replace(/^whsec_/, ''), 'base64')
  return {
    name: 'webhook',
    async notify(effect) {
      const body = JSON.stringify(payload(effect, clock.now()))
      const timestamp = String(Math.floor(clock.now().getTime() / 1000))
      const signature = createHmac('sha256', key).update(`${effect.id}.${timestamp}.${body}`).digest('base64')
      const headers = {
        'content-type': 'application/json',
        'webhook-id': effect.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      }
      // Redirects fail: a target that sends us elsewhere could lead inside the network.
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const response = await fetch(target.url, { method: 'POST', headers, body, redirect: 'error', signal }).catch(
        unreachable,
      )
      if (!response.ok) throw new AdmissionsError('ServiceError', `The on-call webhook answered ${response.status}.`)
    },
  }
}

function payload(effect: StoredEffect, now: Date) {
  const type = effect.kind === 'page-on-call' ? 'crisis.raised' : 'lead.created'
  const priority = effect.kind === 'page-on-call' ? 'stat' : (effect.detail.acuity ?? 'routine')
  return { type, timestamp: now.toISOString(), data: { id: effect.id, conversation: effect.conversation, priority } }
}

function unreachable(cause: unknown): never {
  throw new AdmissionsError('ServiceError', 'The on-call webhook could not be reached.', { cause })
}
