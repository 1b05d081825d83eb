/**
 * Whose danger it is, by all the words of a message: the writer's own, or somebody's she writes about.
 *
 * The service asks this besides the grammar of `who.ts` once the kind of danger is known: "my husband hits me" and
 * "my husband took too much" begin alike, and Spanish verbs carry no "I". The weights are fitted on labelled lines.
 */
import type { DangerLabel, SaidBefore, Who } from './verdict.ts'
import { bias, whoseWeights } from './whose-weights.generated.ts'

/** Kinds that speak of people in the same manner: who acts, who suffers, whose body. */
const kindOf: Readonly<Record<DangerLabel, string>> = {
  suicide_passive: 's',
  suicide_active: 's',
  suicide_imminent: 's',
  self_harm: 's',
  overdose_now: 'b',
  withdrawal_emergency: 'b',
  medical_emergency: 'b',
  violence_victim: 'v',
  child_abuse: 'c',
  harm_to_others: 'h',
  psychosis_danger: 'p',
}

/** Whom it is about is said early; a pasted page costs no more than a paragraph. */
const WORDS_MAX = 60
const TURNS_BEFORE = 2

/** The marks of one message: its words, alone and with the kind of danger, its first word, and words said before. */
export function whoseMarks(text: string, saidBefore: readonly SaidBefore[], label: DangerLabel): Set<string> {
  const kind = kindOf[label]
  const words = wordsOf(text).slice(0, WORDS_MAX)
  const before = saidBefore.filter(({ role }) => role === 'user').slice(-TURNS_BEFORE)
  return new Set([
    `g:${kind}`,
    `^${words[0] ?? ''}`,
    ...words,
    ...words.map((word) => `${kind}:${word}`),
    ...before.flatMap((turn) => wordsOf(turn.text).slice(0, WORDS_MAX)).map((word) => `c:${word}`),
  ])
}

export function whose(text: string, saidBefore: readonly SaidBefore[], label: DangerLabel): Who {
  let odds = bias
  for (const mark of whoseMarks(text, saidBefore, label)) odds += whoseWeights[mark] ?? 0
  return odds > 0 ? 'other' : 'self'
}

function wordsOf(text: string): string[] {
  const plain = text.slice(0, 4_000).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '')
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}
