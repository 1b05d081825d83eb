/** Promises of thumbs: only a whole message is one, and a missed question goes to staff. */
import { expect, test } from 'vitest'
import { feedbackIn } from '../../flows/engine/understand/feedback.ts'

test('a thumb down is heard in both languages, and a sentence that goes on is none', () => {
  for (const text of [
    "That's not what I asked",
    '👎',
    'no, that’s not my question',
    'not helpful',
    'you didnt answer me',
  ])
    expect([text, feedbackIn(text)]).toEqual([text, 'missed'])
  for (const text of ['No es lo que pregunté', 'eso no me sirve', 'no me contestó', '👎🏽'])
    expect([text, feedbackIn(text)]).toEqual([text, 'missed'])
  for (const text of ['👍', 'that helps', 'me ayudó mucho']) expect([text, feedbackIn(text)]).toEqual([text, 'helped'])
  for (const text of [
    'you did not answer when i called in the night',
    'wrong',
    'no',
    'it does not help to hide it',
    '',
  ])
    expect([text, feedbackIn(text)]).toEqual([text, null])
})
