/**
 * Word files: knowledge/words, payers and assistant, as one lexicon that all programs share.
 */
import { z } from 'zod'
import type { Fact, Gap } from '../fact.ts'
import { type KnownPayer, payerAliases } from '../insurers/payers.ts'
import { buildWords, type ConceptKind, type Lexicon } from '../reading/lexicon.ts'
import { parsePattern, type Topic, type TopicKind, unknownTerms } from '../topics/topics.ts'
import { type Problem, readFactPage } from './fact-page.ts'
import { parseYaml } from './yaml-file.ts'

export interface WordFile {
  readonly path: string
  readonly text: string
}

const kinds = ['thing', 'limit', 'asking', 'focus', 'light', 'filler', 'guarded'] as const
const topicKinds = ['program', 'assistant', 'refusal', 'privacy-refusal', 'payer'] as const
const Names = z.array(z.string()).default([])

const Words = z.strictObject({
  /** Concept lists by kind; the words of a concept are separated by commas. */
  concepts: z.partialRecord(z.enum(kinds), z.record(z.string(), z.string())).optional(),
  topics: z.partialRecord(z.enum(topicKinds), z.record(z.string(), z.array(z.string()))).optional(),
  rewrites: z.record(z.string(), z.string()).optional(),
  /** What topics are called in a sentence. */
  names: z.record(z.string(), z.strictObject({ en: z.string(), es: z.string() })).optional(),
  voice: z.record(z.string(), z.strictObject({ en: z.string(), es: z.string() })).optional(),
  tongues: z.strictObject({ en: z.string(), es: z.string() }).optional(),
  payers: z
    .record(
      z.string(),
      z.strictObject({
        name: z.string(),
        state: z
          .enum([
            'company',
            'medicare',
            'medicaid',
            'tricare',
            'va',
            'cobra',
            'marketplace',
            'employer',
            'self-pay',
            'none',
            'family',
          ])
          .default('company'),
        aliases: Names,
        members: Names,
        was: Names,
      }),
    )
    .optional(),
})
type Words = z.infer<typeof Words>

export function lexiconFrom(files: readonly WordFile[]): { words: Lexicon; problems: Problem[] } {
  const problems: Problem[] = []
  const all = files.filter(({ path }) => path.endsWith('.yaml')).flatMap((file) => readWords(file, problems) ?? [])
  const payers = all
    .flatMap(({ words }) => Object.entries(words.payers ?? {}))
    .map(([key, payer]): KnownPayer => ({ key, ...payer, aliases: [...payer.aliases, ...payer.was] }))
  const built = buildWords({
    concepts: [...all.flatMap(({ words }) => conceptRows(words)), ...payerConcepts(payers)],
    rewrites: Object.assign({}, ...all.map(({ words }) => words.rewrites ?? {})),
  })
  const topics = topicsOf(
    all.map(({ words }) => words),
    [...built.concepts.values()].filter(({ kind }) => kind === 'thing' || kind === 'limit').map(({ name }) => name),
  )
  for (const topic of topics) {
    for (const name of unknownTerms(topic, built.concepts))
      problems.push(placed(all, name, `topic ${topic.id}: no concept is called "${name}"; add it or mend the pattern`))
  }
  const pages = files
    .filter(({ path }) => path.endsWith('.md'))
    .map(({ path, text }) => readFactPage('assistant', path, text))
  for (const page of pages) problems.push(...page.problems)
  const tongues = all.map(({ words }) => words.tongues)
  const words: Lexicon = {
    ...built,
    topics,
    voice: Object.assign({}, ...all.map(({ words }) => words.voice ?? {})),
    names: Object.assign({}, ...all.map(({ words }) => words.names ?? {})),
    tongues: { en: wordSet(tongues.map((one) => one?.en)), es: wordSet(tongues.map((one) => one?.es)) },
    payerAliases: payerAliases(payers),
    assistantFacts: byTopic(pages.flatMap((page) => page.facts)),
  }
  return { words, problems }
}

