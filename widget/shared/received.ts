/**
 * An activity as it arrives over Direct Line, seen with the browser's caution: every field may be missing.
 *
 * No schema library runs here (it would weigh five times the whole chat): the service has validated
 * what it sends, and the view model reads each field as if it were not there.
 */
import type { BotMessage, PorchlightData } from '../../flows/activity.ts'

export interface ChannelData {
  readonly clientActivityID?: string
  readonly porchlight?: PorchlightData
  readonly streamType?: 'informative' | 'streaming' | 'final'
  readonly streamId?: string
  readonly streamSequence?: number
}

export interface ReceivedActivity {
  readonly type: string
  readonly id?: string
  readonly timestamp?: string
  readonly from?: { readonly id?: string; readonly name?: string; readonly role?: string }
  readonly text?: string
  readonly name?: string
  readonly locale?: string
  readonly suggestedActions?: BotMessage['suggestedActions']
  readonly attachments?: BotMessage['attachments']
  readonly channelData?: ChannelData
}

export interface ActivitySet {
  readonly activities?: readonly ReceivedActivity[]
  readonly watermark?: string
}

/** What the visitor's side may send (wire contract, Activities). */
export interface OutgoingActivity {
  readonly type: 'message' | 'event'
  readonly text?: string
  readonly name?: string
  readonly value?: unknown
  readonly locale: string
}
