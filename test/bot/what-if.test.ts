import { expect, test } from 'vitest'
import { type Course, whatIf } from '../../bot/scripts/what-if.ts'
import { readWorld, type World } from '../../bot/world.ts'
import { readFlows } from '../../flows/engine/read.ts'

const world = readWorld('knowledge/programs')
const at = '2026-11-23T15:00:00.000Z'

function changed(file: string, from: string, to: string): World {
  const scripts = world.scripts.map((one) =>
    one.path.endsWith(file) ? { ...one, text: one.text.replace(from, to) } : one,
  )
  return { ...world, flows: readFlows(scripts).flows, scripts }
}

const texts = ['screening', 'For me', '34', 'no', 'no', 'no', 'no', 'never', 'never', 'never']
const course: Course = {
  name: 'a-sample',
  program: 'inspira',
  locale: 'en-US',
  at,
  said: texts.map((text) => ({ text, at })),
}

test('a change that touches no conversation is silent', async () => {
  expect(await whatIf(world, changed('minor.yaml', 'You did nothing wrong', 'You did no wrong'), course)).toBeNull()
})

test('a changed sentence is shown at its place, before and after', async () => {
  const changes = await whatIf(world, changed('screening.yaml', 'How old are you?', 'What is your age?'), course)
  expect(changes).toMatchObject({
    route: null,
    words: [{ place: 'screening/age', before: 'How old are you?', after: 'What is your age?' }],
  })
})

test('a question that falls away, and what follows from it, is listed', async () => {
  const shorter = await whatIf(
    world,
    changed(
      'safety.yaml',
      '  - id: asq4\n    item: { instrument: asq, item: asq4 }\n    why: *why\n    explain: *explain\n',
      '',
    ),
    course,
  )
  expect(shorter?.noLongerAsked).toContain('safety/asq4')
})
