/**
 * Fits what a question most likely asks, and writes knowledge/intent-table and knowledge/evidence.
 *
 * usage: node scripts/fit-intent.ts [--measure] [--without PART-OF-A-FILE-NAME]…
 * The evidence is fitted on tables of intents that have seen no question of the author whom it is fitted on,
 * author by author; with --measure the same is done once more for the evidence itself and figures are printed.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '../knowledge/fact.ts'
import { readLibrary } from '../knowledge/library.ts'
import type { Program } from '../knowledge/program.ts'
import { readMessage } from '../knowledge/reading/reading.ts'
import { askedIn } from '../knowledge/retrieve.ts'
import type { IntentTable } from '../knowledge/topics/intent.ts'
import { marksOf } from '../knowledge/topics/marks.ts'
import {
  type EvidenceTable,
  evidenceFor,
  evidenceNames,
  evidenceOf,
  type Heard,
  weighedBy,
} from '../knowledge/weighing/weighing.ts'
import type { Case } from '../test/knowledge/question-files.ts'
import { type Choice, fitEvidence, fitIntents, type Marked } from './intent-fitting.ts'
import { byTopic, casesIn, examplesOf, type Labelled, labelled, rightFacts } from './labelled-questions.ts'
import {
  ASKED_ELSEWHERE_COUNTS,
  fitStated,
  type StatedExample,
  statedExample,
  moduleOf as treesOf,
} from './stated-fitting.ts'

const here = (path: string): string => join(import.meta.dirname, '..', path)
const { library } = readLibrary(here('knowledge/programs'))
const programs = new Map(library.programs.map((program) => [program.id as string, program]))
const words = library.programs[0]!.words

function marked({ text, topics, weight }: Labelled): Marked {
  const { clauses } = readMessage(text, words)
  const asked = askedIn(clauses)
  const told = clauses.filter((clause) => !asked.includes(clause))
  return { marks: [...marksOf(asked, told, words)], topics, weight }
}

function markedCase(one: Case): Marked[] {
  const program = programs.get(one.program)
  const found = program ? labelled(one, program) : null
  return found ? [marked(found)] : []
}

/** What is known of a question when nothing was fitted on it. */
function choiceOf(one: Case, table: IntentTable): Seen[] {
  const program = programs.get(one.program) as Program | undefined
  const heard = heardOf(one)
  if (!program || !heard) return []
  const found = evidenceFor(heard, program, table)
  const { facts, none } = found
  const stating = new Set(one.answerable ? rightFacts(one, program) : [])
  const right = facts.flatMap((fact, at) => (stating.has(fact) ? [at] : []))
  if (one.answerable && right.length === 0) return []
  const choice = {
    rows: [...facts.map((_, at) => evidenceOf(found, at)), none],
    right: new Set(one.answerable ? right : [facts.length]),
  }
  return [{ ...choice, one, heard, found, program, stating, table }]
}

function heardOf({ question }: Case): Heard | null {
  const { clauses } = readMessage(question, words)
  return clauses.length === 0 ? null : { clauses, asked: askedIn(clauses) }
}

/** A question with what was found for it by tables that had not seen it. */
interface Seen extends Choice {
  readonly one: Case
  readonly heard: Heard
  readonly found: EvidenceTable
  readonly program: Program
  readonly stating: ReadonlySet<Fact>
  readonly table: IntentTable
}

function statedExamples(
  { one, heard, found, program, stating, table }: Seen,
  counts: readonly number[],
): StatedExample[] {
  const own = statedExample({ heard, weighed: weighedBy(counts, found), program }, stating)
  const isOwnAffair = one.before.length > 0 || heard.clauses.some((clause) => clause.concepts.has('payer-name'))
  if (stating.size === 0 || isOwnAffair) return [own]
  const topics = [...stating].flatMap(({ asks }) => asks)
  const others = library.programs.filter((other) => !topics.some((topic) => other.factsByTopic.has(topic)))
  return [
    own,
    ...others.map((other) => {
      const weighed = weighedBy(counts, evidenceFor(heard, other, table))
      return statedExample({ heard, weighed, program: other }, new Set(), ASKED_ELSEWHERE_COUNTS)
    }),
  ]
}

