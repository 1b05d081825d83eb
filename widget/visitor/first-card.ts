/**
 * The browser's own crisis card: first words and the region's resources, without asking anybody.
 *
 * The numbers come from the same dated register as the service's; there is no second list to grow stale.
 */
import { hasFrame } from '../../flows/safety/gate-odds.ts'
import { resourcesFor } from '../../flows/safety/hotlines.ts'
import type { Verdict } from '../../flows/safety/verdict.ts'
import type { Card } from '../shared/view-model.ts'
import { firstWords } from './first-words.ts'
import type { PageConfig } from './page-config.ts'

/** A card of the page's own. */
export interface FirstCard extends Card {
  /** Shown only when the service does not answer. */
  readonly isDoubtful: boolean
}

/** A frame this heavy stands for plain speech; lighter ones the service knows better, which hears with an ear besides. */
const PLAIN_SPEECH = 0.85

/** The card of a verdict that escalates, else null. */
export function firstCard(verdict: Verdict, region: PageConfig['region'], lang: 'en' | 'es'): FirstCard | null {
  const { outcome, label, who } = verdict
  if (outcome !== 'escalate' || label === 'none' || label === 'distress') return null
  const links = resourcesFor(label, region).flatMap((resource) => resource.links)
  return {
    isFromService: false,
    isDoubtful: !hasFrame(verdict, PLAIN_SPEECH),
    label,
    ...firstWords(label, who, lang),
    links: links.map((link) => ({ label: link.label[lang], href: link.url })),
    replies: [],
  }
}
