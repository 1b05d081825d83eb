/**
 * The facts of an answer as folded lines: one for each page and day.
 */
import type { FactRef } from '../../flows/activity.ts'
import { LINK } from '../shared/view-model.ts'

/** Quotes of one source, checked on one day: one folded line below an answer. */
export interface SourceFold {
  readonly url: string | null
  readonly checkedOn: string
  readonly awaitsReview: boolean
  readonly quotes: readonly string[]
}

/** Facts of one page checked on one day share a fold, in the order in which they were cited. */
export function foldSources(facts: readonly FactRef[]): SourceFold[] {
  const folds = new Map<string, SourceFold>()
  for (const { source, reviewed } of facts) {
    const awaitsReview = reviewed === 'awaiting-review'
    const checkedOn = (awaitsReview ? source.retrievedAt : reviewed).slice(0, 10)
    const url = source.url && LINK.test(source.url) ? source.url : null
    const key = `${url ?? source.file}|${checkedOn}|${awaitsReview}`
    const quotes = [...(folds.get(key)?.quotes ?? []), source.quote]
    folds.set(key, { url, checkedOn, awaitsReview, quotes: [...new Set(quotes)] })
  }
  return [...folds.values()]
}
