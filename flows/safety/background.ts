/**
 * What was said before: the topic of the bot's last question and the signs in the visitor's earlier turns.
 *
 * "Yes", "most days" or "not any more" mean nothing alone; the question decides. Earlier signs count
 * for less the older they are, and only the recent turns are read, so a long talk costs no more.
 */
import { dangerScore, likeliestLabel } from './evidence.ts'
import { escalateAt } from './gate-tables.generated.ts'
import { conceptName } from './lexicon.ts'
import { type Reading, read } from './reading.ts'
import type { SaidBefore } from './verdict.ts'
import { type Weighed, weigh } from './weigh.ts'

export interface Background {
  /** Topics of the bot's last question, such as `suicide` or `breathing`. */
  readonly asked: ReadonlySet<string>
  /** Names of the concepts in the bot's last question. */
  readonly askedConcepts: ReadonlySet<string>
  /** Labels and themes (`loss`, `despair`) of the visitor's earlier turns. */
  readonly said: ReadonlySet<string>
}

export const nothingBefore: Background = { asked: new Set(), askedConcepts: new Set(), said: new Set() }

const LONGEST_EARLIER = 500
const EARLIER_TURNS = 5
const SIGN_AT = 0.35
/** What a sign loses with each later turn of the visitor. */
const DECAY = 0.9

export function readBackground(saidBefore: readonly SaidBefore[]): Background {
  const lastBot = saidBefore.findLast((turn) => turn.role === 'bot')
  const question = read(lastBot?.text.slice(-LONGEST_EARLIER) ?? '')
  const asked = question.hits.map(({ frame }) => frame.label).filter((label) => label.startsWith('ask:'))
  const said = new Set<string>()
  const earlier = saidBefore.filter((turn) => turn.role === 'user').slice(-EARLIER_TURNS)
  earlier.toReversed().forEach((turn, age) => {
    for (const theme of themesOf(read(turn.text.slice(0, LONGEST_EARLIER)), DECAY ** age)) said.add(theme)
  })
  return { asked: new Set(asked.map((label) => label.slice('ask:'.length))), askedConcepts: conceptsIn(question), said }
}

function conceptsIn({ tokens }: Reading): Set<string> {
  const names = tokens.flatMap(({ arcs }) => arcs.map(({ concept }) => conceptName(concept)))
  return new Set(names.filter((name) => name !== 'START' && name === name.toUpperCase()))
}

function themesOf(reading: Reading, share: number): string[] {
  const all = weigh(reading, nothingBefore)
  const signs = all.filter(({ weight }) => weight * share >= SIGN_AT)
  const score = dangerScore(reading, nothingBefore, all)
  if (score * share >= escalateAt)
    return ['danger', likeliestLabel(reading, nothingBefore, all), ...namesOf(reading, signs)]
  return namesOf(reading, signs)
}

function namesOf(reading: Reading, signs: readonly Weighed[]): string[] {
  const themes = reading.hits.filter(({ frame, denied }) => frame.label.startsWith('said:') && !denied)
  return [...signs.map(({ label }) => label), ...themes.map(({ frame }) => frame.label.slice('said:'.length))]
}
