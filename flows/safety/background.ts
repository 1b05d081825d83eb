/**
 * What was said before: the topic of the bot's last question and the signs in the visitor's earlier turns.
 *
 * "Yes", "most days" or "not any more" mean nothing alone; the question decides. Earlier signs count
 * for less the older they are, and only the recent turns are read, so a long talk costs no more.
 */
import { dangerScore, likeliestLabel } from './evidence.ts'
import { escalateAt } from './gate-tables.generated.ts'
import { conceptId, conceptName, isClass } from './lexicon.ts'
import { type Reading, read, readEarlier } from './reading.ts'
import { aboutTurn } from './turn-notes.ts'
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

const nothingBefore: Background = { asked: new Set(), askedConcepts: new Set(), said: new Set() }

const start = conceptId('START')
const LONGEST_EARLIER = 500
const EARLIER_TURNS = 5
const SIGN_AT = 0.35
/** What a sign loses with each later turn of the visitor. */
const DECAY = 0.9

export function readBackground(saidBefore: readonly SaidBefore[]): Background {
  const lastBot = saidBefore.findLast((turn) => turn.role === 'bot')
  const { asked, askedConcepts } = questionOf(lastBot?.text.slice(-LONGEST_EARLIER) ?? '')
  const said = new Set<string>()
  const earlier = saidBefore.filter((turn) => turn.role === 'user').slice(-EARLIER_TURNS)
  earlier.toReversed().forEach((turn, age) => {
    for (const theme of themesOf(earlierTurn(turn), DECAY ** age)) said.add(theme)
  })
  return { asked, askedConcepts, said }
}

type AskedBefore = Pick<Background, 'asked' | 'askedConcepts'>

/** Our own questions come again in every talk; each is read once. */
const questionsRead = new Map<string, AskedBefore>()

function questionOf(text: string): AskedBefore {
  const known = questionsRead.get(text)
  if (known) return known
  const question = read(text)
  const asked = question.hits.map(({ frame }) => frame.label).filter((label) => label.startsWith('ask:'))
  const fresh = {
    asked: new Set(asked.map((label) => label.slice('ask:'.length))),
    askedConcepts: conceptsIn(question),
  }
  if (questionsRead.size > 500) questionsRead.clear()
  questionsRead.set(text, fresh)
  return fresh
}

function conceptsIn({ tokens }: Reading): Set<string> {
  const concepts = tokens.flatMap(({ arcs }) => arcs.map(({ concept }) => concept))
  return new Set(concepts.filter((concept) => concept !== start && isClass(concept)).map(conceptName))
}

export interface EarlierTurn {
  readonly reading: Reading
  readonly weighed: readonly Weighed[]
  readonly score: number
  /** What it told of, such as `loss`; the same however long ago. */
  readonly themes: readonly string[]
}

/** A turn is read once while the talk holds it: the next message finds four of five already read. */
function earlierTurn(turn: SaidBefore): EarlierTurn {
  const about = aboutTurn(turn)
  if (about.earlier !== null) return about.earlier
  const reading = readEarlier(turn, LONGEST_EARLIER)
  const weighed = weigh(reading, nothingBefore)
  const fresh = { reading, weighed, score: dangerScore(reading, nothingBefore, weighed), themes: themesIn(reading) }
  about.earlier = fresh
  return fresh
}

function themesOf({ reading, weighed, score, themes }: EarlierTurn, share: number): readonly string[] {
  const isDanger = score * share >= escalateAt
  if (!isDanger && weighed.length === 0) return themes
  const signs = weighed.filter(({ weight }) => weight * share >= SIGN_AT).map(({ label }) => label)
  if (isDanger) return ['danger', likeliestLabel(reading, nothingBefore, weighed), ...signs, ...themes]
  return [...signs, ...themes]
}

function themesIn(reading: Reading): string[] {
  const told = reading.hits.filter(({ frame, denied }) => frame.label.startsWith('said:') && !denied)
  return told.map(({ frame }) => frame.label.slice('said:'.length))
}
