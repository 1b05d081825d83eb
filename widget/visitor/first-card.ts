/**
 * The browser's own crisis card: first words and the region's resources, without asking anybody.
 *
 * The numbers come from the same dated register as the service's; there is no second list to grow stale.
 */
import { resourcesFor } from '../../flows/safety/hotlines.ts'
import type { Verdict } from '../../flows/safety/verdict.ts'
import type { Card } from '../shared/view-model.ts'
import { firstWords } from './first-words.ts'
import type { PageConfig } from './page-config.ts'
import type { BrowserGate } from './talk.ts'

/** The browser's gate: judges words in the light of the talk, and has the card ready. */
export function gateOf(judge: typeof import('./gate.ts').judge, region: PageConfig['region']): BrowserGate {
  return (text, { log, card: pinned }, lang) => {
    // The words themselves stand in the log already, on their way.
    const earlier = log.filter((entry) => entry.text !== text || entry.state !== 'sending')
    const saidBefore = earlier.map(({ speaker, text: said }) => ({
      role: speaker === 'visitor' ? ('user' as const) : ('bot' as const),
      text: said,
    }))
    const card = firstCard(judge(text, saidBefore), region, lang)
    return card && isMore(card, pinned) ? card : null
  }
}

/** The card of a verdict that escalates, else null. */
export function firstCard(
  { outcome, label, who }: Verdict,
  region: PageConfig['region'],
  lang: 'en' | 'es',
): Card | null {
  if (outcome !== 'escalate' || label === 'none' || label === 'distress') return null
  const links = resourcesFor(label, region).flatMap((resource) => resource.links)
  return {
    isFromService: false,
    label,
    ...firstWords(label, who, lang),
    links: links.map((link) => ({ label: link.label[lang], href: link.url })),
    replies: [],
  }
}

/**
 * Whether our card may take the place of the pinned one. The service's says more than ours: the same
 * danger again is its to answer, and one that leads with the emergency number never steps down for a guess.
 */
export function isMore(card: Card, pinned: Card | null): boolean {
  if (!pinned) return true
  return card.label !== pinned.label && (isGrave(card) || !isGrave(pinned))
}

const isGrave = ({ links }: Card): boolean => /^tel:(911|112)$/.test(links[0]?.href ?? '')
