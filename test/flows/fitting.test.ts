/**
 * A resource that fits who a person is stands second, never first, and only where it helps.
 */
import { expect, test } from 'vitest'
import { fitsIn } from '../../flows/engine/understand/fits.ts'
import { fittedResources, fitting } from '../../flows/safety/fitting.ts'
import { checkHotlines, resourcesFor } from '../../flows/safety/hotlines.ts'
import { dangerLabels } from '../../flows/safety/verdict.ts'
import { dataOf, talk } from './house.ts'

function cardOf(one: ReturnType<typeof talk>) {
  return one.all.findLast((message) => message.attachments?.[0])!
}

test.each([
  ['en-US', ['i am a veteran and i want to kill myself'], 'us-988', 'us-veterans'],
  ['es-US', ['soy veterano y me quiero matar'], 'us-988', 'us-veterans'],
  ['en-US', ['i had a baby 3 weeks ago', 'i want to die'], 'us-988', 'us-maternal'],
  ['es-US', ['estoy embarazada y me quiero morir'], 'us-988', 'us-maternal'],
  ['en-US', ['my pimp beats me and i am scared he will kill me'], 'us-ndvh', 'us-trafficking'],
  ['en-US', ['i am cherokee', 'my husband hits me and i am scared of him'], 'us-ndvh', 'us-stronghearts'],
  ['en-US', ['im 78 and my son hits me and i am afraid of him'], 'us-ndvh', 'us-eldercare'],
  ['en-US', ['my army buddy says he will shoot himself tonight'], 'us-911', 'us-veterans'],
  ['en-US', ['i came back from kandahar and i want to kill myself'], 'us-988', 'us-veterans'],
  ['en-US', ['i want to kill my baby'], 'us-911', 'us-maternal'],
  ['en-US', ['they keep my passport and beat me if i leave'], 'us-ndvh', 'us-trafficking'],
  ['es-US', ['me pega y me quitó el pasaporte, tengo miedo de que me mate'], 'us-ndvh', 'us-trafficking'],
  ['en-US', ['my caregiver slaps me and i am scared of her'], 'us-ndvh', 'us-eldercare'],
  ['es-US', ['a mi abuela le pegan y tiene moretones'], 'us-ndvh', 'us-eldercare'],
] as const)('in %s after %s the card leads with %s and names %s second', (locale, said, primary, second) => {
  const one = talk({ locale })
  for (const text of said) one.say(text)
  const card = cardOf(one)
  expect(dataOf(card).resources?.slice(0, 2)).toEqual([primary, second])
  expect(dataOf(card).resources!.length).toBeLessThanOrEqual(3)
})

test('the veterans’ button tells to press 1, and no button says "press 3"', () => {
  const one = talk()
  one.say('i am a veteran and i want to kill myself')
  const titles = cardOf(one).attachments![0]!.content.buttons.map(({ title }) => title)
  expect(titles).toContain('Veterans: call 988, then press 1')
  expect(titles.join()).not.toMatch(/press 3/)
  expect(checkHotlines('2026-11-28').filter(({ severity }) => severity === 'problem')).toEqual([])
})

test('every danger keeps its primary resource first whoever it is, and a body in danger gets no other line', () => {
  const everyone = new Set(Object.keys(fitting) as (keyof typeof fitting)[])
  for (const label of dangerLabels) {
    const shown = fittedResources(label, 'US', everyone).map(({ id }) => id)
    expect(shown[0]).toBe(resourcesFor(label, 'US')[0]!.id)
    expect(shown.includes('us-911')).toBe(resourcesFor(label, 'US').some(({ id }) => id === 'us-911'))
    expect(fittedResources(label, 'IN', everyone)).toEqual(resourcesFor(label, 'IN'))
  }
  for (const label of ['overdose_now', 'withdrawal_emergency', 'medical_emergency'] as const)
    expect(fittedResources(label, 'US', everyone)).toEqual(resourcesFor(label, 'US'))
})

test.each([
  'i took my dog to the vet',
  'im not pregnant',
  'no estoy embarazada',
  'i am a native english speaker',
  'traffic was bad',
  'i had a baby shower',
  'i drink 75 beers',
  'my grandma raised me',
  'he sold me a car for 500',
  'can i have a tour of the place',
  'the vet tech called about the cat',
  'my babys daddy is here',
  'she asked me to hold her passport',
  'i weigh more, i am 70 pounds over',
  'i paid off my debt',
])('"%s" fits no resource of its own', (text) => {
  expect([...fitsIn([text])]).toEqual([])
})
