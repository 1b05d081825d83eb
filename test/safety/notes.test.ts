/**
 * Notes on objects are read by whoever wrote them and seen by nobody else.
 */
import { expect, test } from 'vitest'
import { notes as safetyNotes } from '../../flows/safety/notes.ts'
import { carryReading } from '../../flows/safety/reading.ts'
import { screen } from '../../flows/safety/screen.ts'
import { aboutTurn } from '../../flows/safety/turn-notes.ts'
import { notes as knowledgeNotes } from '../../knowledge/notes.ts'

for (const [folder, notes] of [
  ['flows', safetyNotes],
  ['knowledge', knowledgeNotes],
] as const) {
  test(`a note stays with its object, a frozen one too, and is no part of it (${folder})`, () => {
    const [length, word] = [notes<object, number>(), notes<object, string>()]
    const turn = Object.freeze({ role: 'user', text: 'hello' })
    expect(length.get(turn)).toBeUndefined()
    length.set(turn, 5)
    word.set(turn, 'hello')
    length.set(turn, 6)
    expect([length.get(turn), word.get(turn), length.get({ ...turn })]).toEqual([6, 'hello', undefined])
    expect(turn).toStrictEqual({ role: 'user', text: 'hello' })
    expect([JSON.stringify(turn), Reflect.ownKeys(turn)]).toEqual(['{"role":"user","text":"hello"}', ['role', 'text']])
  })
}

test('a message is read once, though others are heard before its turn; in other words than its own it is read anew', () => {
  const message = screen({ text: 'my son is using again' }, [])
  screen({ text: 'how long is the program' }, [])
  const [turn, masked] = [{ text: 'my son is using again' }, { text: '•••• 1234' }]
  carryReading(message, turn)
  carryReading(message, masked)
  expect(aboutTurn(turn).reading?.tokens.map(({ word }) => word)).toContain('son')
  expect(aboutTurn(masked).reading).toBeNull()
})
