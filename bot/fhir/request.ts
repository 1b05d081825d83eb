/**
 * What is asked of the program: an assessment, a call back with its time, how to reach the person, and the summary.
 *
 * All of it is a proposal. The priority and the routing hint say who comes first; they are no diagnosis
 * and no level of care.
 */
import { createHash } from 'node:crypto'
import type { Communication, DocumentReference, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes'
import type { Route } from '../../flows/vocabulary.ts'
import { identifierOf, labelled } from './identity.ts'
import { writer } from './people.ts'
import { safetyObservation, screened } from './screening.ts'
import { type BundleSource, given, nameOf, namesAPayer, refTo } from './source.ts'

/** A short notice of 42 CFR 2.32 that goes with every disclosure. */
const PART_2_NOTICE = '42 CFR part 2 prohibits unauthorized use or disclosure of these records.'

const priorities: Readonly<Partial<Record<Route, 'stat' | 'urgent' | 'asap'>>> = {
  emergency: 'stat',
  crisis: 'stat',
  'medical-first': 'urgent',
  higher: 'urgent',
  'iop-fit': 'asap',
}

export function priorityOf({ lead }: Pick<BundleSource, 'lead'>): 'stat' | 'urgent' | 'asap' | 'routine' {
  if (lead.acuity === 'emergency' || lead.acuity === 'crisis') return 'stat'
  return priorities[lead.route] ?? 'routine'
}

/** How and when the person may be reached; null when nothing of it is known. */
export function contactWish(source: BundleSource): Communication | null {
  const payload = wishes(source).map((contentString) => ({ contentString }))
  if (payload.length === 0) return null
  return {
    resourceType: 'Communication',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'contact-wish'))],
    status: 'completed',
    subject: refTo(source, 'patient'),
    sent: source.lead.openedAt,
    sender: refTo(source, writer(source)),
    recipient: [refTo(source, 'provider')],
    payload,
  }
}

function wishes(source: BundleSource): string[] {
  const { by, bestTime, voicemailIsSafe, isSafe } = source.brief.contact
  if (!isSafe) return ['Do not contact: somebody else could see it.']
  const language = given(source, 'interpreter')
  return [
    ...(by === null ? [] : [`Prefers to be reached by ${by === 'both' ? 'phone or e-mail' : by}.`]),
    ...(bestTime === null ? [] : [`Good time: ${bestTime}.`]),
    ...(voicemailIsSafe === null ? [] : [voicemailIsSafe ? 'A voicemail is safe.' : 'Do not leave a voicemail.']),
    ...(language === null ? [] : [`Language of the call: ${language}.`]),
  ]
}

/** What the visitor saw and let pass on the review page; the transcript itself stays here. */
export function summary(source: BundleSource): DocumentReference {
  const { brief, lead } = source
  const lines = [...brief.use, ...brief.lines].map(({ title, words }) => `${title}: ${words}`)
  const quote = brief.ownWords === null ? [] : [`In own words: "${brief.ownWords}"`]
  const data = Buffer.from([...quote, ...lines, `Conversation ${lead.conversation}`].join('\n'))
  return {
    resourceType: 'DocumentReference',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'summary'))],
    status: 'current',
    docStatus: 'preliminary',
    type: { text: 'Web chat summary' },
    subject: refTo(source, 'patient'),
    date: source.at,
    author: [refTo(source, 'assistant')],
    description: PART_2_NOTICE,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          language: source.state.locale,
          data: data.toString('base64'),
          hash: createHash('sha1').update(data).digest('base64'),
          title: 'summary.txt',
          creation: source.at,
        },
      },
    ],
  }
}

export function assessmentRequest(source: BundleSource): ServiceRequest {
  const responses = screened(source).map(({ instrument }) => refTo(source, `response-${instrument.id}`))
  return {
    resourceType: 'ServiceRequest',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'request'))],
    status: 'draft',
    intent: 'proposal',
    priority: priorityOf(source),
    code: { text: 'Level-of-care assessment (admissions)' },
    subject: refTo(source, 'patient'),
    authoredOn: source.lead.openedAt,
    requester: refTo(source, 'assistant'),
    performer: [refTo(source, 'provider')],
    ...(namesAPayer(source) && { insurance: [refTo(source, 'coverage')] }),
    supportingInfo: [...responses, refTo(source, 'summary')],
  }
}

/** How far the call back has come. */
const taskStatus = { open: 'requested', claimed: 'accepted', closed: 'completed' } as const

export function callBack(source: BundleSource): Task {
  const { lead, brief } = source
  const hint = { coding: [{ system: 'urn:porchlight:routing-hint', code: lead.route }] }
  const reasons = brief.reasons.join('; ')
  return {
    resourceType: 'Task',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'call-back'))],
    status: taskStatus[lead.state],
    intent: 'proposal',
    priority: priorityOf(source),
    code: { text: 'Call back web-chat lead' },
    description: brief.route.disclaimer,
    focus: refTo(source, 'request'),
    for: refTo(source, 'patient'),
    authoredOn: lead.openedAt,
    requester: refTo(source, 'assistant'),
    owner: refTo(source, 'provider'),
    ...(lead.dueAt !== null && { restriction: { period: { end: lead.dueAt } } }),
    input: [
      { type: { text: 'routing hint' }, valueCodeableConcept: hint },
      ...(reasons === '' ? [] : [{ type: { text: 'reasons' }, valueString: reasons }]),
    ],
  }
}

/** Where all of it comes from: put together by the assistant from what was said. */
export function origin(source: BundleSource): Provenance {
  const targets = screened(source).flatMap(({ instrument, score }) => [
    refTo(source, `response-${instrument.id}`),
    ...(score.total === null ? [] : [refTo(source, `score-${instrument.id}`)]),
  ])
  return {
    resourceType: 'Provenance',
    meta: labelled,
    target: [
      ...targets,
      ...(safetyObservation(source) ? [refTo(source, 'safety')] : []),
      ...(namesAPayer(source) ? [refTo(source, 'coverage')] : []),
      refTo(source, 'request'),
    ],
    recorded: source.at,
    agent: [
      {
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
              code: 'assembler',
              display: 'Assembler',
            },
          ],
        },
        who: refTo(source, 'assistant'),
      },
    ],
  }
}
