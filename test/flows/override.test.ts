import { expect, test } from 'vitest'
import { readFlows } from '../../flows/engine/read.ts'
import { newConversation, step } from '../../flows/engine/step.ts'
import { dataOf, NIGHT, programOf, scriptFiles } from './house.ts'

const override = `
overrides: inspira
review: awaiting-review
words:
  welcome/how-help: { en: What brings you here?, es: ¿Qué le trae por aquí? }
insert:
  - flow: for-whom
    after: whom
    step:
      id: campus
      ask: { en: Which campus is closer to you?, es: ¿Qué sede le queda más cerca? }
      input: choice
      answer: campus
      why: { en: So that the right team calls., es: Para que llame el equipo adecuado. }
      options:
        - { value: vineland, en: Vineland, es: Vineland }
        - { value: bridgeton, en: Bridgeton, es: Bridgeton }
`

function openWith(text: string, program: string) {
  const { flows, problems } = readFlows([...scriptFiles(), { path: 'knowledge/programs/inspira/words.yaml', text }])
  expect(problems.filter((one) => one.severity === 'problem')).toEqual([])
  const world = { flows, program: programOf(program) }
  const state = newConversation(flows, { program: world.program, locale: 'en-US', at: NIGHT })
  return { flows, opened: step(world, state, { type: 'open', at: NIGHT }) }
}

function lastWords(effects: ReturnType<typeof step>['effects']): string {
  const last = effects.findLast((effect) => effect.type === 'say')
  expect(last?.type === 'say' && dataOf(last.message).input).toBeTruthy()
  return last?.type === 'say' ? last.message.text : ''
}

test('a program says it in its own words, the others as before', () => {
  expect(lastWords(openWith(override, 'inspira').opened.effects)).toBe('What brings you here?')
  expect(lastWords(openWith(override, 'sample-001').opened.effects)).toBe('How can I help you?')
})

test('a step that a program adds is asked only there', () => {
  const { flows } = openWith(override, 'inspira')
  const steps = flows.flows.get('for-whom')!.steps
  expect(steps.map((one) => one.id)).toEqual(['whom', 'campus'])
  expect(steps[1]!.when).toEqual({ about: 'program', is: 'inspira' })
})

test('an override that fits nowhere is a problem with its place', () => {
  const text = override.replace('welcome/how-help', 'welcome/how-halp').replace('after: whom', 'after: whim')
  const { problems } = readFlows([...scriptFiles(), { path: 'words.yaml', text }])
  const found = problems.filter((one) => one.severity === 'problem')
  expect(found.map((one) => one.message).join('\n')).toMatch(
    /no step `welcome\/how-halp`[\s\S]*no step `for-whom\/whim` to insert after/,
  )
  expect(found.every((one) => one.line > 1)).toBe(true)
})
