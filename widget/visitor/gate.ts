/**
 * The safety gate in the browser: the same `judge` as the service's, so that the card needs no network.
 *
 * Loaded after the first paint. Its numbers are the page's own help line, which the service wrote
 * from the hotline register of the program's region: there is no second list to grow stale.
 */
import { judge } from '../../flows/safety/gate.ts'
import { isDangerLabel } from '../../flows/safety/verdict.ts'
import type { Card, Entry } from '../shared/view-model.ts'
import { emergencyFirst, firstWords } from './first-card.ts'

const EMERGENCY = /^tel:\d{3}$/
const CRISIS_LINES = new Set(['tel:988'])

/** The card to show at once when the words escalate, else null. */
export function cardFor(text: string, log: readonly Entry[], lang: 'en' | 'es'): Card | null {
  const saidBefore = log.map((entry) => ({
    role: entry.speaker === 'visitor' ? ('user' as const) : ('bot' as const),
    text: entry.text,
  }))
  const { outcome, label, who } = judge(text, saidBefore)
  if (outcome !== 'escalate' || !isDangerLabel(label)) return null
  const links = helpLinks(lang)
  const isEmergency = ({ href }: Card['links'][number]) => EMERGENCY.test(href) && !CRISIS_LINES.has(href)
  const ordered = emergencyFirst.includes(label)
    ? [...links.filter(isEmergency), ...links.filter((link) => !isEmergency(link))]
    : links
  return { label, ...firstWords(label, who, lang), links: ordered, replies: [] }
}

function helpLinks(lang: 'en' | 'es'): Card['links'] {
  const links = document.querySelectorAll<HTMLAnchorElement>(`nav[data-in="${lang}"] a`)
  return [...links].map((link) => ({ label: link.textContent ?? '', href: link.getAttribute('href') ?? '' }))
}
