/**
 * What is said of coverage follows from its state, for every state, in both languages, and promises nothing.
 */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  CheckOutcome,
  type Coverage,
  type CoverageEvent,
  coverageAfter,
  coverageSentences,
  noCoverage,
  PayerKind,
} from '../../flows/coverage.ts'
import { coveragePhrases } from '../../flows/engine/phrases.ts'
import { CoverageState } from '../../flows/vocabulary.ts'
import { faultOf } from '../../knowledge/verify.ts'
import { flows } from './house.ts'

const found = (kind: PayerKind, more: Partial<Omit<Coverage, 'kind'>> = {}): Coverage =>
  coverageAfter(noCoverage, {
    type: 'found',
    found: { kind, payer: 'Aetna', condition: null, listedAs: null, asOf: null, second: null, ...more },
  })

/** Every state that there is: each with every kind of payer and every end of a check. */
const everyCoverage: Coverage[] = CoverageState.options.flatMap((state) =>
  [null, ...PayerKind.options].flatMap((kind) =>
    [null, ...CheckOutcome.options].flatMap((outcome) =>
      [null, 'Medicare'].flatMap((second) =>
        [null, 'Beacon Health Options'].map(
          (listedAs): Coverage => ({ ...noCoverage, payer: 'Aetna', state, kind, outcome, second, listedAs }),
        ),
      ),
    ),
  ),
)

const wordsOf = (coverage: Coverage, language: 'en' | 'es'): string =>
  coverageSentences(coverage)
    .map((name) => flows.phrases.texts[name][language])
    .join(' ')

/** Promises about money: in no sentence of ours, whatever the state. */
const promise =
  /\b(covered|in[- ]network|free|guarantee\w*|will pay|pays for you|accepted|approved|cubiert[oa]s?|gratis|gratuit[oa]s?|garantiza\w*|aceptad[oa]|aprobad[oa]|pagará)\b/i

test('every state has its sentence in both languages, and none promises payment', () => {
  for (const coverage of everyCoverage) {
    for (const language of ['en', 'es'] as const) {
      const words = wordsOf(coverage, language)
      expect(words.length).toBeGreaterThan(10)
      expect(words).not.toMatch(promise)
    }
  }
  const used = new Set(everyCoverage.flatMap(coverageSentences))
  expect(coveragePhrases.filter((name) => !used.has(name))).toEqual([])
})

test('"the list names it" is said only where the list does, "we have checked" only after a check, and never what came of it', () => {
  for (const coverage of everyCoverage) {
    const words = `${wordsOf(coverage, 'en')} ${wordsOf(coverage, 'es')}`
    const isListed = coverage.kind === 'listed' || coverage.kind === 'listed-with-condition'
    if (/list names|lista del programa incluye/.test(words)) expect(isListed).toBe(true)
    if (/have checked with|Ya consultamos/.test(words)) {
      expect(coverage.state).toBe('checked')
      expect(['active', 'inactive', 'not-found']).toContain(coverage.outcome)
    }
    if (/has looked at your plan|ya vio su plan/.test(words)) expect(coverage.state).toBe('confirmed-by-staff')
    if (coverage.state === 'checked')
      expect(words).not.toMatch(/\b(active|inactive|not found|activo|inactivo|vencido)\b/i)
  }
  const outcomes = (['active', 'inactive', 'not-found'] as const).map((outcome) =>
    wordsOf({ ...found('listed'), state: 'checked', outcome }, 'en'),
  )
  expect(new Set(outcomes).size).toBe(1)
})

const table: [string, CoverageEvent[], CoverageState][] = [
  ['a named payer is named', [{ type: 'named', payer: 'x' }], 'named'],
  [
    'a check without a consent changes nothing',
    [
      { type: 'named', payer: 'x' },
      { type: 'checked', outcome: 'active' },
    ],
    'named',
  ],
  ['the first step captures', [{ type: 'named', payer: 'x' }, { type: 'captured' }], 'captured'],
  ['a yes is consented', [{ type: 'named', payer: 'x' }, { type: 'captured' }, { type: 'consented' }], 'consented'],
  [
    'a yes taken back is captured',
    [{ type: 'named', payer: 'x' }, { type: 'consented' }, { type: 'revoked' }],
    'captured',
  ],
  [
    'capturing again loses no consent',
    [{ type: 'named', payer: 'x' }, { type: 'consented' }, { type: 'captured' }],
    'consented',
  ],
  [
    'a check after a yes is checked',
    [{ type: 'named', payer: 'x' }, { type: 'consented' }, { type: 'checked', outcome: 'pending' }],
    'checked',
  ],
  [
    'a yes taken back undoes what was checked',
    [{ type: 'named', payer: 'x' }, { type: 'consented' }, { type: 'checked', outcome: 'active' }, { type: 'revoked' }],
    'captured',
  ],
  [
    'staff confirm what was captured',
    [{ type: 'named', payer: 'x' }, { type: 'captured' }, { type: 'confirmed' }],
    'confirmed-by-staff',
  ],
  ['staff confirm no plan that nobody named', [{ type: 'confirmed' }], 'unknown'],
  [
    'who declines gives no consent by that',
    [{ type: 'declined' }, { type: 'consented' }, { type: 'captured' }],
    'declined',
  ],
]

test.each(table)('%s', (_, events, state) => {
  expect(events.reduce(coverageAfter, noCoverage).state).toBe(state)
})

test('no sentence of a script, and none of a transcript outside quoted pages, says that a plan pays', () => {
  const scripts = globSync('flows/scripts/*.yaml').map((path) =>
    readFileSync(path, 'utf8').replaceAll(/synonyms: \[[^\]]*\]|\bfree-slots\b/g, ''),
  )
  for (const text of scripts) expect(text.match(/\b(covered|free|cubiert[oa]s?|gratis)\b/gi) ?? []).toEqual([])
  for (const path of globSync('test/transcripts/**/*.md')) {
    const said = readFileSync(path, 'utf8')
      .split('\n\n')
      .filter((block) => block.startsWith('**Porchlight:**') && !/^> (answer|partial)/m.test(block))
    for (const block of said) expect(block, path).not.toMatch(/\b(covered|free|cubiert[oa]s?|gratis)\b/i)
  }
})

test('a written answer that promises coverage does not leave, whoever wrote it', () => {
  const fact = {
    id: 'x.insurance',
    asks: ['insurance'],
    quotes: [{ text: 'We work with many insurance plans', line: 1 }],
    subject: 'insurance',
    modality: 'always',
    say: { en: 'The page says that it works with many plans.', es: 'La página dice que trabaja con muchos planes.' },
    value: null,
  } as unknown as Parameters<typeof faultOf>[0]['facts'][number]
  expect(faultOf({ text: 'We work with many insurance plans.', facts: [fact] })).toBeNull()
  for (const text of [
    'You are covered by many insurance plans.',
    'With many insurance plans it is free.',
    'Su plan está cubierto.',
    'Es gratis con muchos planes.',
  ])
    expect(faultOf({ text, facts: [fact] }), text).not.toBeNull()
})