const always = [...byTopic(here('test/knowledge/corpus/*.txt')), ...examplesOf(library.programs)].map(marked)
const own = casesIn(here('test/knowledge/own-questions.jsonl')).flatMap(markedCase)
const left = process.argv.slice(2).filter((name) => !name.startsWith('--'))
const asked = casesIn(here('test/knowledge/asked/*.jsonl'), left)
const authors = Map.groupBy(asked, ({ id }) => id.split('-')[0]!.toLowerCase())
const folds = [...authors.values()]
const choices = folds.map((fold) => {
  const rest = asked.filter((one) => !fold.includes(one)).flatMap(markedCase)
  const table = fitIntents([...always, ...own, ...rest])
  return fold.flatMap((one) => choiceOf(one, table))
})
process.stderr.write(`${always.length + own.length + asked.length} questions, ${choices.flat().length} choices\n`)
if (process.argv.includes('--measure')) {
  choices.forEach((fold, at) => {
    const weights = fitEvidence(choices.filter((_, other) => other !== at).flat())
    process.stderr.write(`${figures(fold, weights)}\n`)
  })
} else {
  const table = fitIntents([...always, ...own, ...asked.flatMap(markedCase)])
  writeFileSync(here('knowledge/topics/intent-table.generated.ts'), moduleOf(table))
  const weights = fitEvidence(choices.flat())
  writeFileSync(
    here('knowledge/weighing/evidence.generated.ts'),
    `// Generated by npm run fit:intent from the questions in test/knowledge. Do not edit.\nimport type { Evidence } from './weighing.ts'\n\nexport const evidence: Evidence = ${JSON.stringify(weights, null, 2)}\n`,
  )
  const counts = evidenceNames.map((name) => weights[name] ?? 0)
  const examples = choices.flat().flatMap((seen) => statedExamples(seen, counts))
  writeFileSync(here('knowledge/stating/stated-trees.generated.ts'), treesOf(fitStated(examples)))
}

function figures(fold: readonly Choice[], weights: Record<string, number>): string {
  const places = fold
    .filter(({ rows, right }) => !right.has(rows.length - 1))
    .map(({ rows, right }) => {
      const scores = rows.map((row) =>
        Object.entries(row).reduce((sum, [name, value]) => sum + (value ?? 0) * (weights[name] ?? 0), 0),
      )
      const best = Math.max(...[...right].map((at) => scores[at]!))
      return scores.slice(0, -1).filter((score) => score > best).length
    })
  const within = [1, 2, 3].map((most) => (places.filter((place) => place < most).length / places.length).toFixed(3))
  return `right fact among the first 1, 2, 3: ${within.join(' ')} of ${places.length}`
}

/** Two digits of a weight are enough. */
function moduleOf({ topics, biases, keys, starts, rowTopics, rowWeights }: IntentTable): string {
  const weights = Float32Array.from(rowWeights)
  const scale = weights.map(Math.abs).sort()[Math.floor(weights.length * 0.9995)]! / 99
  const inUnits = (weight: number): number => Math.max(-99, Math.min(99, Math.round(weight / scale)))
  const sizes = Uint16Array.from(starts.subarray(1), (end, at) => end - starts[at]!)
  const packed = (values: Uint32Array | Uint16Array | Int8Array): string =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
  return `// Generated by npm run fit:intent from the questions in test/knowledge. Do not edit.
export const topics = '${topics.join(' ')}'
export const scale = ${scale}
export const biases = [${Array.from(biases, inUnits).join(',')}]
/** The marks, how many topics each speaks of, and of each the topics and by how much. */
export const keys = '${packed(Uint32Array.from(keys))}'
export const sizes = '${packed(sizes)}'
export const rows = {
  topics: '${packed(rowTopics)}',
  weights: '${packed(Int8Array.from(weights, inUnits))}',
}
`
}
