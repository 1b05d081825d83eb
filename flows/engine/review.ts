/**
 * What will be passed on, line by line in the visitor's own words, each editable and removable.
 *
 * The questions of one instrument are one line: seven rows of "not at all" would hide the rest. A line
 * that was left out is kept from staff, yet counts for safety as it was answered.
 */
import type { GivenAnswer } from '../conversation.ts'
import type { Locale } from '../vocabulary.ts'
import type { Moment } from './context.ts'
import type { AskStep, Option } from './flow.ts'
import { itemsOf } from './instrument.ts'
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

type Spoken = Pick<Moment, 'world' | 'state'>

export function reviewLines(moment: Spoken): ReviewLine[] {
  return [...askLines(moment), ...blockLines(moment), ...questionLine(moment)].filter(
    (line) => !isLeftOut(moment.state, line.answer),
  )
}

function askLines({ world, state }: Spoken): ReviewLine[] {
  const asks = asksOf(world.flows)
  return Object.entries(state.answers).flatMap(([name, given]) => {
    const ask = asks.get(name)
    if (!ask?.line || given.value === null) return []
    return [{ answer: name, title: inLanguage(ask.line, state.locale), words: wordsOfAnswer(ask, given, state.locale) }]
  })
}

/** One line for each instrument that was begun: its answers in their order. */
function blockLines({ world, state }: Spoken): ReviewLine[] {
  return [...world.flows.instruments.values()].flatMap((instrument) => {
    const words = itemsOf(instrument).flatMap((item) => {
      const value = state.answers[`${instrument.id}.${item.linkId}`]?.value
      const option = item.options.find((one) => one.value === value)
      return option ? [(state.locale === 'es-US' && option.textEs) || option.text] : []
    })
    const title = inLanguage(instrument.line, state.locale)
    return words.length === 0 ? [] : [{ answer: instrument.id, title, words: words.join(' · ') }]
  })
}

/** The line of the questions that nobody could answer; staff see them with the request. */
export const QUESTIONS_LINE = 'open-questions'

function questionLine({ world, state }: Spoken): ReviewLine[] {
  if (state.openQuestions.length === 0) return []
  const title = inLanguage(world.flows.phrases.texts['questions-line'], state.locale)
  return [{ answer: QUESTIONS_LINE, title, words: state.openQuestions.join(' · ').slice(0, LINE_MAX) }]
}

/** Names of the lines that the visitor does not want passed on. */
const LEFT_OUT = 'note.left-out'

export function isLeftOut(state: Spoken['state'], line: string): boolean {
  return String(state.answers[LEFT_OUT]?.value ?? '')
    .split(' ')
    .includes(line)
}

/** The answers that a line stands for: one, or all of an instrument. */
export function answersBehind({ world, state }: Spoken, line: string): string[] {
  const isBlock = world.flows.instruments.has(line)
  return Object.keys(state.answers).filter((name) => (isBlock ? name.startsWith(`${line}.`) : name === line))
}

/** The lines as options, for "which line?". */
export function reviewOptions(moment: Spoken): Option[] {
  const asks = asksOf(moment.world.flows)
  return reviewLines(moment).map(({ answer }) => {
    const { instruments, phrases } = moment.world.flows
    const pair = asks.get(answer)?.line ?? instruments.get(answer)?.line ?? phrases.texts['questions-line']
    return { value: optionValue(answer), en: pair.en, es: pair.es }
  })
}

/** A line's name as an option's value. */
export function optionValue(line: string): string {
  return line.toLowerCase().replaceAll('.', '-')
}

/** The answer as the visitor chose or wrote it; ids only by their last four characters. */
export function wordsOfAnswer(ask: AskStep, given: GivenAnswer, locale: Locale): string {
  const values = Array.isArray(given.value) ? given.value : [String(given.value)]
  const words = values.map((value) => {
    const option = ask.options?.find((one) => one.value === value)
    return option ? inLanguage(option, locale) : value
  })
  const text = words.join(', ')
  if (ask.optionsFrom === 'free-slots' && given.value !== 'none') return given.said.slice(0, LINE_MAX)
  if (ask.masked) return ask.input === 'date' ? '••••' : `…${text.slice(-4)}`
  return text.slice(0, LINE_MAX)
}
