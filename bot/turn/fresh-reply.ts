/**
 * One question, asked as the first thing in a fresh conversation, and what a visitor would read.
 */
import type { PorchlightData } from '../../flows/activity.ts'
import type { Locale } from '../../flows/vocabulary.ts'
import type { House } from '../house.ts'
import { begin } from './begin.ts'
import { newId } from './conversations.ts'
import type { StoredActivity } from './stored-activity.ts'
import { takeTurn } from './turn.ts'

export interface FreshReply {
  readonly kind: string
  readonly text: string
  readonly citations: readonly { readonly file: string; readonly quote: string }[]
  readonly ms: number
}

/** Kinds that answer, the weightiest first: danger wins over all. */
const replying = [
  'crisis',
  'check-in',
  'privacy-refusal',
  'refusal',
  'answer',
  'partial',
  'clarify',
  'no-answer',
  'handoff',
]

export async function freshReply(
  house: House,
  asked: { program: string; text: string; locale: Locale },
): Promise<FreshReply> {
  const conversation = newId()
  await begin(house, { id: conversation, program: asked.program, user: newId('dl_'), locale: asked.locale })
  await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })
  const started = performance.now()
  const turn = await takeTurn(house, {
    conversation,
    activity: { type: 'message', text: asked.text, locale: asked.locale },
  })
  const ms = Math.round((performance.now() - started) * 1000) / 1000
  const said = turn.activities
    .filter((activity) => activity.from.role === 'bot')
    .map((activity) => ({ activity, data: dataOf(activity) }))
  const kind = replying.find((one) => said.some(({ data }) => data.kind === one)) ?? said.at(0)?.data.kind ?? 'question'
  const replies = said.filter(({ data }) => data.kind === kind)
  const citations = replies
    .flatMap(({ data }) => data.facts ?? [])
    .map((fact) => ({ file: fact.source.file ?? '', quote: fact.source.quote }))
  return { kind, text: replies.map(({ activity }) => activity.text).join('\n'), citations, ms }
}

export function dataOf(activity: StoredActivity): PorchlightData {
  return (activity.channelData as { porchlight: PorchlightData }).porchlight
}