function readWords(file: WordFile, problems: Problem[]): { file: WordFile; words: Words }[] | null {
  const { value, place, problem } = parseYaml(file.text)
  if (problem) {
    problems.push({ file: file.path, ...problem, severity: 'problem' })
    return null
  }
  const parsed = Words.safeParse(value ?? {})
  if (parsed.success) return [{ file, words: parsed.data }]
  for (const issue of parsed.error.issues)
    problems.push({
      file: file.path,
      ...place(issue.path),
      message: `${issue.path.join('.')}: ${issue.message}; mend this entry`,
      severity: 'problem',
    })
  return null
}

function conceptRows(words: Words): { kind: ConceptKind; name: string; words: string }[] {
  return kinds.flatMap((kind) =>
    Object.entries(words.concepts?.[kind] ?? {}).map(([name, list]) => ({ kind, name, words: list })),
  )
}

/** "My job" answers the question for an insurer; in a question of the visitor's it is only her job. */
const ofInsurance = /insur|plan|seguro|aseguranza/

function payerConcepts(payers: readonly KnownPayer[]): { kind: ConceptKind; name: string; words: string }[] {
  const names = payers
    .filter(({ state }) => state !== 'self-pay' && state !== 'none')
    .map(({ name, aliases, state }) =>
      [name, ...aliases].filter((alias) => state !== 'employer' || ofInsurance.test(alias)).join(', '),
    )
  return [
    {
      kind: 'thing',
      name: 'payer-name',
      words: names
        .join(', ')
        .replaceAll(/[&()]/g, ' ')
        .replaceAll(/(^|, )(?=[^ ,]+(,|$))/g, '$1='),
    },
  ]
}

/** A thing or limit without patterns of its own is asked for by its name alone. */
function topicsOf(all: readonly Words[], names: readonly string[]): Topic[] {
  const topics = new Map<string, { kind: TopicKind; patterns: string[] }>(
    names.map((name) => [name, { kind: 'program', patterns: [name] }]),
  )
  for (const words of all) {
    for (const kind of topicKinds) {
      for (const [id, patterns] of Object.entries(words.topics?.[kind] ?? {})) {
        topics.set(id, { kind, patterns: [...(topics.get(id)?.patterns ?? []), ...patterns] })
      }
    }
  }
  return [...topics].map(([id, { kind, patterns }]) => ({ id, kind, patterns: patterns.map(parsePattern) }))
}

function placed(all: readonly { file: WordFile }[], name: string, message: string): Problem {
  const found = all.find(({ file }) => file.text.includes(name))
  const before = found ? found.file.text.slice(0, found.file.text.indexOf(name)).split('\n') : ['']
  const place = { line: before.length, column: before.at(-1)!.length + 1 }
  return { file: found?.file.path ?? 'knowledge/words', ...place, message, severity: 'problem' }
}

function wordSet(lists: readonly (string | undefined)[]): Set<string> {
  return new Set(lists.flatMap((list) => (list ?? '').split(/[\s,]+/).filter((word) => word !== '')))
}

/** Facts under every topic they answer: those whose first topic it is come first. */
export function byTopic(facts: readonly Fact[]): Map<string, Fact[]> {
  const map = new Map<string, Fact[]>()
  const rank = (fact: Fact, topic: string): number => (fact.asks.indexOf(topic) === 0 ? 0 : 1)
  for (const fact of facts) for (const topic of fact.asks) map.set(topic, [...(map.get(topic) ?? []), fact])
  for (const [topic, list] of map) list.sort((a, b) => rank(a, topic) - rank(b, topic))
  return map
}

export function gapsByTopic(gaps: readonly Gap[]): Map<string, Gap> {
  return new Map(gaps.flatMap((gap) => gap.asks.map((topic) => [topic, gap] as const)))
}
