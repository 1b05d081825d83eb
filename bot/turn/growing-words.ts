/**
 * Words that grow on the visitor's screen before they are said: Web Chat's streams (direct-line contract 3.6).
 *
 * Nothing of it is stored and only open sockets see it; what is said in the end is an activity as any other,
 * and ends the stream. A stream that comes to nothing is taken back.
 */
import type { House } from '../house.ts'
import { newId } from './conversations.ts'
import { BOT_ID, type StoredActivity } from './stored-activity.ts'

export interface GrowingWords {
  /** By this name the activity that is said in the end takes the place of what grew. */
  readonly streamId: string
  /** Whether anything was shown. */
  readonly isShown: boolean
  show(text: string): void
  /** Nothing comes of it: it leaves the screen. */
  takeBack(): void
}

export function growingWords(house: House, conversation: string, locale: string): GrowingWords {
  // Web Chat knows a stream by the id of its first activity.
  const streamId = newId('stream_')
  let sequence = 0
  const publish = (fields: Partial<StoredActivity>, stream: object, id: string): void => {
    const activity: StoredActivity = {
      id,
      type: 'typing',
      timestamp: house.clock.now().toISOString(),
      channelId: 'directline',
      from: { id: BOT_ID, role: 'bot' },
      conversation: { id: conversation },
      ...fields,
      channelData: stream,
      entities: [{ type: 'streaminfo', ...stream }],
    }
    house.streams.publish(conversation, { activities: [activity], lastSeq: null })
  }
  return {
    streamId,
    get isShown() {
      return sequence > 0
    },
    show(text) {
      sequence += 1
      const stream = { streamType: 'streaming', streamId, streamSequence: sequence }
      publish({ text, locale }, stream, sequence === 1 ? streamId : newId('typing_'))
    },
    takeBack() {
      if (sequence > 0) publish({}, { streamType: 'final', streamId }, newId('typing_'))
    },
  }
}

/** The activity that takes the place of what grew; both kinds of clients find the stream's name in it. */
export function endingStream(activity: StoredActivity, streamId: string): StoredActivity {
  const stream = { streamType: 'final', streamId }
  const entities = [...((activity.entities as object[] | undefined) ?? []), { type: 'streaminfo', ...stream }]
  return { ...activity, channelData: { ...(activity.channelData as object), ...stream }, entities }
}
