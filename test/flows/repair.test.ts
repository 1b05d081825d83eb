import { expect, test } from 'vitest'
import { agree, dataOf, lastOf, type Talk, talk } from './house.ts'

/** Agrees until the given step is asked. */
function upTo(one: Talk, step: string): Talk {
  for (let turn = 0; turn < 50 && dataOf(lastOf(one)).step !== step; turn += 1) one.say(agree(lastOf(one)))
  expect(dataOf(lastOf(one)).step).toBe(step)
  return one
}

test('two answers in one sentence fill both, and neither is asked again', () => {
  const one = talk()
  one.say("I'm 34 and it's for my son")
  expect(one.state.answers.age?.value).toBe(34)
  expect(one.state.answers['for-whom']?.value).toBe('loved-one')
  expect(dataOf(lastOf(one)).flow).toBe('loved-one')
})

test('an age given later in passing is not asked again', () => {
  const one = talk()
  one.say('screening')
  one.say('for me, I am 40 years old')
  expect(one.state.answers.age?.value).toBe(40)
  expect(dataOf(lastOf(one)).step).toBe('asq1')
})

test('"actually I am 36" corrects the age, says so once, and the pending question stays', () => {
  const one = upTo(talk(), 'impact')
  const messages = one.say("actually I'm 36")
  expect(one.state.answers.age?.value).toBe(36)
  expect(messages[0]!.text).toMatch(/36/)
  expect(dataOf(lastOf(one)).step).toBe('impact')
})

test('an age under 18 leaves the adult flow at once, and what was answered is set aside, not lost', () => {
  const one = upTo(talk(), 'payer')
  one.say('oh sorry, I am 16 years old')
  expect(one.state.answers.age?.value).toBe(16)
  expect(dataOf(lastOf(one)).flow).toBe('minor')
  expect(one.state.stack.map((place) => place.flow)).not.toContain('insurance')
})

test('"wait, it is for my sister" moves to the way for loved ones', () => {
  const one = upTo(talk(), 'audit1')
  one.say('wait, its for my sister')
  expect(one.state.answers['for-whom']?.value).toBe('loved-one')
  expect(dataOf(lastOf(one)).flow).toBe('loved-one')
})

test('"change my insurance" asks it again with all that hung on it, and comes back', () => {
  const one = upTo(talk(), 'reach-by')
  one.say('change my insurance')
  expect(dataOf(lastOf(one)).step).toBe('payer')
  one.say('Horizon')
  expect(one.state.coverage.payer).toBe('Horizon')
  one.say('hmo')
  expect(dataOf(lastOf(one)).step).toBe('whose-plan')
  one.say('my own')
  expect(dataOf(lastOf(one)).step).toBe('reach-by')
})

test('a phone number can be corrected from anywhere', () => {
  const one = upTo(talk(), 'voicemail')
  one.say('sorry, 609 555 9999')
  expect(one.state.answers.phone?.value).toBe('+1 609 555 9999')
  expect(dataOf(lastOf(one)).step).toBe('voicemail')
})

test('back goes any number of steps, and forward again nothing is lost', () => {
  const one = upTo(talk(), 'gad1')
  one.say('back')
  expect(dataOf(lastOf(one)).step).toBe('taps5')
  one.say('back')
  expect(dataOf(lastOf(one)).step).toBe('taps4')
  one.say('never')
  one.say('never')
  expect(dataOf(lastOf(one)).step).toBe('gad1')
})

