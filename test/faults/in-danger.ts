/**
 * Somebody who writes a sentence of danger and looks for her card, whatever becomes of the message itself.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { StoredActivity } from '../../bot/turn/stored-activity.ts'
import { said, type Visitor } from '../bot/service-in-test.ts'

export const DANGER = 'I want to kill myself tonight'
const LOOK_EVERY_MS = 10
const LOOKS_AT_MOST_MS = 30_000

export const isCard = (one: StoredActivity | undefined): boolean =>
  one !== undefined && one.from.role === 'bot' && said(one).kind === 'crisis'

export interface Cry {
  /** From her post until the card was in what she polls; null when it never came. */
  readonly cardMs: number | null
  /** What became of the post; null when the line broke. */
  readonly posted: Promise<number | null>
}

export const postDanger = (visitor: Visitor): Promise<number | null> =>
  visitor.post({ type: 'message', text: DANGER, channelData: { clientActivityID: DANGER } }).then(
    ({ status }) => status,
    () => null,
  )

export async function cryOut(visitor: Visitor): Promise<Cry> {
  const begun = performance.now()
  const posted = postDanger(visitor)
  while (performance.now() - begun < LOOKS_AT_MOST_MS) {
    const seen = await visitor.activities().catch(() => [])
    if (seen?.some(isCard)) return { cardMs: performance.now() - begun, posted }
    await wait(LOOK_EVERY_MS)
  }
  return { cardMs: null, posted }
}

/** Sends it again until it is kept, as every client does. @returns how often her words stand there, and whether the card does. */
export async function untilKept(visitor: Visitor): Promise<{ times: number; hasCard: boolean }> {
  const begun = performance.now()
  while ((await postDanger(visitor)) !== 200) {
    if (performance.now() - begun > LOOKS_AT_MOST_MS) throw new Error('a message is never kept')
    await wait(LOOK_EVERY_MS * 2)
  }
  const all = await visitor.activities()
  return { times: all.filter(({ text }) => text === DANGER).length, hasCard: all.some(isCard) }
}
