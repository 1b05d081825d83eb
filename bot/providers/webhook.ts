/**
 * Pages outside by webhook, as Standard Webhooks says: thin, signed, the effect's id as its key.
 *
 * The body holds ids, priority and times; whoever wants more signs in to the desk.
 */
import { AdmissionsError } from '../errors.ts'
import { MANAGER_FROM } from '../outbox/retry.ts'
import type { Clock, Notifier, StoredEffect } from '../ports.ts'
import { postSigned, type WebhookTarget } from './signed-post.ts'

export function webhookNotifier(target: WebhookTarget, clock: Clock): Notifier {
  return {
    name: 'webhook',
    async notify(effect, permit) {
      const now = clock.now()
      const body = JSON.stringify(payload(effect, now))
      const { status } = await postSigned(target, { id: effect.id, body, now }, permit)
      if (status < 200 || status > 299)
        throw new AdmissionsError('ServiceError', `The on-call webhook answered ${status}.`)
    },
  }
}

function payload(effect: StoredEffect, now: Date) {
  const type = effect.kind === 'page-on-call' ? 'crisis.raised' : 'lead.created'
  const priority = effect.kind === 'page-on-call' ? 'stat' : (effect.detail.acuity ?? 'routine')
  const tier = effect.kind === 'page-on-call' && effect.attempts >= MANAGER_FROM ? 'manager' : 'on-call'
  const data = { id: effect.id, conversation: effect.conversation, priority, tier, attempt: effect.attempts + 1 }
  return { type, timestamp: now.toISOString(), data }
}
