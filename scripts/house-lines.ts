/**
 * Our own questions with every answer that we offer, as labelled lines for the gate and the ear.
 *
 * A button of ours must never sound an alarm, and a "yes" to a safety question must always. The lines
 * are made from the scripts, so a changed question changes them; `npm run gate` writes them anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { FlowLibrary } from '../flows/engine/library.ts'
import { itemOf } from '../flows/engine/library.ts'
import { readFlows } from '../flows/engine/read.ts'
import type { SafetyLabel } from '../flows/safety/verdict.ts'
import type { LabelledLine } from '../test/safety/measure.ts'

const root = join(import.meta.dirname, '..')
type Language = 'en' | 'es'
const languages: readonly Language[] = ['en', 'es']

interface Line {
  readonly text: string
  readonly lang: Language
  readonly label: SafetyLabel
  readonly context: readonly { role: 'bot'; text: string }[]
}

/** What "yes" means where a question asks about danger itself. */
const meantByYes: Readonly<Record<string, SafetyLabel>> = {
  'safety/asq1': 'suicide_passive',
  'safety/asq2': 'suicide_passive',
  'safety/asq3': 'suicide_active',
  'safety/asq4': 'suicide_active',
  'safety/asq5': 'suicide_imminent',
  'safety/own-dead': 'suicide_passive',
  'safety/own-now': 'suicide_imminent',
}
/** What any offered answer but the first means where a question asks how often (PHQ-9 item 9). */
const meantByOften: Readonly<Record<string, SafetyLabel>> = { 'more-mood/phq9': 'suicide_passive' }
/** Answers whose weight only the routing table or the script may judge: left out here. */
const leftOut = /^(stability\/(others-use|needs-day-night)|loved-one\/safe-now)$/

type Typed = Readonly<Record<Language, readonly string[]>>
const typed = parse(readFileSync(join(root, 'test/safety/author/typed.yaml'), 'utf8')) as Readonly<
  Record<string, Typed>
>
const { always, anything } = typed as { always: Typed; anything: Typed }
/** How many of `anything` a question gets: the next ones for each. */
const EACH = 12

interface Question {
  readonly place: string
  readonly words: Readonly<Record<Language, string>>
  readonly input: string
  readonly options: readonly { readonly value: string; readonly en: string; readonly es: string }[]
}

function questionsOf(library: FlowLibrary): Question[] {
  return [...library.flows].flatMap(([flow, { steps }]) =>
    steps.flatMap((step): Question[] => {
      const place = `${flow}/${step.id}`
      if ('ask' in step) return [{ place, words: step.ask, input: step.input, options: step.options ?? [] }]
      if (!('item' in step)) return []
      const found = itemOf(library, step.item)
      if (!found) return []
      const options = found.item.options.map((option) => ({
        value: option.text,
        en: option.text,
        es: option.textEs ?? option.text,
      }))
      return [
        { place, words: { en: found.item.text, es: found.item.textEs ?? found.item.text }, input: 'choice', options },
      ]
    }),
  )
}

function linesOf(question: Question, place: number): Line[] {
  if (leftOut.test(question.place)) return []
  return languages.flatMap((lang) => {
    const context = [{ role: 'bot' as const, text: question.words[lang] }]
    const offered = question.options
      .filter(({ value }) => value !== 'seeing-things')
      .map((option, at) => ({ option, label: labelOf(question.place, option, at) }))
      .flatMap(({ option, label }) => [option[lang], option.value].map((text) => ({ text, label })))
    const mayTell = /^(safety\/|more-mood\/phq9$)/.test(question.place)
    const loose = Array.from(
      { length: mayTell ? 0 : EACH },
      (_, next) => anything[lang][(place * EACH + next) % anything[lang].length] as string,
    )
    const free = [...typedAnswers(question.input, lang), ...loose].map((text) => ({ text, label: 'none' as const }))
    return [...offered, ...free].map(({ text, label }) => ({ text, lang, label, context }))
  })
}

/** What an offered answer says about danger. */
function labelOf(place: string, { en, es }: { en: string; es: string }, at: number): SafetyLabel {
  const often = meantByOften[place]
  if (often !== undefined) return at === 0 ? 'none' : often
  return /^yes$/i.test(en) || /^sí$/i.test(es) ? (meantByYes[place] ?? 'none') : 'none'
}

/** All scripts and instruments, as the service reads them. */
export function readHouseFlows(): FlowLibrary {
  const files = ['flows/scripts', 'flows/instruments'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  )
  const texts = [...files, 'flows/routing.yaml'].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  return readFlows(texts).flows
}

/** What is said after a crisis that is no new danger. */
export const afterwards = (lang: Language): readonly string[] => typed.afterwards?.[lang] ?? []

/** What is typed right after a check-in: another subject, or a yes to it, in words of any danger or of suicide. */
export const afterCheckIns = (
  sort: 'ordinary' | 'confirming' | 'confirmingSuicide',
  lang: Language,
): readonly string[] => typed[sort]?.[lang] ?? []

/** Names, places and words that stand alone: no answer to any question about safety. */
export const looseAnswers = (lang: Language): readonly string[] => anything[lang]

/** What people type at a question of this kind, ordinary commands among it. */
export function typedAnswers(input: string, lang: Language): readonly string[] {
  return [...(typed[input]?.[lang] ?? typed.text?.[lang] ?? []), ...always[lang]]
}

export function houseLines(): LabelledLine[] {
  return questionsOf(readHouseFlows())
    .flatMap(linesOf)
    .map((line, index) => {
      const danger = line.label !== 'none'
      return {
        id: `house-${index}`,
        ...line,
        must_escalate: danger,
        tier: danger ? 'contextual' : 'neg_plain',
        alt: [],
      }
    })
}

if (import.meta.main) {
  const lines = houseLines().map((line) => JSON.stringify(line))
  writeFileSync(join(root, 'test/safety/corpus/house.jsonl'), `${lines.join('\n')}\n`)
  process.stderr.write(`${lines.length} lines of our own questions\n`)
}
