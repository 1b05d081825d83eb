/**
 * What will be passed on, line by line in the visitor's own words, each editable and removable.
 */
import type { GivenAnswer } from '../conversation.ts'
import type { Locale } from '../vocabulary.ts'
import type { Moment } from './context.ts'
import type { AskStep, Option } from './flow.ts'
import type { FlowLibrary } from './library.ts'
import { inLanguage } from './words.ts'

export interface ReviewLine {
  readonly answer: string
  readonly title: string
  readonly words: string
}

const LINE_MAX = 200
const asksByLibrary = new WeakMap<FlowLibrary, ReadonlyMap<string, AskStep>>()

/** The first ask of each answer name. */
export function asksOf(library: FlowLibrary): ReadonlyMap<string, AskStep> {
  const known = asksByLibrary.get(library)
  if (known) return known
  const asks = new Map<string, AskStep>()
  for (const flow of library.flows.values()) {
    for (const step of flow.steps) if ('ask' in step && !asks.has(step.answer)) asks.set(step.answer, step)
  }
  asksByLibrary.set(library, asks)
  return asks
}

export function reviewLines({ world, state }: Pick<Moment, 'world' | 'state'>): ReviewLine[] {
  const asks = asksOf(world.flows)
  return Object.entries(state.answers).flatMap(([name, given]) => {
    const ask = asks.get(name)
    if (!ask?.line || given.value === null) return []
    return [{ answer: name, title: inLanguage(ask.line, state.locale), words: wordsOfAnswer(ask, given, state.locale) }]
  })
}

/** The lines as options, for "which line?". */
export function reviewOptions(moment: Pick<Moment, 'world' | 'state'>): Option[] {
  const asks = asksOf(moment.world.flows)
  return reviewLines(moment).map((line) => {
    const pair = asks.get(line.answer)!.line!
    return { value: line.answer.toLowerCase().replaceAll('.', '-'), en: pair.en, es: pair.es }
  })
}

/** The answer as the visitor chose or wrote it; ids only by their last four characters. */
export function wordsOfAnswer(ask: AskStep, given: GivenAnswer, locale: Locale): string {
  const values = Array.isArray(given.value) ? given.value : [String(given.value)]
  const words = values.map((value) => {
    const option = ask.options?.find((one) => one.value === value)
    return option ? inLanguage(option, locale) : value
  })
  const text = words.join(', ')
  return ask.masked ? `…${text.slice(-4)}` : text.slice(0, LINE_MAX)
}
