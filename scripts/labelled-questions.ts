/**
 * Questions to fit on, each with the topics that it may be about.
 *
 * Three sources: questions by topic (test/knowledge/corpus), the example questions that stand beside
 * the facts, and questions by program with the lines that answer them (test/knowledge/asked and our
 * own). A question with lines is about any topic of the facts on those lines; one that a page does not
 * answer is about any topic on which the program has no fact.
 */
import { globSync, readFileSync } from 'node:fs'
import type { Fact } from '../knowledge/fact.ts'
import type { Program } from '../knowledge/program.ts'
import { type Case, isSaid, readCases } from '../test/knowledge/question-files.ts'

export interface Labelled {
  readonly text: string
  readonly topics: ReadonlySet<string>
  /** How much it counts. */
  readonly weight: number
}

/** `# topic+topic` heads the questions that follow, apart by bars or lines. */
export function byTopic(pattern: string): Labelled[] {
  return globSync(pattern)
    .sort()
    .flatMap((file) => {
      let topics: ReadonlySet<string> = new Set()
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => {
          if (line.startsWith('# ')) topics = new Set(line.slice(2).trim().split('+'))
          else return line.split('|').flatMap((text) => (text.trim() ? [{ text: text.trim(), topics, weight: 1 }] : []))
          return []
        })
    })
}

const EXAMPLES_COUNT = 0.7

export function examplesOf(programs: readonly Program[]): Labelled[] {
  return programs.flatMap(({ facts }) =>
    facts.flatMap((fact) =>
      [...fact.examples.en, ...fact.examples.es].map((text) => ({
        text,
        topics: new Set(fact.asks),
        weight: EXAMPLES_COUNT,
      })),
    ),
  )
}

/** @param without - parts of names of files to leave out. */
export function casesIn(pattern: string, without: readonly string[] = []): Case[] {
  return globSync(pattern)
    .filter((file) => !without.some((name) => file.includes(name)))
    .sort()
    .flatMap((file) => readCases(readFileSync(file, 'utf8')))
}

/** @returns null for a line that no fact stands on, or a program that is not here. */
export function labelled(one: Case, program: Program): Labelled | null {
  const topics = one.answerable
    ? new Set(rightFacts(one, program).flatMap((fact) => fact.asks))
    : new Set(silentTopics(one.kind, program))
  return topics.size === 0 ? null : { text: one.question, topics, weight: 1 }
}

/** The facts on the lines that answer it; those that say what was expected before others. */
export function rightFacts(one: Case, program: Program): Fact[] {
  const onLine = program.facts.filter((fact) =>
    fact.quotes.some(({ line }) => one.lines.some(([from, to]) => line >= from && line <= to)),
  )
  const says = (fact: Fact) => (words: string) => isSaid(`${fact.say.en} ${fact.say.es}`, words)
  const all = onLine.filter((fact) => one.expected.every(says(fact)))
  const some = onLine.filter((fact) => one.expected.some(says(fact)))
  return all.length > 0 ? all : some.length > 0 ? some : onLine
}

function silentTopics(kind: string, { words, factsByTopic }: Program): string[] {
  const wanted = kind === 'refusal' || kind === 'privacy-refusal' ? [kind] : ['program', 'payer']
  return words.topics
    .filter((topic) => wanted.includes(topic.kind) && !factsByTopic.has(topic.id))
    .map((topic) => topic.id)
}