test('back at the first question stays there and says so', () => {
  const one = talk()
  one.say('back')
  expect(dataOf(lastOf(one)).step).toBe('how-help')
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('a question in the middle is answered and the pending question asked again', () => {
  const one = upTo(
    talk(
      {},
      { answer: () => ({ kind: 'answer', text: 'Three evenings a week.', isQuestion: true, unanswered: false }) },
    ),
    'audit1',
  )
  const messages = one.say('how many evenings is it?')
  expect(messages.map((message) => dataOf(message).kind)).toEqual(['answer', 'question'])
  expect(dataOf(lastOf(one)).step).toBe('audit1')
})

test('a question that nobody can answer is remembered for staff', () => {
  const one = talk()
  one.say('do you have parking for a horse?')
  expect(one.effects.some((effect) => effect.type === 'remember-question')).toBe(true)
  expect(one.state.openQuestions).toEqual(['do you have parking for a horse?'])
})

test.each(['do you take my insurance', 'who runs groups', 'whats it cost', 'how long is the program'])(
  'at the open question "%s" is asked of the knowledge base',
  (text) => {
    const one = talk({}, { answer: () => ({ kind: 'answer', text: 'So it is.', isQuestion: true, unanswered: false }) })
    const messages = one.say(text)
    expect(dataOf(messages[0]!).kind).toBe('answer')
    expect(dataOf(lastOf(one)).step).toBe('how-help')
  },
)

test('the visitor’s own first words are kept for the brief, and the screening is offered', () => {
  const one = talk()
  one.say('I have been drinking every night since my divorce')
  expect(one.state.answers['own-words']?.said).toMatch(/divorce/)
  expect(dataOf(lastOf(one)).input?.options?.[0]?.value).toBe('screening')
})

test('what is not understood is asked again with buttons, then a person takes over, never a loop', () => {
  const one = upTo(talk(), 'impact')
  const steps = ['blorp', 'blorp blorp', 'blorp'].map((text) => {
    one.say(text)
    return dataOf(lastOf(one)).step
  })
  expect(steps.slice(0, 2)).toEqual(['impact', 'impact'])
  expect(steps[2]).toBe('name')
  expect(one.state.answers['wants-person']?.value).toBe('yes')
})

test('"why do you ask?" says why, "what do you mean?" explains, and the question stays', () => {
  const one = upTo(talk(), 'age')
  expect(one.say('why do you ask?')[0]!.text).toMatch(/adults/)
  expect(one.say('what do you mean?')[0]!.text).toMatch(/34/)
  expect(dataOf(lastOf(one)).step).toBe('age')
})

test('every question can be refused, and a refusal is unknown, never "no"', () => {
  const one = talk()
  one.say('screening')
  one.say('me')
  for (let turn = 0; turn < 40 && dataOf(lastOf(one)).flow !== 'closing'; turn += 1) one.say('skip')
  expect(one.state.disposition).not.toBeNull()
  expect(one.state.route?.primary).toMatch(/crisis|emergency/)
  expect(one.state.route?.unanswered).toContain('needs24h')
})

test('a refused safety item counts as positive for the route, and staff are called', () => {
  const one = upTo(talk(), 'asq1')
  one.say('prefer not to say')
  one.say('no')
  one.say('no')
  one.say('no')
  expect(dataOf(lastOf(one)).item).toBe('asq5')
  expect(one.effects.some((effect) => effect.type === 'open-lead')).toBe(true)
  one.say('no')
  expect(one.state.route?.primary).toBe('crisis')
})

test('"talk to a person" leaves screening and insurance out and keeps what was said', () => {
  const one = upTo(talk(), 'audit1')
  one.say('can i talk to a person')
  expect(dataOf(lastOf(one)).flow).toBe('contact')
  upTo(one, 'consent-contact')
  one.say('yes')
  one.say('no')
  one.say('send')
  expect(one.state.disposition).toBe('handed-off')
  expect(one.effects.find((effect) => effect.type === 'open-lead')).toMatchObject({ route: 'staff-decides' })
})

test('start over forgets the answers, but not a danger sign', () => {
  const one = upTo(talk(), 'audit1')
  one.say('start over')
  expect(one.state.answers.age).toBeUndefined()
  expect(dataOf(lastOf(one)).step).toBe('how-help')
  one.say('I am going to kill myself tonight')
  one.say('continue')
  one.say('start over')
  expect(one.state.crisis).not.toBeNull()
})

test('the language can change at any step, and the question comes again in it', () => {
  const one = upTo(talk(), 'impact')
  one.say('español')
  expect(one.state.locale).toBe('es-US')
  expect(lastOf(one).text).toMatch(/¿Cuánto le afecta/)
  one.say('in english please')
  expect(lastOf(one).text).toMatch(/How much/)
})

test('somebody who begins in Spanish is answered in Spanish', () => {
  const one = talk()
  one.say('hola, necesito ayuda para mi hijo')
  expect(one.state.locale).toBe('es-US')
  expect(lastOf(one).locale).toBe('es-US')
})

test('goodbye leaves the chat open and says how to come back', () => {
  const one = upTo(talk(), 'impact')
  one.say('goodbye')
  expect(one.state.disposition).toBe('information')
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('what was told of another person is no line of a request for oneself, and comes back when it is for her again', () => {
  const one = talk()
  for (const line of ["I'm 34 and it's for my son", 'I am not sure', 'yes', 'he drinks all night', 'no']) one.say(line)
  one.say('wait, it is for me')
  expect(one.state.answers['loved-one-safe']).toBeUndefined()
  expect(one.state.answers['wants-help']).toBeUndefined()
  one.say('no')
  expect(one.state.answers['asq.asq1']?.value).toBe('no')
  one.say('wait, it is for my son')
  expect(one.state.answers['asq.asq1']).toBeUndefined()
  expect(one.state.answers['loved-one-safe']?.value).toBe('not-sure')
  expect(dataOf(lastOf(one)).step).toBe('state')
})

test('a year of birth tells or corrects the age, in both languages; where it may be 17 or 18, the age is asked', () => {
  const one = upTo(talk(), 'age')
  one.say('1992')
  expect(one.state.answers.age?.value).toBe(34)
  for (const [said, age] of [
    ['actually my birth year is 1990', 36],
    ['perdón, nací en 1988', 38],
    ['wait, I was born in may of 2008', 38],
    ['my son was born in 2010', 38],
    ['I was born in 2010', 16],
  ] as const) {
    const messages = one.say(said)
    expect(one.state.answers.age?.value, said).toBe(age)
    if (said.includes('2008')) expect(messages[0]!.text).toMatch(/age in years/)
  }
  expect(dataOf(lastOf(one)).flow).toBe('minor')
})

test('"no" or "nada" to "in your own words" is no story: the question is left open', () => {
  for (const said of ['no', 'nada', 'nothing']) {
    const one = upTo(talk(), 'own-words')
    one.say(said)
    expect(one.state.answers['own-words']?.value, said).toBeNull()
  }
})
