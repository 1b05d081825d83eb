import { expect, test } from 'vitest'
import { judge } from '../../flows/safety/gate.ts'
import type { Card } from '../../widget/shared/view-model.ts'
import { isMore } from '../../widget/visitor/browser-card.ts'
import { firstCard } from '../../widget/visitor/first-card.ts'

const cardFor = (text: string): Card => {
  const card = firstCard(judge(text, []), 'US', 'en')
  if (!card) throw new Error('This sentence must bring a card.')
  return card
}
const overdose = () => cardFor('he is blue and not breathing, he used fentanyl')
const thoughts = () => cardFor('i want to kill myself')

test('the card of the browser names 911 first for an overdose and 988 first for thoughts of suicide', () => {
  expect(overdose().links[0]?.href).toBe('tel:911')
  expect(thoughts().links[0]?.href).toBe('tel:988')
})

test('a guess never takes the place of a card that leads with the emergency number, and never repeats one', () => {
  expect(isMore(thoughts(), null)).toBe(true)
  expect(isMore(thoughts(), overdose())).toBe(false)
  expect(isMore(overdose(), thoughts())).toBe(true)
  expect(isMore(thoughts(), { ...thoughts(), isFromService: true })).toBe(false)
})

test('plain speech brings the card at once; what only leans on the question asked waits for the service', () => {
  for (const said of ['i want to kill myself', 'quiero matarme', 'he overdosed he wont wake up'])
    expect([said, firstCard(judge(said, []), 'US', 'en')?.isDoubtful]).toEqual([said, false])
  const named = judge('thirty four', [{ role: 'bot', text: 'What name should we use?' }])
  expect(firstCard(named, 'US', 'en')?.isDoubtful ?? true).toBe(true)
})
