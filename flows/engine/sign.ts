/**
 * The sign that a verdict stands for in this talk: which danger, and whose.
 */
import { type DangerLabel, isDangerLabel, type Verdict, type Who } from '../safety/verdict.ts'
import { fold } from './understand/fold.ts'

export interface Sign {
  readonly label: DangerLabel
  readonly who: Who
}

/** What the talk stands at: the danger that is open, and whom the last question was about. */
export interface Standing {
  readonly open: Sign | null
  readonly asked: Who | null
}

/** Talk of these may turn imminent by a sign that no frame names; of a blow or a pill "it is safe now" says nothing such. */
const maybeImminent: readonly DangerLabel[] = ['suicide_passive', 'self_harm', 'suicide_active']
/** A frame of the gate names its kind from this weight on. */
const NAMED = 0.5
/** Longer words say themselves whom they are about. */
const BARE_WORDS = 3
const anyone =
  /\b(i|im|ive|me|my|myself|he|hes|she|shes|they|him|her|them|yo|mi|me|mis|estoy|tengo|el|ella|ellos|su|le|se)\b/

/**
 * While the protocol is open a short answer ("yes, alone") is heard in the light of what was said, and its kind is
 * a guess: another kind takes over only if a frame names it, or if it is graver. "Yes" is about whom was asked about.
 */
export function signOf({ label, who, signals }: Verdict, text: string, { open, asked }: Standing): Sign {
  const named = { label: isDangerLabel(label) ? label : 'suicide_active', who } as const
  const known = open?.who ?? asked
  const sign = known !== null && isBare(text) ? { ...named, who: known } : named
  if (!open || sign.label === open.label) return sign
  const isNamed = signals.some((signal) => signal.label === sign.label && signal.weight >= NAMED)
  if (isNamed) return sign
  const isGraver = sign.label === 'suicide_imminent' && maybeImminent.includes(open.label)
  return { label: isGraver ? sign.label : open.label, who: open.who }
}

function isBare(text: string): boolean {
  const folded = fold(text)
  return folded.split(' ').length <= BARE_WORDS && !anyone.test(folded)
}
