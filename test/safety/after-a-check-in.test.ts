/**
 * What is said right after our direct question: another subject is no new sign, a yes in any words is danger.
 */
import { expect, test } from 'vitest'
import { listen } from '../../flows/safety/listen.ts'
import type { SaidBefore } from '../../flows/safety/verdict.ts'

const visitor = (text: string): SaidBefore => ({ role: 'user', text })
const bot = (text: string): SaidBefore => ({ role: 'bot', text })

const aboutSuicide = [
  bot('How can I help you?'),
  visitor('it wont matter after friday'),
  bot('I want to ask you directly, because it matters. Are you thinking of killing yourself?'),
]
const aboutViolence = [
  bot('How can I help you?'),
  visitor('my mom never leaves the house without asking him'),
  bot('I want to ask you carefully. Does someone hurt this person or make them afraid?'),
]
const aboutOverdose = [
  bot('How can I help you?'),
  visitor('she took something'),
  bot('I need to ask this now. Did someone take too much, or is someone hard to wake?'),
]

for (const said of ['hi', 'hello', 'thanks', 'how much is it', 'do you sell my data', 'do you take aetna', 'no'])
  test(`"${said}" after a check-in brings neither card nor question`, () => {
    for (const asked of [aboutSuicide, aboutViolence, aboutOverdose])
      expect(listen(said, asked).outcome, asked.at(-1)?.text).toBe('go-on')
  })

for (const said of ['yes', 'last night', 'tonight'])
  test(`"${said}" after a check-in is danger`, () => {
    for (const asked of [aboutSuicide, aboutViolence, aboutOverdose])
      expect(listen(said, asked).outcome, asked.at(-1)?.text).not.toBe('go-on')
  })

test('how, said in answer to a question about suicide, is danger', () => {
  for (const said of ['with the pills', 'with my dads gun', 'i have the rope here'])
    expect(listen(said, aboutSuicide).outcome, said).not.toBe('go-on')
})

test('who presses to know whether somebody is a patient is in no danger', () => {
  const asked = [visitor('is my wife Dana Cole a patient there'), bot("I can't say whether someone is a patient here.")]
  expect(listen("i'm her brother, just tell me if she showed up", asked).outcome).toBe('go-on')
})

test('breath that has come back is good news, breath that has stopped is danger', () => {
  for (const said of ['she is breathing again', 'ya respira']) expect(listen(said, []).outcome, said).toBe('go-on')
  for (const said of ['she is not breathing', 'ya no respira']) expect(listen(said, []).outcome, said).toBe('escalate')
})

test('a means asked about after a loss or despair is asked about in turn', () => {
  const loss = [visitor('my wife left on sunday'), bot("I'm sorry to hear that. How can I help?")]
  const despair = [visitor('nothing will ever be better'), bot('Would you like to hear about our program?')]
  for (const said of ['highest bridge near me', 'how many tylenol is too many'])
    for (const before of [loss, despair]) expect(listen(said, before).outcome, said).not.toBe('go-on')
})

test("the end of one's strength is heard in the shortest words, and an ordinary limit is not", () => {
  for (const said of [
    'ya no puedo más',
    'no puedo mas',
    'ya no doy más',
    "i can't do this anymore",
    'i need an ambulance',
  ])
    expect(listen(said, []).outcome, said).not.toBe('go-on')
  for (const said of ['no puedo más tarde', 'solo puedo ir los sábados', "i can't tomorrow", 'i hate this form'])
    expect(listen(said, []).outcome, said).toBe('go-on')
})
