/**
 * Checks a whole library: names that lead nowhere, steps nobody reaches, words that may not be said.
 *
 * Problems keep the service from starting; warnings are known gaps (a review awaited, a long sentence).
 */
import { dangerLabels } from '../safety/verdict.ts'
import { checkAsks } from './check-asks.ts'
import { checkExits } from './check-exits.ts'
import { checkAskedItems, checkInstruments } from './check-instruments.ts'
import { checkLanguages, checkSpanishStandIns } from './check-languages.ts'
import { checkPaths } from './check-paths.ts'
import { checkReading, type ReadFile } from './check-reading.ts'
import { checkReferences } from './check-references.ts'
import { checkWords } from './check-words.ts'
import type { FlowLibrary, Problem } from './library.ts'
import type { CrisisScript } from './protocol.ts'
import { problem, type Source, type Sources, warning } from './source.ts'
import { textsOfCrisis, textsOfFlow, textsOfPhrases } from './texts.ts'

export function checkLibrary(library: FlowLibrary, sources: Sources): Problem[] {
  const [crisis, crisisSource] = sources.crisis
  const files = spokenFiles(sources)
  return [
    ...checkReferences(library, sources),
    ...checkPaths(library, sources),
    ...checkAsks(library, sources),
    ...checkExits(library, sources),
    ...checkInstruments(sources),
    ...checkAskedItems(library, sources),
    ...checkSpanishStandIns(library, sources),
    ...files.flatMap(({ source, texts }) => [...checkWords(source, texts), ...checkLanguages(source, texts)]),
    ...(sources.reading ? checkReading(files, sources.reading) : []),
    ...protocols(crisis, crisisSource),
    ...rules(sources.routing),
    ...reviews(sources),
  ]
}

/** Every file that holds words, with the names of its places. */
function spokenFiles({ flows, crisis: [crisis, crisisSource], phrases: [phrases, phraseSource] }: Sources): ReadFile[] {
  const label = ([part, index]: readonly PropertyKey[]): string =>
    part === 'protocols' ? (crisis.protocols[Number(index)]?.label ?? 'protocol') : String(part)
  return [
    ...flows.map(([flow, source]) => ({
      source,
      texts: textsOfFlow(flow),
      placeOf: (path: readonly PropertyKey[]) => `${flow.flow}/${flow.steps[Number(path[1])]?.id ?? ''}`,
    })),
    { source: crisisSource, texts: textsOfCrisis(crisis), placeOf: (path) => `crisis/${label(path)}` },
    { source: phraseSource, texts: textsOfPhrases(phrases), placeOf: (path) => `phrases/${String(path[1])}` },
  ]
}

function protocols(crisis: CrisisScript, source: Source): Problem[] {
  const missing = dangerLabels.filter((label) => !crisis.protocols.some((one) => one.label === label))
  const found = missing.map((label) => problem(source, ['protocols'], `there is no protocol for \`${label}\`: add one`))
  crisis.protocols.forEach((protocol, index) => {
    const ids = protocol.steps.map((step) => step.id)
    if (new Set(ids).size !== ids.length)
      found.push(problem(source, ['protocols', index, 'steps'], 'two follow-up steps have the same id: rename one'))
  })
  return found
}

function rules([routing, source]: Sources['routing']): Problem[] {
  const ids = [...routing.rules, ...routing.tags].map((rule) => rule.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const unordered = routing.rules.filter((rule) => !routing.order.includes(rule.route))
  return [
    ...twice.map((id) => problem(source, ['rules'], `the rule ${id} exists twice: rename one`)),
    ...unordered.map((rule) =>
      problem(source, ['order'], `the route \`${rule.route}\` of ${rule.id} has no place in the order: add it`),
    ),
  ]
}

function reviews(sources: Sources): Problem[] {
  const awaiting: (readonly [{ review: unknown }, Source])[] = [
    ...sources.flows,
    ...sources.instruments,
    sources.routing,
    sources.crisis,
    sources.phrases,
  ]
  return awaiting.flatMap(([script, source]) =>
    script.review === 'awaiting-review' ? [warning(source, ['review'], 'awaits the review of a clinician')] : [],
  )
}
