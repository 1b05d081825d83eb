/**
 * Checks that every fixed sentence that the code or a refusal asks for by name is written, and that names are of topics.
 */
import type { Problem } from '../folder/fact-page.ts'
import type { Lexicon } from '../reading/lexicon.ts'

/** Sentences that the code asks for by name. */
const neededVoice =
  'fairly-sure fairly-sure-and-full near no-answer silent-on passed-on part-missing and-passed-on staff-will-confirm what-to-know'.split(
    ' ',
  )

export function checkWords(words: Lexicon): Problem[] {
  const spoken = [
    ...neededVoice,
    ...words.topics.filter(({ kind }) => kind === 'refusal' || kind === 'privacy-refusal').map(({ id }) => id),
  ]
  const topics = new Set(words.topics.map(({ id }) => id))
  return [
    ...spoken
      .filter((name) => !words.voice[name])
      .map((name) => fault('voice.yaml', `no sentence is called "${name}"; write it in English and Spanish`)),
    ...Object.keys(words.names)
      .filter((name) => !topics.has(name))
      .map((name) => fault('names.yaml', `no topic is called "${name}"; mend the name or take it out`)),
  ]
}

function fault(file: string, message: string): Problem {
  return { file: `knowledge/words/${file}`, line: 1, column: 1, message, severity: 'problem' }
}
