/**
 * Checks that every fixed sentence that the code or a refusal asks for by name is written.
 */
import type { Problem } from './fact-page.ts'
import type { Lexicon } from './lexicon.ts'

/** Sentences that the code asks for by name. */
const neededVoice = 'nearest no-answer passed-on part-missing and-passed-on staff-will-confirm what-to-know'.split(' ')

export function checkWords(words: Lexicon): Problem[] {
  const spoken = [
    ...neededVoice,
    ...words.topics.filter(({ kind }) => kind === 'refusal' || kind === 'privacy-refusal').map(({ id }) => id),
  ]
  return spoken
    .filter((name) => !words.voice[name])
    .map((name) => ({
      file: 'knowledge/words/voice.yaml',
      line: 1,
      column: 1,
      message: `no sentence is called "${name}"; write it in English and Spanish`,
      severity: 'problem',
    }))
}
