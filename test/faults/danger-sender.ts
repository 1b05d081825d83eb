/**
 * People in danger, one after the other, each with a chat that she has just opened; a process of its own.
 *
 * usage: fork(danger-sender.ts, [address, for so many ms]); it sends its `DangerFigures` to its parent and ends.
 */
import { start } from '../bench/visitors.ts'

const EVERY_MS = 250
const CARD_WAIT_MS = 30_000

export interface DangerFigures {
  readonly people: number
  /** Who had opened her chat, and whose post was answered: the card was kept and on her stream by then. */
  readonly opened: number
  readonly cards: number
  /** From her post to its answer. */
  readonly cardMs: Spread
  /** From the page's opening (token, conversation) to the post's answer. */
  readonly openedToCardMs: Spread
}

interface Spread {
  readonly p50: number
  readonly p90: number
  readonly longest: number
}

const [, , address = '', forMs = '0'] = process.argv
const people = Math.floor(Number(forMs) / EVERY_MS)
const cardMs: number[] = []
const openedToCardMs: number[] = []
let opened = 0

async function cry(): Promise<void> {
  const begun = performance.now()
  const { conversationId, token } = await start(address)
  opened += 1
  const url = `${address}/v3/directline/conversations/${conversationId}/activities`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ type: 'message', text: 'I want to kill myself tonight' })
  const posted = performance.now()
  const answer = await fetch(url, { method: 'POST', headers, body })
  await answer.text()
  const answered = performance.now()
  const hasCard = (await (await fetch(url, { headers })).text()).includes('"kind":"crisis"')
  if (answer.status !== 200 || !hasCard) return
  cardMs.push(answered - posted)
  openedToCardMs.push(answered - begun)
}

function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? -1)
  return { p50: at(0.5), p90: at(0.9), longest: at(1) }
}

const cries: Promise<void>[] = []
for (let count = 0; count < people; count += 1) {
  cries.push(cry().catch(() => undefined))
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
}
const tooLong = new Promise((resolve) => setTimeout(resolve, CARD_WAIT_MS))
await Promise.race([Promise.all(cries), tooLong])
const figures: DangerFigures = {
  people,
  opened,
  cards: cardMs.length,
  cardMs: spread(cardMs),
  openedToCardMs: spread(openedToCardMs),
}
process.send?.(figures, () => process.exit(0))
