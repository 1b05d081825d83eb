import { expect, test } from 'vitest'
import { answersOf, briefOf, scoresOf } from '../../flows/brief.ts'
import { agree, dataOf, lastOf, type Talk, talk, unclearTo } from './house.ts'

function agreed(one: Talk): Talk {
  for (let turn = 0; turn < 50 && one.state.disposition === null; turn += 1) one.say(agree(lastOf(one)))
  return one
}

test('the brief says whom to greet, how, what she wants, and why she was routed so', () => {
  const one = talk()
  one.say('I have been drinking every night since my divorce and I am tired of it')
  agreed(one)
  const brief = briefOf(one.world, one.state)
  expect(brief).toMatchObject({
    name: 'Ana',
    danger: null,
    contact: { phone: '+1 609 555 2368', voicemailIsSafe: true, isSafe: true },
    coverage: { mayBeChecked: true },
  })
  expect(brief.ownWords).toMatch(/divorce/)
  expect(brief.about!.split(' ').length).toBeLessThanOrEqual(7)
  expect(brief.route.primary).toBe('iop-fit')
  expect(brief.reasons[0]).toMatch(/^I-01 /)
  expect(brief.consents.map((consent) => consent.kind).sort()).toEqual(['contact', 'payer-disclosure', 'texting'])
  expect(brief.suggestedFirstSentence).toMatch(/Ana/)
})

test('a long story is quoted in at most 200 characters', () => {
  const one = talk()
  one.say(
    'My husband and I moved here from Ohio in the spring and he found a job at the port while I stayed home with our two boys. He has been drinking beer after work for years but since the move it is every night, and last week his boss noticed it. We have Horizon through his union. He says he is willing to try evenings.',
  )
  expect(briefOf(one.world, one.state).ownWords!.length).toBeLessThanOrEqual(200)
})

test('scores stand apart with every item answer, and none is in the brief', () => {
  const one = agreed(talk())
  const scores = scoresOf(one.world, one.state)
  expect(scores.map((one) => one.instrument).sort()).toEqual(['asq', 'audit-c', 'phq-4', 'taps-1'])
  expect(scores.find((one) => one.instrument === 'phq-4')?.items).toHaveLength(4)
  expect(JSON.stringify(briefOf(one.world, one.state))).not.toMatch(/minimal|severe|total/)
})

test('danger is in the brief with its label and time, and a threatened person is not to be called', () => {
  const one = talk()
  one.say('my boyfriend hits me and i am scared of him')
  const brief = briefOf(one.world, one.state)
  expect(brief.danger).toMatchObject({ label: 'violence_victim', isOpen: true })
  expect(brief.contact.isSafe).toBe(false)
  expect(brief.route.primary).toBe('emergency')
})

test('no score, severity or level is ever shown to a visitor', () => {
  const one = agreed(talk())
  const shown = one.all.map((message) => message.text).join('\n')
  expect(shown).not.toMatch(/\bscore|severe depression|moderate depression|minimal|ASAM|level 2|positive screen/i)
  expect(one.all.every((message) => dataOf(message).kind !== undefined)).toBe(true)
})

test('every answer stands beside its question, without the engine’s own marks', () => {
  const one = agreed(talk())
  const given = answersOf(one.world, one.state)
  expect(given.map((line) => line.answer)).toEqual(expect.arrayContaining(['age', 'asq.asq1', 'payer', 'phone']))
  expect(given.some((line) => /note|aside|wants-person/.test(line.answer))).toBe(false)
  expect(given.find((line) => line.answer === 'member-id')?.words).toBe('W123456789')
})

test('a row of danger shows what was said of it, newest first, and never an unrelated question', () => {
  const one = talk({}, { answer: (question) => ({ isQuestion: question.includes('?') }) })
  one.say('is there a swimming pool?')
  one.say('I have been drinking every night since my divorce')
  expect(briefOf(one.world, one.state).about).toMatch(/^I have been drinking/)
  one.say('I am going to kill myself')
  expect(briefOf(one.world, one.state).about).toBe('I am going to kill myself')
  one.say('is there a sauna?')
  expect(briefOf(one.world, one.state).about).toBe('I am going to kill myself')
  one.say('i have the pills in my hand and i will take them now')
  expect(briefOf(one.world, one.state).about).toBe('i have the pills in my …')
})

test('after a check-in the row shows the words that led to it, not the yes', () => {
  const one = talk()
  one.say('screening')
  const words = unclearTo(one)
  one.say(words)
  one.say('yes')
  expect(one.state.crisis).not.toBeNull()
  expect(words.startsWith(briefOf(one.world, one.state).about!.replace(/ …$/, ''))).toBe(true)
})
