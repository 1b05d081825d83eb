/**
 * One word after the other: a sentence is put together from them, an answer at an intake is not its end.
 */
import { expect, test } from 'vitest'
import { piecedTogether } from '../../flows/safety/fragments.ts'
import { listen } from '../../flows/safety/listen.ts'
import type { SaidBefore } from '../../flows/safety/verdict.ts'

const said = (...words: string[]): SaidBefore[] =>
  words.flatMap((text) => [{ role: 'user', text } as const, { role: 'bot', text: 'I did not get that.' } as const])

test('a sentence that comes word by word is heard at its last word, in both languages', () => {
  expect(listen('myself', said('i', 'want', 'to', 'kill')).outcome).toBe('escalate')
  expect(listen('vivir', said('ya', 'no', 'quiero')).outcome).toBe('escalate')
})

test('yes and no answer a question and end no sentence', () => {
  for (const answer of ['yes', 'No', 'no.', 'sí', 'skip'])
    expect(piecedTogether(answer, said('home', 'alone', 'Aetna'))).toBeNull()
  expect(listen('no', said('no', 'yes', 'Aetna', 'no')).outcome).toBe('go-on')
})
