/**
 * Reading a conversation's activities: for the polling route and for a socket's replay.
 */
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
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
  try {
    const live = await house.conversations.load(id)
    if (!live) throw new AdmissionsError('NotFound', 'This conversation is over or was not started: start it first.')
    const set = await house.conversations.after(live, seq)
    // A store that can be read and not written has a card for her that it could not keep.
    return { activities: [...set.activities, ...house.emergencies.take(id)], watermark: String(set.lastSeq) }
  } catch (error) {
    if (error instanceof AdmissionsError && error.code === 'NotFound') throw error
    house.log.error({
      event: 'activities.unreadable',
      conversation: id,
      code: error instanceof AdmissionsError ? error.code : 'unknown',
    })
    return { activities: house.emergencies.take(id), watermark: String(seq) }
  }
}

export function sequenceOf(watermark: unknown): number {
  const seq = Number(watermark)
  return typeof watermark === 'string' && Number.isSafeInteger(seq) && seq > 0 ? seq : 0
}
