/**
 * What the service hears: the gate and the ear together.
 *
 * What the gate is sure of stands, whatever the ear says. Between sure and calm the two are weighed
 * against each other; the thresholds come from talk by authors that neither was fitted on.
 */

import { lean, likeliest } from './ear.ts'
import type { EarInput } from './ear-signs.ts'
import { checkInFrom, escalateFrom } from './ear-weights.generated.ts'
import { piecedTogether } from './fragments.ts'
import { hear, judge, judgeHeard } from './gate.ts'
import { CERTAIN, gateOdds, hasFrame } from './gate-odds.ts'
import { askedAbout } from './gate-tables.generated.ts'
import {
  type DangerLabel,
  isDangerLabel,
  type Outcome,
  RECENT_TURNS,
  type SaidBefore,
  type Verdict,
} from './verdict.ts'
import { whose } from './whose.ts'

/** A sign of now this heavy makes talk of suicide imminent. */
const SURE = 0.88
/** Words sent one by one are put together for a frame this heavy; longer pieces, which may be answers, for a certain one. */
const STRONG = 0.85
/** A button's worth of letters: too little to be called distress. */
const SHORT = 25
/** Frames that are asked about in turn, however calm the rest sounds: `checkIn` in their files. */
const askedAboutFrames = new Set(askedAbout.split(','))
/** A telephone or card number, perhaps with a letter before it: it says nothing, whatever was said around it. */
const BARE_NUMBER = /^\p{L}?[\d\s()+.-]{7,}$/u
/**
 * Letters by chance, as in a code for coming back or in encoded text: the gate reads words, the ear would read
 * its own noise.
 */
const CODE =
  /^(?:[2-9A-Z]{5}-[2-9A-Z]{5}|(?=.*\d)[2-9a-z]{5}-[2-9a-z]{5}|(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/-]{12,400}={0,2})$/

/** Judges one message in the light of what was said before (oldest first); never throws. */
export function listen(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  const verdict = heardWhole(text, saidBefore)
  const { label } = verdict
  return isDangerLabel(label) ? { ...verdict, who: whose(text, saidBefore, label) } : verdict
}

function heardWhole(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  const verdict = listenTo(text, saidBefore)
  if (verdict.outcome === 'escalate') return verdict
  return saidInPieces(text, saidBefore, verdict.outcome) ?? verdict
}

/** A sentence that its last piece completes; what was complete before it has had its answer. */
function saidInPieces(text: string, saidBefore: readonly SaidBefore[], alone: Outcome): Verdict | null {
  const pieces = piecedTogether(text, saidBefore)
  if (pieces === null) return null
  const { isWordByWord } = pieces
  const least = isWordByWord || alone === 'check-in' ? STRONG : CERTAIN
  const isDanger = (said: string): boolean =>
    hasFrame(judge(said, []), least) || (isWordByWord && listenTo(said, []).outcome === 'escalate')
  if (!isDanger(pieces.whole)) return null
  if (isDanger(pieces.before)) return isWordByWord ? turned(pieces) : null
  return isWordByWord ? { ...listenTo(pieces.whole, []), outcome: 'escalate' } : judge(pieces.whole, [])
}

/** "I want to kill" was danger already; "myself" says whose, and wants another card. A word that changes nothing is none. */
function turned({ whole, before }: { readonly whole: string; readonly before: string }): Verdict | null {
  const now = judge(whole, [])
  const isNamed = now.signals.some(({ label, weight }) => label === now.label && weight >= STRONG)
  if (!isNamed || now.label === judge(before, []).label) return null
  return { ...now, outcome: 'escalate' }
}

function listenTo(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  const reading = hear(text, saidBefore)
  const heard = judgeHeard(reading)
  if (text.trim() === '') return heard
  if (BARE_NUMBER.test(text.trim())) return { ...heard, outcome: 'go-on', label: 'none' }
  if (CODE.test(text.trim())) return heard
  const input = { text, heard: reading, saidBefore: saidBefore.slice(-RECENT_TURNS) }
  const { odds, features } = lean(input)
  const isCertain = hasFrame(heard, CERTAIN)
  const score = Math.max(odds, aloneOdds(input, heard)) + gateOdds(heard, reading)
  const outcome = isCertain ? 'escalate' : outcomeOf(score)
  const inTurn = heard.signals.find(({ frame }) => askedAboutFrames.has(frame))
  if (outcome === 'go-on' && inTurn) return { ...heard, outcome: 'check-in', label: inTurn.label }
  if (outcome === 'go-on')
    return heard.outcome === 'go-on' ? heard : { ...heard, outcome, label: text.length > SHORT ? 'distress' : 'none' }
  return { ...heard, outcome, label: graver(likeliest(features), heard) }
}

/** Suicide with a sign of now or of means at hand is imminent, whatever the words leant to. */
function graver(label: DangerLabel, heard: Verdict): DangerLabel {
  const isNow = heard.signals.some((signal) => signal.label === 'suicide_imminent' && signal.weight >= SURE)
  return isNow && (label === 'suicide_active' || label === 'suicide_passive') ? 'suicide_imminent' : label
}

/** Plain speech is not made harmless by the question that it stands under ("In which state do you live?"). */
function aloneOdds({ text, heard, saidBefore }: EarInput, verdict: Verdict): number {
  if (saidBefore.length === 0 || gateOdds(verdict, heard) === 0) return Number.NEGATIVE_INFINITY
  return lean({ text, heard: hear(text, []), saidBefore: [] }).odds
}

function outcomeOf(score: number): Outcome {
  if (score >= escalateFrom) return 'escalate'
  return score >= checkInFrom ? 'check-in' : 'go-on'
}
