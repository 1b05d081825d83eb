/**
 * One check with a payer, at staff's wish: asked under the permission of that moment, and again when it comes back.
 *
 * A permission taken back while the payer was thinking drops the answer unread. A payer that does not
 * answer is asked five times over a day; then staff are told to ask by phone. The visitor hears of none of it.
 */
import type { CheckOutcome } from '../../flows/coverage.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Delivered } from '../outbox/delivered.ts'
import { keepAnswer, mayAsk, verificationOf } from '../outbox/verification.ts'
import type { LeadRecord, StoredEffect } from '../ports.ts'
import type { LiveConversation } from '../turn/conversations.ts'
import { takeInput } from '../turn/take-input.ts'
import type { EligibilityAnswer, EligibilityRequest, Person } from './port.ts'

/** Substance use first, then mental health; one per request, the plan as a whole when a payer tells neither. */
const serviceTypes = ['AI', 'MH', '30'] as const
const ATTEMPTS = 5

export async function deliverEligibility(house: House, effect: StoredEffect, lead: LeadRecord): Promise<Delivered> {
  const live = await house.conversations.load(lead.conversation)
  const allowed = live && mayAsk(house, live)
  if (!live || !allowed) return { type: 'refused', code: 'CONSENT_REQUIRED' }
  const request = await requestOf(house, live, effect.id)
  if ('missing' in request) {
    await end(house, live, { id: `${effect.id}-none`, answer: unasked(request.missing), serviceType: '-' })
    return { type: 'done' }
  }
  try {
    for (const serviceType of serviceTypes) {
      const id = `${effect.id}-${serviceType}`
      const answer = await house.eligibility.check({ ...request, id, serviceType }, allowed)
      if (isUnfinished(answer.outcome) && effect.attempts + 1 < ATTEMPTS) return { type: 'later', at: null }
      if (!(await end(house, live, { id, answer, serviceType }))) return { type: 'refused', code: 'CONSENT_REQUIRED' }
      if (answer.benefits.length > 0 || answer.outcome !== 'unsupported') break
    }
    return { type: 'done' }
  } catch (error) {
    if (!(error instanceof AdmissionsError)) throw error
    if (effect.attempts + 1 < ATTEMPTS) return { type: 'later', at: null }
    await end(house, live, { id: effect.id, answer: gaveUp, serviceType: '-' })
    return { type: 'refused', code: error.code }
  }
}

function isUnfinished(outcome: CheckOutcome): boolean {
  return outcome === 'pending' || outcome === 'payer-down'
}

const gaveUp: EligibilityAnswer = {
  outcome: 'payer-down',
  planName: null,
  benefits: [],
  problems: ['The payer’s system did not answer for a day. Ask by phone.'],
}

function unasked(missing: readonly string[]): EligibilityAnswer {
  const problems = [`Nothing was sent: ${missing.join(', ')} missing. Fill in the worksheet and ask again.`]
  return { outcome: 'unsupported', planName: null, benefits: [], problems }
}

/** @returns false when the permission was taken back meanwhile: then nothing of the answer is kept. */
async function end(
  house: House,
  live: LiveConversation,
  found: { id: string; answer: EligibilityAnswer; serviceType: string },
): Promise<boolean> {
  const now = await house.conversations.load(live.id)
  if (!now || mayAsk(house, now) === null) return false
  const { outcome, planName, benefits, problems } = found.answer
  const checkedAt = house.clock.now().toISOString()
  const answer = { outcome, planName, benefits: [...benefits], problems: [...problems].slice(0, 20), checkedAt }
  const by = house.eligibility.name
  await keepAnswer(house, now, { id: found.id, answer: { ...answer, by, serviceType: found.serviceType } })
  await takeInput(house, live.id, { inputs: (_, at) => [{ type: 'coverage-checked', outcome, at }] })
  return true
}

type Built = Omit<EligibilityRequest, 'serviceType'>

/** From what was typed, and what staff read off the card; the names of what is missing otherwise. */
async function requestOf(house: House, live: LiveConversation, id: string): Promise<Built | { missing: string[] }> {
  const { worksheet } = await verificationOf(house, live)
  const text = (name: string): string => {
    const value = live.state.answers[name]?.value
    return typeof value === 'string' ? value : ''
  }
  const payer = live.state.coverage.payer ?? ''
  const payerId = house.eligibility.payerId(payer)
  const memberId = worksheet?.card.memberId || text('member-id')
  const holder =
    text('subscriber-name') === '' ? null : personOf(text('subscriber-name'), text('subscriber-birth-date'))
  // Somebody else's plan prints that person's name: there what was typed comes first.
  const [printed, typed] = [worksheet?.card.nameOnCard ?? '', text('card-name')]
  const patient = personOf(text('subscriber-name') === '' ? printed || typed : typed || printed, text('birth-date'))
  const missing = [
    payerId === null ? 'the payer’s id at the clearinghouse' : '',
    memberId === '' ? 'the member ID' : '',
    patient === null ? 'full name and birth date' : '',
  ].filter((one) => one !== '')
  if (payerId === null || patient === null || missing.length > 0) return { missing }
  const on = house.clock.now().toISOString().slice(0, 10)
  return { id, payerId, memberId, subscriber: holder ?? patient, dependent: holder ? patient : null, on }
}

/** The last word is the last name; a person in the payer's files has two names. */
function personOf(name: string, birthDate: string): Person | null {
  const words = name.trim().split(/\s+/)
  const lastName = words.at(-1) ?? ''
  if (words.length < 2 || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return null
  return { firstName: words.slice(0, -1).join(' '), lastName, birthDate }
}
