/**
 * Instruments: valid codes, every score in a band, nothing that may not be shipped; and what still
 * awaits a reviewer or an approved translation, as warnings.
 */
import { hasValidCheckDigit, type Instrument } from './instrument.ts'
import type { FlowLibrary, Problem } from './library.ts'
import { problem, type Source, type Sources, warning } from './source.ts'

/** Licensed or copyrighted: never in the product (reference, sections 1.2 and 1.3). */
export const notShippable = ['c-ssrs', 'c-ssrs-screener', 'dast-10', 'crafft', 'audit', 'cage-aid']

export function checkInstruments(sources: Sources): Problem[] {
  return sources.instruments.flatMap(([instrument, source]) => [
    ...(notShippable.includes(instrument.id)
      ? [problem(source, ['id'], `${instrument.id} may not be shipped without a licence: remove the file`)]
      : []),
    ...codes(instrument, source),
    ...bands(instrument, source),
    ...items(instrument, source),
    ...unscored(instrument, source),
    ...languages(instrument, source),
  ])
}

function codes(instrument: Instrument, source: Source): Problem[] {
  const all: [string | null | undefined, PropertyKey[]][] = [
    [instrument.loincPanel, ['loincPanel']],
    [instrument.loincTotal, ['loincTotal']],
    ...instrument.items.flatMap((item, index): [string | null | undefined, PropertyKey[]][] => [
      [item.loinc, ['items', index, 'loinc']],
      ...item.options.map((option, number): [string | null | undefined, PropertyKey[]] => [
        option.loinc,
        ['items', index, 'options', number, 'loinc'],
      ]),
    ]),
  ]
  return all.flatMap(([code, path]) =>
    typeof code === 'string' && !hasValidCheckDigit(code)
      ? [problem(source, path, `${code} is no LOINC code: its check digit is wrong`)]
      : [],
  )
}

function bands(instrument: Instrument, source: Source): Problem[] {
  const { scoring } = instrument
  if (scoring.method !== 'sum') return []
  const problems: Problem[] = []
  for (let total = scoring.min ?? 0; total <= (scoring.max ?? 0); total += 1) {
    const fitting = scoring.bands.filter((band) => total >= band.min && total <= band.max).length
    if (fitting !== 1)
      problems.push(
        problem(
          source,
          ['scoring', 'bands'],
          `a total of ${total} lies in ${fitting} bands: let exactly one band hold it`,
        ),
      )
  }
  const highest = instrument.items.reduce(
    (sum, item) => sum + Math.max(...item.options.map((option) => option.score)),
    0,
  )
  if (highest !== scoring.max)
    problems.push(
      problem(
        source,
        ['scoring', 'max'],
        `the items add up to ${highest}, not ${scoring.max}: mend the scores or the maximum`,
      ),
    )
  return problems
}

function items(instrument: Instrument, source: Source): Problem[] {
  const ids = instrument.items.map((item) => item.linkId)
  return instrument.items.flatMap((item, index) => {
    const found =
      ids.indexOf(item.linkId) === index
        ? []
        : [problem(source, ['items', index, 'linkId'], `the item \`${item.linkId}\` exists twice: rename one`)]
    const values = item.options.map((option) => option.value)
    if (new Set(values).size !== values.length)
      found.push(
        problem(source, ['items', index, 'options'], 'two options have the same value: give each its own word'),
      )
    if (item.skipIf && !ids.includes(item.skipIf.linkId))
      found.push(
        problem(
          source,
          ['items', index, 'skipIf'],
          `there is no item \`${item.skipIf.linkId}\` here: use one of ${ids.join(', ')}`,
        ),
      )
    return found
  })
}

/** An item whose answers all count alike scores nothing. */
function unscored({ items: all }: Instrument, source: Source): Problem[] {
  return all.flatMap((item, index) =>
    new Set(item.options.map((option) => option.score)).size > 1
      ? []
      : [
          problem(
            source,
            ['items', index, 'options'],
            `\`${item.linkId}\` scores the same for every answer: mend the scores`,
          ),
        ],
  )
}

/** A sum needs all its items: one that no script asks would leave the questionnaire without a total for ever. */
export function checkAskedItems(library: FlowLibrary, sources: Sources): Problem[] {
  const asked = new Set<string>()
  for (const flow of library.flows.values())
    for (const step of flow.steps)
      if ('item' in step) asked.add(`${step.item.instrument} ${step.item.item}`).add(step.item.item)
  return sources.instruments.flatMap(([{ id, items: all, scoring }, source]) => {
    const isUsed = all.some((item) => asked.has(`${id} ${item.linkId}`))
    if (!isUsed || scoring.method !== 'sum') return []
    return all.flatMap((item, index) =>
      asked.has(item.linkId)
        ? []
        : [
            problem(
              source,
              ['items', index, 'linkId'],
              `no script asks \`${item.linkId}\`, so ${id} would never have a total: ask it, or none of its items`,
            ),
          ],
    )
  })
}

function languages(instrument: Instrument, source: Source): Problem[] {
  if ((instrument.draftLanguages ?? []).includes('es'))
    return [warning(source, ['draftLanguages'], 'the Spanish words are a draft that nobody has approved yet')]
  if (instrument.languages.includes('es')) return []
  return [
    warning(source, ['languages'], 'has no approved Spanish: in Spanish our own plain questions are asked instead'),
  ]
}
