/**
 * What was answered to screening questions: one response per instrument, its total where it has one, and
 * what the safety questions found.
 *
 * All of it is preliminary and self-reported. No RiskAssessment is sent: it would claim an assessment.
 * Of somebody else nothing is sent, because the answers are not that person's own.
 */
import type { Coding, Observation, QuestionnaireResponse, QuestionnaireResponseItem } from '@medplum/fhirtypes'
import { type Instrument, itemsOf } from '../../flows/engine/instrument.ts'
import type { Score } from '../../flows/engine/score.ts'
import { identifierOf, labelled } from './identity.ts'
import { type BundleSource, isForOther, nameOf, refTo } from './source.ts'

const NOTE = 'Self-reported in web chat; screening score, not a diagnosis.'
const survey = [
  {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey', display: 'Survey' },
    ],
  },
]
const loinc = (code: string): Coding => ({ system: 'http://loinc.org', code })

export interface Screened {
  readonly instrument: Instrument
  readonly score: Score
  readonly at: string
}

/** Every instrument that was begun, but for a person who was not asked herself. */
export function screened(source: BundleSource): Screened[] {
  if (isForOther(source)) return []
  return source.scores.flatMap((score) => {
    const instrument = source.flows.instruments.get(score.instrument)
    return instrument ? [{ instrument, score, at: lastAnswer(source, instrument) }] : []
  })
}

export function response(source: BundleSource, { instrument, score, at }: Screened): QuestionnaireResponse {
  const items = itemsOf(instrument).flatMap((item): QuestionnaireResponseItem[] => {
    const value = source.state.answers[`${instrument.id}.${item.linkId}`]?.value
    const option = item.options.find((one) => one.value === value)
    if (!option) return []
    const answer = option.loinc
      ? { valueCoding: { ...loinc(option.loinc), display: option.text } }
      : { valueString: option.text }
    return [{ linkId: item.linkId, text: item.text, answer: [answer] }]
  })
  const isWhole = score.items.every((one) => one.score !== null)
  return {
    resourceType: 'QuestionnaireResponse',
    meta: labelled,
    identifier: identifierOf(nameOf(source, `response-${instrument.id}`)),
    questionnaire: `urn:porchlight:questionnaire:${instrument.id}`,
    status: isWhole ? 'completed' : 'stopped',
    subject: refTo(source, 'patient'),
    authored: at,
    author: refTo(source, 'assistant'),
    source: refTo(source, 'patient'),
    ...(items.length > 0 && { item: items }),
  }
}

/** null without a total: nothing is prorated. */
export function scoreObservation(source: BundleSource, { instrument, score, at }: Screened): Observation | null {
  if (score.total === null) return null
  const code = instrument.loincTotal ? { coding: [loinc(instrument.loincTotal)], text: instrument.title } : null
  return {
    resourceType: 'Observation',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, `score-${instrument.id}`))],
    status: 'preliminary',
    category: survey,
    code: code ?? { text: `${instrument.title}, total` },
    subject: refTo(source, 'patient'),
    effectiveDateTime: at,
    valueInteger: score.total,
    derivedFrom: [refTo(source, `response-${instrument.id}`)],
    note: [{ text: NOTE }],
  }
}

/** null when nothing of safety was asked or said. */
export function safetyObservation(source: BundleSource): Observation | null {
  if (isForOther(source)) return null
  const { danger } = source.brief
  const asq = source.scores.find((one) => one.instrument === 'asq')
  const found = danger
    ? { code: 'danger-reported', text: `${danger.label.replaceAll('_', ' ')}, reported at ${danger.since}` }
    : foundBy(asq)
  if (!found) return null
  return {
    resourceType: 'Observation',
    meta: labelled,
    identifier: [identifierOf(nameOf(source, 'safety'))],
    status: 'preliminary',
    category: survey,
    code: { text: 'Web-chat safety screen result' },
    subject: refTo(source, 'patient'),
    effectiveDateTime: danger?.since ?? source.lead.openedAt,
    valueCodeableConcept: { coding: [{ system: 'urn:porchlight:safety-screen', code: found.code }], text: found.text },
    note: [
      { text: 'Asked by an automated assistant. A negative result means that nothing was reported, not no risk.' },
    ],
  }
}

function foundBy(asq: Score | undefined): { code: string; text: string } | null {
  if (asq?.isPositive === true) return { code: 'positive', text: `ASQ ${asq.meaning}` }
  if (asq?.isPositive === false) return { code: 'negative', text: 'No positive answer' }
  return null
}

function lastAnswer({ state, lead }: BundleSource, instrument: Instrument): string {
  const times = itemsOf(instrument).flatMap((item) => state.answers[`${instrument.id}.${item.linkId}`]?.at ?? [])
  return times.toSorted().at(-1) ?? lead.openedAt
}
