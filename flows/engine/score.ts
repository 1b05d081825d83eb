/**
 * Scores an instrument from the answers given: context for staff, never shown to a visitor.
 *
 * Nothing is prorated: a missing or refused item means no total. A score never routes by itself.
 */
import { GATE, type Instrument } from './instrument.ts'

/** linkId → option value; null = refused, absent = not asked. */
export type ItemAnswers = Readonly<Record<string, string | null | undefined>>

export interface Score {
  readonly instrument: string
  /** null while an item is missing, or when the instrument has no total. */
  readonly total: number | null
  readonly meaning: string | null
  readonly isPositive: boolean | null
  readonly subscores: Readonly<Record<string, number | null>>
  readonly items: readonly { readonly item: string; readonly answer: string | null; readonly score: number | null }[]
}

export function score(instrument: Instrument, answers: ItemAnswers): Score {
  const items = instrument.items.map((item) => {
    const answer = answers[item.linkId] ?? null
    return { item: item.linkId, answer, score: scoreOfItem(instrument, item.linkId, answers) }
  })
  const scores = new Map(items.map((item) => [item.item, item.score]))
  const total =
    instrument.scoring.method === 'sum' ? sum(instrument.items.map((item) => scores.get(item.linkId) ?? null)) : null
  const subscores = (instrument.scoring.subscores ?? []).map(
    (sub) => [sub.id, sum(sub.items.map((item) => scores.get(item) ?? null))] as const,
  )
  return {
    instrument: instrument.id,
    total,
    ...reading(instrument, { total, answers }),
    subscores: Object.fromEntries(subscores),
    items,
  }
}

function scoreOfItem(instrument: Instrument, linkId: string, answers: ItemAnswers): number | null {
  const item = instrument.items.find((one) => one.linkId === linkId)
  if (!item) return null
  if (instrument.gate && answers[GATE] === 'no') return 0
  const { skipIf } = item
  if (skipIf && scoreOfItem(instrument, skipIf.linkId, answers) === skipIf.equalsScore) return skipIf.thenScore
  return item.options.find((option) => option.value === answers[linkId])?.score ?? null
}

function sum(scores: readonly (number | null)[]): number | null {
  return scores.every((one) => one !== null) ? scores.reduce((total, one) => total + one, 0) : null
}

function reading(
  instrument: Instrument,
  found: { total: number | null; answers: ItemAnswers },
): { meaning: string | null; isPositive: boolean | null } {
  if (instrument.id === 'asq') return asqResult(found.answers)
  if (instrument.scoring.method === 'any-positive') {
    const given = instrument.items.map((item) => scoreOfItem(instrument, item.linkId, found.answers))
    if (given.some((one) => one !== null && one > 0)) return { meaning: 'use reported', isPositive: true }
    return given.some((one) => one === null)
      ? { meaning: null, isPositive: null }
      : { meaning: 'no use reported', isPositive: false }
  }
  const { total } = found
  if (total === null) return { meaning: null, isPositive: null }
  const band = instrument.scoring.bands.find((one) => total >= one.min && total <= one.max)
  return { meaning: band?.meaning ?? null, isPositive: band?.positive !== undefined && band.positive !== false }
}

/**
 * The ASQ's tiers. A refused item counts as positive; item 5 is absent, never "no", when it was not asked.
 *
 * @see NIMH ASQ toolkit; SPiER adoption guide, ASQ README (tiers and gating).
 */
function asqResult(answers: ItemAnswers): { meaning: string | null; isPositive: boolean | null } {
  const first = ['asq1', 'asq2', 'asq3', 'asq4'].map((item) => answers[item])
  const isPositive = first.some((answer) => answer === 'yes' || answer === null)
  if (answers.asq5 === 'yes') return { meaning: 'acute-positive', isPositive: true }
  if (isPositive && answers.asq5 === 'no') return { meaning: 'non-acute-positive', isPositive: true }
  if (first.includes('yes')) return { meaning: 'positive-unknown-acuity', isPositive: true }
  if (isPositive) return { meaning: 'non-acute-positive', isPositive: true }
  return first.every((answer) => answer === 'no')
    ? { meaning: 'negative (nothing reported)', isPositive: false }
    : { meaning: null, isPositive: null }
}
