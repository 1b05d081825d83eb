/**
 * Which of two crisis cards stays: the browser's own guess, or the one that is pinned.
 */
import type { Card } from '../shared/view-model.ts'

/**
 * Whether our card may take the place of the pinned one. The service's says more than ours: the same
 * danger again is its to answer, and one that leads with the emergency number never steps down for a guess.
 */
export function isMore(card: Card, pinned: Card | null): boolean {
  if (!pinned) return true
  return card.label !== pinned.label && (isGrave(card) || !isGrave(pinned))
}

const isGrave = ({ links }: Card): boolean => /^tel:(911|112)$/.test(links[0]?.href ?? '')
