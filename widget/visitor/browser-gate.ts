/**
 * The page's line to the gate: asks about each message and hears whether a card is called for.
 *
 * The gate is fetched when there is time for it and again until it is there, so that the card never
 * hangs on one moment's network; what was written before it came is heard when it has.
 */
import { dangerLanguage } from '../../flows/safety/language.ts'
import { RECENT_TURNS, type SaidBefore } from '../../flows/safety/verdict.ts'
import type { Entry } from '../shared/view-model.ts'
import { isMore } from './browser-card.ts'
import type { FirstCard } from './first-card.ts'
import type { GateInPage, Heard } from './gate.ts'
import gateUrl from './gate.ts?worker&url'
import type { PageConfig } from './page-config.ts'
import type { BrowserGate } from './talk.ts'

/** A worker that said nothing for so long was kept from starting. */
const STARTS_WITHIN_MS = 10_000
const AGAIN_MS = 5_000
/** On the page's own thread the visitor's words are painted first. */
const PAINTED_AFTER_MS = 20
/** A service that has taken the message by then has judged it, and better than the page could. */
const SERVICE_ANSWERS_WITHIN_MS = 1000

/** The card is in the language of the sentence, as the service's is. */
const languages = { 'en-US': 'en', 'es-US': 'es' } as const

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** Safari knows no idle moments. */
const whenIdle = (window as Partial<Window>).requestIdleCallback ?? ((run: () => void) => setTimeout(run, 300))
const idle = () => new Promise<void>((resolve) => whenIdle(() => resolve()))

interface Policies {
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string }
}

/** Where scripts must be vouched for, this vouches for the gate's and for no other. */
const trusted = (window as { trustedTypes?: Policies }).trustedTypes?.createPolicy('porchlight', {
  createScriptURL: () => gateUrl,
})

/** The browser's gate for one page; it answers at once, except while it is still on its way. */
export function gateFor(region: PageConfig['region']): BrowserGate {
  const ask = line()
  return async (text, talk, lang) => {
    const { log, card: before } = talk
    // Below a card every word leans on the danger that brought it: only what is dangerous by itself brings another.
    const saidBefore = before ? [] : earlier(log, text)
    const spoken = dangerLanguage(text)
    const card = await ask({ text, saidBefore, region, lang: spoken ? languages[spoken] : lang })
    if (card?.isDoubtful && (await isTaken(talk, text))) return null
    const isErased = talk.log.length < log.length
    const isAnswered = talk.card !== before && talk.card?.isFromService
    return card && !isErased && !isAnswered && isMore(card, talk.card) ? card : null
  }
}

/** Whether the service took these words within its time. */
async function isTaken(talk: { readonly log: readonly Entry[] }, text: string): Promise<boolean> {
  await pause(SERVICE_ANSWERS_WITHIN_MS)
  return talk.log.findLast((entry) => entry.text === text)?.state === 'sent'
}

/** What was said before; the words themselves stand in the log already, on their way. */
function earlier(log: readonly Entry[], text: string): SaidBefore[] {
  return log
    .filter((entry) => entry.text !== text || entry.state !== 'sending')
    .slice(-RECENT_TURNS)
    .map(({ speaker, text: said }) => ({ role: speaker === 'visitor' ? 'user' : 'bot', text: said }))
}

/** Answers come in the order of the questions, whoever gives them; unanswered ones are asked again of the next. */
function line(): (heard: Heard) => Promise<FirstCard | null> {
  const waiting: { readonly heard: Heard; readonly answer: (card: FirstCard | null) => void }[] = []
  let post: ((heard: Heard) => void) | null = null
  const answered = (card: FirstCard | null) => waiting.shift()?.answer(card)
  const ready = (how: (heard: Heard) => void) => {
    post = how
    for (const { heard } of [...waiting]) how(heard)
  }
  const start = async () => {
    await idle()
    while (!post) {
      await startWorker(answered, ready).catch(() => {
        post = null
      })
      await idle()
      await importGate(answered, ready).catch(() => pause(AGAIN_MS))
    }
  }
  void start()
  return (heard) =>
    new Promise((answer) => {
      waiting.push({ heard, answer })
      post?.(heard)
    })
}

type Answered = (card: FirstCard | null) => void
type Ready = (how: (heard: Heard) => void) => void

/** Rejects when no worker starts or a running one breaks; resolves never, as a worker runs on. */
function startWorker(answered: Answered, ready: Ready): Promise<never> {
  return new Promise((_, reject) => {
    const worker = new Worker(trusted?.createScriptURL(gateUrl) ?? gateUrl, { type: 'module' })
    const fail = () => {
      worker.terminate()
      reject()
    }
    const late = setTimeout(fail, STARTS_WITHIN_MS)
    worker.onerror = fail
    worker.onmessage = ({ data }: MessageEvent<'ready' | FirstCard | null>) => {
      clearTimeout(late)
      if (data === 'ready') ready((heard) => worker.postMessage(heard))
      else answered(data)
    }
  })
}

/** The gate on the page's own thread, a task for each thing that takes it time. */
async function importGate(answered: Answered, ready: Ready): Promise<void> {
  await import(/* @vite-ignore */ gateUrl)
  await idle()
  const { porchlightHear } = window as unknown as GateInPage
  ready((heard) => setTimeout(() => answered(porchlightHear(heard)), PAINTED_AFTER_MS))
}
