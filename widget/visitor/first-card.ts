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
