/**
 * Turns the frames found in a text into signals: what is denied drops out, what calms takes weight away.
 *
 * A frame that is certain ("I want to kill myself") yields to nothing but its own denial, so no
 * surrounding text can talk the gate out of it.
 */
import type { Frame, Hit } from './automaton.ts'
import type { Background } from './background.ts'
import type { Reading } from './reading.ts'
import { isDangerLabel, type SafetyLabel, type Signal, type Who } from './verdict.ts'

export interface Weighed extends Signal {
  readonly certain: boolean
  /** First and last token of the frame, for callers that look at a part of the text. */
  readonly from: number
  readonly to: number
}

export function weigh({ tokens, hits }: Reading, background: Background): Weighed[] {
  const apt = hits.filter(({ frame }) => applies(frame, background))
  const muted = new Set<number>()
  const quiet = new Map<number, number>()
  for (const { frame, at, denied } of apt) {
    if (frame.traits.includes('w')) for (const index of at) muted.add(index)
    if (!frame.traits.includes('s') || denied) continue
    const { sentence } = tokens[at[0]!]!
    quiet.set(sentence, Math.max(quiet.get(sentence) ?? 0, frame.weight))
  }
  return apt.flatMap((hit) => {
    if (hit.denied || !isSign(hit.frame.label) || hit.at.some((index) => muted.has(index))) return []
    const certain = hit.frame.traits.includes('c')
    const calm = certain ? 0 : (quiet.get(tokens[hit.at.at(-1)!]!.sentence) ?? 0)
    return [signalOf(hit, calm, certain)]
  })
}

function signalOf({ frame, at }: Hit, calm: number, certain: boolean): Weighed {
  const who: Who = 'self'
  const weight = frame.weight * (1 - calm)
  return { label: frame.label as SafetyLabel, frame: frame.id, weight, who, certain, from: at[0]!, to: at.at(-1)! }
}

function isSign(label: string): boolean {
  return isDangerLabel(label) || label === 'distress'
}

/** Whether a frame that waits for a question or an earlier sign has what it waits for. */
export function applies({ asked, said }: Frame, background: Background): boolean {
  const isAsked = asked.length === 0 || asked.some((topic) => background.asked.has(topic))
  return isAsked && (said.length === 0 || said.some((label) => background.said.has(label)))
}
