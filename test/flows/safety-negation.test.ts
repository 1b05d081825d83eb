/**
 * "Not" is understood: what is denied is calm, and what only sounds denied is not.
 */
import { expect, test } from 'vitest'
import { judge } from '../../flows/safety/gate.ts'
import { withContext } from '../safety/author-lines.ts'

const outcomeOf = (line: string): string => {
  const { text, context } = withContext(line)
  return judge(text, context).outcome
}

test.each([
  'im not suicidal',
  'I am not suicidal, I just want to stop drinking.',
  'i have never thought about killing myself',
  'no thoughts of suicide, no plan',
  'she denies suicidal ideation',
  'i would never kill myself, i have kids',
  'i dont want to hurt myself',
  'no quiero matarme',
  'nunca he pensado en suicidarme',
  'no estoy pensando en hacerme daño',
  'no one is hurting me',
  'nadie me pega en mi casa',
  'Are you thinking about killing yourself? >> no',
  'Have you wished you were dead? >> no never',
  '¿Ha pensado en suicidarse? >> no, nunca',
])('does not raise the alarm: %s', (line) => {
  expect(outcomeOf(line)).not.toBe('escalate')
})

test.each([
  'i cant stop thinking about killing myself',
  'i dont want to be alive anymore',
  'i dont want to die but i dont want to live either',
  'not that id tell anyone but i want to kill myself',
  'not gonna lie i want to kill myself',
  'no, i want to kill myself',
  'i wouldnt care if i didnt wake up',
  'no puedo dejar de pensar en matarme',
  'ya no quiero vivir',
  'Can you keep yourself safe tonight? >> no',
  'Is he breathing? >> no',
  'Do you feel safe at home? >> no',
])('still hears: %s', (line) => {
  expect(outcomeOf(line)).not.toBe('go-on')
})
