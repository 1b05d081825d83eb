/**
 * A message is heard at the door and in its turn, and judged once, unless something was said in between.
 */
import { expect, test } from 'vitest'
import { screenedMessage } from '../../bot/turn/screened.ts'

test('the same message in the same talk keeps its verdict; a talk that has gone on hears it anew', () => {
  const activity = { type: 'message' as const, text: 'yes' }
  const said = [{ role: 'bot' as const, text: 'Do you have a name for it?' }]
  const first = screenedMessage(activity, said)
  expect(screenedMessage(activity, said)).toBe(first)
  const asked = [...said, { role: 'bot' as const, text: 'Are you thinking about killing yourself?' }]
  const anew = screenedMessage(activity, asked)
  expect(anew).not.toBe(first)
  expect(anew?.verdict.outcome).toBe('escalate')
  expect(screenedMessage({ ...activity }, said)).toBe(first)
})

test('words sent again keep their verdict; other words and forms are heard', () => {
  const said = [{ role: 'bot' as const, text: 'Are you thinking about killing yourself?' }]
  const hear = (activity: object) => screenedMessage({ type: 'message', ...activity }, said)?.verdict.outcome
  expect(hear({ text: 'not at all, thank you' })).toBe('go-on')
  expect(hear({ text: 'not at all, thank you' })).toBe('go-on')
  expect(hear({ text: 'yes' })).toBe('escalate')
  expect(hear({ text: 'yes' })).toBe('escalate')
  expect(hear({ text: 'not at all, thank you', value: { more: 'I want to kill myself' } })).toBe('escalate')
  expect(hear({ text: 'not at all, thank you' })).toBe('go-on')
})

test('typing and events carry no words', () => {
  expect(screenedMessage({ type: 'typing' }, [])).toBeNull()
  expect(screenedMessage({ type: 'event', name: 'porchlight/open' }, [])).toBeNull()
})
