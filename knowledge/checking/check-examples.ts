/**
 * Checks that each example of a fact leads to it: what `check` asks is what a visitor would be told.
 */
import { answer } from '../answer.ts'
import type { Fact } from '../fact.ts'
import { type Problem, placeIn } from '../folder/fact-page.ts'
import type { Program } from '../program.ts'
import { topicAsked } from '../topics/topic-asked.ts'
import type { ProgramFolder } from './next-steps.ts'

/** @param today - YYYY-MM-DD. */
export function missedExamples(program: Program, { pages }: Pick<ProgramFolder, 'pages'>, today: string): Problem[] {
  return pages.flatMap(({ path, page }) =>
    page.facts.flatMap((fact) =>
      (['en', 'es'] as const).flatMap((tongue) =>
        fact.examples[tongue]
          .filter((text) => !leadsTo(fact, text, { program, today }))
          .map((text): Problem => {
            const place = placeIn(page, fact.id, [tongue === 'en' ? 'try' : 'prueba', text])
            const message = `${fact.id}: its own example "${text}" does not lead to it${heardAs(fact, text, program)}`
            return { file: path, ...place, message, severity: 'problem' }
          }),
      ),
    ),
  )
}

function leadsTo(fact: Fact, text: string, { program, today }: { program: Program; today: string }): boolean {
  return answer({ text, locale: 'en-US', today }, program).facts.some(({ id }) => id === fact.id)
}

/** What an example is taken to ask, where the fact does not say that it answers that. */
function heardAs({ asks }: Fact, text: string, program: Program): string {
  const topic = topicAsked(text, program)
  if (topic === null || asks.includes(topic)) return ': put it otherwise, or take it out'
  return `: it is heard as "${topic}", so add that to its asks, or put the example otherwise`
}
