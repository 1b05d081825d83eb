import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { notShippable } from '../../flows/engine/check-instruments.ts'
import { sentencesOf } from '../../flows/engine/sentences.ts'
import { textsOfCrisis, textsOfFlow, textsOfPhrases } from '../../flows/engine/texts.ts'
import { screen } from '../../flows/safety/screen.ts'
import { flows, problems } from './house.ts'

const texts = [
  ...[...flows.flows.values()].flatMap(textsOfFlow),
  ...textsOfCrisis(flows.crisis),
  ...textsOfPhrases(flows.phrases),
].map((one) => one.pair)

test('every text stands in English and in Spanish, and they differ', () => {
  expect(texts.length).toBeGreaterThan(500)
  const same = texts.filter(({ en, es }) => en === es && en.length > 12)
  expect(same).toEqual([])
})

test('no text promises, names a person by an illness, or shouts', () => {
  expect(problems.filter((one) => one.severity === 'problem')).toEqual([])
})

test('every sentence of the danger protocol ends with its stop', () => {
  const { protocols, heard, stillHere, distress } = flows.crisis
  const steps = protocols.flatMap((one) => one.steps)
  const replies = steps.flatMap((step) => [step.ask, ...step.options.flatMap((option) => option.reply ?? [])])
  const words = protocols.flatMap((one) => [one.self.first, one.self.now, one.other.first, one.other.now])
  for (const { en, es } of [...replies, ...words, ...heard, ...stillHere, ...distress]) {
    expect(en).toMatch(/[.?!]$/)
    expect(es).toMatch(/[.?!]$/)
  }
})

test('a text to 988 in Spanish is told with its word, AYUDA', () => {
  const naming = texts.map((pair) => pair.es).filter((es) => /(?:escrib\w+|mensaje de texto) al 988/.test(es))
  expect(naming.length).toBeGreaterThan(5)
  for (const es of naming) expect(es).toMatch(/mand[ae] AYUDA por mensaje de texto al 988/)
})

test('sentences stay short: the mean is at most 12 words, none has more than 25', () => {
  const lengths = texts
    .flatMap(({ en, es }) => [...sentencesOf(en), ...sentencesOf(es)])
    .map((sentence) => sentence.split(/\s+/).length)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(25)
  expect(lengths.reduce((sum, one) => sum + one, 0) / lengths.length).toBeLessThanOrEqual(12)
})

/** Flesch–Kincaid grade with a rough count of syllables; school words such as "insurance" weigh much. */
function grade(text: string): number {
  const sentences = sentencesOf(text).length
  const words = text.split(/[^A-Za-z']+/).filter((word) => word !== '')
  const syllables = words.reduce(
    (sum, word) =>
      sum +
      Math.max(
        1,
        (
          word
            .toLowerCase()
            .replace(/e$/, '')
            .match(/[aeiouy]+/g) ?? []
        ).length,
      ),
    0,
  )
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59
}

test('taken together the English words read at the sixth grade or below', () => {
  const spoken = texts.map((pair) => pair.en).filter((en) => en.split(/\s+/).length >= 6)
  expect(grade(spoken.join(' '))).toBeLessThanOrEqual(6)
})

test('all clinical words await a reviewer', () => {
  const reviews = [
    ...flows.flows.values(),
    ...flows.instruments.values(),
    flows.crisis,
    flows.phrases,
    flows.routing,
  ].map((one) => one.review)
  expect(new Set(reviews)).toEqual(new Set(['awaiting-review']))
})

test('instruments that need a licence are not shipped', () => {
  for (const name of readdirSync('flows/instruments')) expect(notShippable).not.toContain(name.replace('.yaml', ''))
  expect(JSON.stringify([...flows.instruments.values()])).not.toMatch(/Columbia|C-SSRS|CRAFFT|DAST/)
})

test('no choice of any question outside safety is taken for a danger sign, but the one that names it', () => {
  const alarms: string[] = []
  for (const flow of flows.flows.values()) {
    if (flow.flow === 'safety') continue
    for (const one of flow.steps) {
      if (!('ask' in one)) continue
      for (const language of ['en', 'es'] as const) {
        const choices = (one.options ?? []).flatMap((option) => [option.value, option[language]])
        for (const said of choices) {
          const { verdict } = screen({ text: said }, [{ role: 'bot', text: one.ask[language] }])
          if (verdict.outcome === 'escalate') alarms.push(`${flow.flow}/${one.id}: ${said}`)
        }
      }
    }
  }
  const named = ['seeing-things', 'Fever, confusion, or seeing things', 'Fiebre, confusión o ver cosas']
  expect(alarms.filter((alarm) => !named.some((said) => alarm.endsWith(said)))).toEqual([])
})
