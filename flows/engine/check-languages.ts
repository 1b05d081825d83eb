/**
 * Both languages whole: no English left standing as Spanish, the same slots in both, and for every item that
 * a questionnaire does not have in Spanish a question of our own.
 */
import { type Condition, testsIn } from './condition.ts'
import type { Flow } from './flow.ts'
import { speaks } from './instrument.ts'
import { type FlowLibrary, itemOf, type Problem } from './library.ts'
import { problem, type Source, type Sources } from './source.ts'
import type { PlacedPair } from './texts.ts'

/** Names and numbers may be the same in both; a sentence never is. */
const SAME_FROM_WORDS = 3

export function checkLanguages(source: Source, texts: readonly PlacedPair[]): Problem[] {
  return texts.flatMap(({ pair, path }) => {
    const found: Problem[] = []
    if (pair.en === pair.es && pair.en.split(/\s+/).length >= SAME_FROM_WORDS)
      found.push(problem(source, [...path, 'es'], 'the Spanish is the English again: translate it'))
    const [en, es] = [slotsOf(pair.en), slotsOf(pair.es)]
    const lonely = [...new Set([...en, ...es])].find((slot) => en.includes(slot) !== es.includes(slot))
    if (lonely !== undefined)
      found.push(problem(source, path, `\`${lonely}\` stands in one language only: say it in both`))
    return found
  })
}

function slotsOf(words: string): string[] {
  return words.match(/\{[a-zA-Z]+\}/g) ?? []
}

/** An item without Spanish is passed over there: then the flow must ask in Spanish by itself. */
export function checkSpanishStandIns(library: FlowLibrary, sources: Sources): Problem[] {
  return sources.flows.flatMap(([flow, source]) =>
    flow.steps.flatMap((step, index) => {
      const found = 'item' in step ? itemOf(library, step.item) : null
      if (!found || speaks(found.instrument, 'es-US') || asksInSpanish(flow)) return []
      return [
        problem(
          source,
          ['steps', index],
          `${found.instrument.id} has no Spanish and this flow asks nothing of its own there: add an ask with \`when: { about: locale, is: es-US }\``,
        ),
      ]
    }),
  )
}

function asksInSpanish(flow: Flow): boolean {
  return flow.steps.some((step) => 'ask' in step && testsIn(step.when).some(isAboutSpanish))
}

function isAboutSpanish(condition: Condition): boolean {
  return 'about' in condition && condition.about === 'locale' && condition.is === 'es-US'
}
