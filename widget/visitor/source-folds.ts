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
  /** Whose words they are: the program's page, or its team where the page says nothing. */
  readonly from: 'page' | 'team'
  readonly quotes: readonly string[]
}

/** What `knowledge/staff/staff-fact.ts` calls the source of what the team stated. */
const TEAM = 'stated-by-the-team'

/** Facts of one page checked on one day share a fold, in the order in which they were cited. */
export function foldSources(facts: readonly FactRef[]): SourceFold[] {
  const folds = new Map<string, SourceFold>()
  for (const { source, reviewed } of facts) {
    const awaitsReview = reviewed === 'awaiting-review'
    const checkedOn = (awaitsReview ? source.retrievedAt : reviewed).slice(0, 10)
    const url = source.url && LINK.test(source.url) ? source.url : null
    const key = `${url ?? source.file}|${checkedOn}|${awaitsReview}`
    const quotes = [...(folds.get(key)?.quotes ?? []), source.quote]
    const from = source.file?.startsWith(TEAM) ? 'team' : 'page'
    folds.set(key, { url, checkedOn, awaitsReview, from, quotes: [...new Set(quotes)] })
  }
  return [...folds.values()]
}
