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
  expect(screenedMessage({ ...activity }, said)).toEqual(first)
})

test('typing and events carry no words', () => {
  expect(screenedMessage({ type: 'typing' }, [])).toBeNull()
  expect(screenedMessage({ type: 'event', name: 'porchlight/open' }, [])).toBeNull()
})
