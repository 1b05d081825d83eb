/**
 * What is said when a visitor names an insurer: what the program's own list says, and no more.
 */

import type { Locale } from '../answer-types.ts'
import type { Program } from '../program.ts'
import { gapOn, isPublicPayer } from '../saying/gaps.ts'
import { silenceOn } from '../saying/silence.ts'
import type { Reply } from '../saying/spoken.ts'
import { say } from '../saying/voice.ts'
import { joined, type PayerMatch, payersNamed } from './payers.ts'

export function payerReply(text: string, program: Program, locale: Locale): Reply {
  const matches = payersNamed(text, program)
  const sentences = matches.flatMap((match) => sentenceFor(match, program, locale))
  const others = matches.filter((match) => !sentences.some((sentence) => sentence.match === match))
  const missing = others.length > 0 || sentences.length === 0 ? missingWords(others, program, locale) : null
  return { sentences: once(sentences), missing }
}

/** What is said of every insurer alike ("that is not a promise …") is said after the last of them. */
function once<T extends { readonly text: string }>(sentences: readonly T[]): T[] {
  return sentences.map((sentence, at) => {
    const [first, ...rest] = sentence.text.split('; ')
    const next = sentences[at + 1]?.text
    const isRepeated = rest.length > 0 && next?.endsWith(rest.join('; '))
    return isRepeated ? { ...sentence, text: `${first}.` } : sentence
  })
}

function sentenceFor(
  match: PayerMatch,
  program: Program,
  locale: Locale,
): { text: string; facts: Reply['sentences'][number]['facts']; match: PayerMatch }[] {
  const topic = isPublicPayer(match.state) ? match.state : null
  const stated = topic ? (program.factsByTopic.get(topic) ?? []) : []
  if (stated.length > 0) {
    return stated.map((fact) => ({ text: locale === 'es-US' ? fact.say.es : fact.say.en, facts: [fact], match }))
  }
  if (match.state !== 'listed' && match.state !== 'listed-with-condition') return []
  const facts = payerFacts(match, program)
  if (facts.length === 0) return []
  // That a page names an insurer does not yet say "in-network".
  const list = facts.some(({ asks }) => asks.includes('in-network')) ? 'payer-listed' : 'payer-named-on-page'
  const name = match.listedAs && match.listedAs !== match.payer ? `${list}-renamed` : list
  const frame = match.condition ? `${list}-if` : name
  const words = say(program, frame, locale)
    .replaceAll('{payer}', match.payer ?? '')
    .replaceAll('{listedAs}', match.listedAs ?? match.payer ?? '')
    .replaceAll('{condition}', match.condition ? (locale === 'es-US' ? match.condition.es : match.condition.en) : '')
  return [{ text: words, facts, match }]
}

/** The facts of the list that name this payer, by the topic `payer-KEY`; for a family all of them. */
function payerFacts(match: PayerMatch, program: Program): Reply['sentences'][number]['facts'] {
  const printed = match.listedAs ?? match.payer
  const keys = program.payers
    .filter((payer) => payer.printed === printed || payer.today === printed)
    .map((payer) => payer.key)
  const facts = keys.flatMap((key) => program.factsByTopic.get(`payer-${key}`) ?? [])
  return facts.length > 0 ? facts : (program.factsByTopic.get('payer-list') ?? [])
}

/** "I don't see Aetna or TRICARE on the list": of all that were named. */
function missingWords(matches: readonly PayerMatch[], program: Program, locale: Locale): string {
  // Listed, though no fact gives the list: nothing is known here, and surely not that it is missing from it.
  const names = matches.flatMap(({ payer, state }) => (payer && !state.startsWith('listed') ? [payer] : []))
  if (names.length === 0) return ''
  const own = matches.flatMap(({ state }) => (isPublicPayer(state) ? [state] : []))
  const [topic] = own
  if (topic && own.length === matches.length && program.payers.length === 0) {
    const silence = silenceOn(gapOn(topic, program.gapsByTopic), program, locale)
    if (silence !== '') return silence
  }
  const frame =
    program.payers.length > 0
      ? 'payer-not-on-list'
      : program.factsByTopic.has('insurance')
        ? 'payer-not-named'
        : 'payer-no-list'
  return say(program, frame, locale).replaceAll('{payer}', joined(names, locale === 'es-US' ? 'ni' : 'or'))
}
