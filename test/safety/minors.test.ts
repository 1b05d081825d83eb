/**
 * How old somebody is says nothing of what is done to her: the card names what she wrote.
 */
import { expect, test } from 'vitest'
import { listen } from '../../flows/safety/listen.ts'

const suicide = /^suicide_/

test.each([
  'tengo 15 años y me quiero morir',
  'im 14 and i want to die',
  'soy menor de edad y me quiero matar',
  'my daughter is 12 and says she wants to die',
  'mi hijo de 10 años dice que se quiere morir',
])('a minor who wants to die is heard as that: %s', (text) => {
  const { outcome, label } = listen(text, [])
  expect(outcome).toBe('escalate')
  expect(label).toMatch(suicide)
})

test.each([
  "I'm 17 and I took all my pills",
  'took 30 xanax want to die',
  'tengo 16 años, me tomé todas las pastillas y me quiero morir',
])('what was taken already goes before the wish: %s', (text) => {
  expect(listen(text, []).label).toMatch(/^overdose_now$|^suicide_imminent$/)
})

test.each(['tengo 13 años y mi padrastro me pega', 'im 12 and my uncle touches me'])(
  'a child who is hurt is heard as that: %s',
  (text) => {
    expect(listen(text, []).label).toBe('child_abuse')
  },
)
