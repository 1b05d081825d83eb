/**
 * The safety gate as a program of its own: the same `judge` as the service's, and the card that answers it.
 *
 * It runs in a worker, so that neither building its tables (a sixth of a second on a slow phone) nor
 * reading a sentence ever holds up the page; where there are no workers the page imports it instead.
 */
import { judge } from '../../flows/safety/gate.ts'
import type { SaidBefore } from '../../flows/safety/verdict.ts'
import { type FirstCard, firstCard } from './first-card.ts'
import type { PageConfig } from './page-config.ts'

/** One message of the visitor, in the light of what was said before it (oldest first). */
export interface Heard {
  readonly text: string
  readonly saidBefore: readonly SaidBefore[]
  readonly region: PageConfig['region']
  readonly lang: 'en' | 'es'
}

/** What the script leaves on a page that imports it: a script built for a worker exports nothing. */
export interface GateInPage {
  readonly porchlightHear: (heard: Heard) => FirstCard | null
}

/** The card that a message calls for, or null. */
function hear({ text, saidBefore, region, lang }: Heard): FirstCard | null {
  return firstCard(judge(text, saidBefore), region, lang)
}

if (typeof document === 'undefined') {
  // A word that nobody knows builds the tables of spellings now, before somebody waits for them.
  judge('warrmedd', [])
  addEventListener('message', ({ data }: MessageEvent<Heard>) => postMessage(hear(data)))
  postMessage('ready')
} else Object.assign(window, { porchlightHear: hear } satisfies GateInPage)
