/**
 * Reading a conversation's activities: for the polling route and for a socket's replay.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { overIfIllegible } from '../keeping/legible.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'

export interface ActivityPage {
  readonly activities: readonly StoredActivity[]
  readonly watermark: string
}

/**
 * Activities after a watermark (absent, empty or unknown = from the start).
 *
 * @throws AdmissionsError `NotFound` for a conversation that is over; a store that fails gives an
 * empty page, because an error would silence Microsoft's polling client for good.
 */
export async function readActivities(house: House, id: string, watermark: unknown): Promise<ActivityPage> {
  const seq = sequenceOf(watermark)
  // A card that could not wait for the store does not wait for a poll that waits for it either.
  const held = Promise.withResolvers<ActivityPage>()
  const stop = house.emergencies.onceHeld(id, () => held.resolve({ activities: [], watermark: String(seq) }))
  try {
    const page = await Promise.race([readStored(house, id, seq), held.promise]).catch((over: unknown) => {
      // The card of a talk that could not be opened comes before the word that it is over.
      const cards = house.emergencies.take(id)
      if (cards.length === 0) throw over
      return { activities: cards, watermark: String(seq) }
    })
    return { ...page, activities: [...page.activities, ...house.emergencies.take(id)] }
  } finally {
    stop()
  }
}

async function readStored(house: House, id: string, seq: number): Promise<ActivityPage> {
  try {
    const live = await overIfIllegible(house, id, house.conversations.load(id))
    if (!live) throw new AdmissionsError('NotFound', 'This conversation is over or was not started: start it first.')
    const set = await house.conversations.after(live, seq)
    return { activities: set.activities, watermark: String(set.lastSeq) }
  } catch (error) {
    if (error instanceof AdmissionsError && error.code === 'NotFound') throw error
    house.log.error({
      event: 'activities.unreadable',
      conversation: id,
      code: error instanceof AdmissionsError ? error.code : 'unknown',
    })
    return { activities: [], watermark: String(seq) }
  }
}

export function sequenceOf(watermark: unknown): number {
  const seq = Number(watermark)
  return typeof watermark === 'string' && Number.isSafeInteger(seq) && seq > 0 ? seq : 0
}
