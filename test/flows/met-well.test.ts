import { expect, test } from 'vitest'
import { isAnnoyed } from '../../flows/engine/understand/annoyance.ts'
import { fold } from '../../flows/engine/understand/fold.ts'
import { agree, dataOf, lastOf, talk } from './house.ts'

test.each(['this is stupid', 'stop asking', 'too many questions', 'qué tontería', 'ya basta', 'déjeme en paz'])(
  '"%s" is heard as anger: kindly, with a way out, and the second time with a person',
  (text) => {
    const one = talk({ locale: /[qydé]/.test(text[0]!) ? 'es-US' : 'en-US' })
    for (const said of ['screening', 'self']) one.say(said)
    one.say(text)
    expect(lastOf(one).text).toMatch(/I hear you|Le entiendo/)
    expect(dataOf(lastOf(one)).step).toBe('age')
    one.say(text)
    expect(one.messages.map((message) => message.text).join('\n')).toMatch(
      /pass you to a person|le paso con una persona/,
    )
    expect(dataOf(lastOf(one)).flow).toBe('contact')
  },
)

test.each([
  'i feel stupid',
  'it is enough to live on',
  'no',
  'i was told to go away by my mom',
  'is this a joke program?',
])('"%s" is no anger at the questions', (text) => {
  expect(isAnnoyed(text)).toBe(false)
})

test('a letter held down says nothing; names of one letter stay', () => {
  expect(fold('Nooooo, para miii')).toBe('no para mi')
  expect(fold('AAA')).toBe('aaa')
  expect(fold('Anna Lee')).toBe('anna lee')
})

test('a correction alone is no sign of distress', () => {
  const one = talk({ locale: 'es-US' })
  for (const said of ['screening', 'self', '63', 'no', 'perdón, en realidad tengo 36']) one.say(said)
  expect(one.messages.map((message) => message.text).join('\n')).not.toMatch(/Eso suena difícil/)
  expect(one.state.answers.age?.value).toBe(36)
})

test('a safety question left open is not thanked for, and still brings the help line and staff', () => {
  const one = talk()
  for (const said of ['screening', 'self', '34', 'no', 'no', 'no', 'skip']) one.say(said)
  const said = one.messages.map((message) => message.text).join('\n')
  expect(said).toMatch(/You do not have to answer that/)
  expect(said).not.toMatch(/Thank you for telling me/)
  expect(one.effects.some((effect) => effect.type === 'page-on-call')).toBe(true)
})

test('who asks for a person again while the way to be reached is asked hears that one is coming', () => {
  const one = talk()
  one.say('talk to a person')
  one.say('i want a person')
  expect(lastOf(one).text).toMatch(/^A person takes it from here\./)
  expect(dataOf(lastOf(one)).step).toBe('name')
})

test('who refused to be contacted and then asks for a person is asked again, not turned away', () => {
  const one = talk()
  one.say('talk to a person')
  for (let turn = 0; turn < 12 && dataOf(lastOf(one)).step !== 'consent-contact'; turn += 1) one.say(agree(lastOf(one)))
  one.say('No')
  expect(one.messages.map((message) => message.text).join()).toMatch(/nobody will contact you/)
  one.say('Talk to a person')
  expect(dataOf(lastOf(one)).step).toBe('consent-contact')
})

test('a question asked twice is answered twice, and never taken for a name', () => {
  const one = talk({}, { answer: () => ({ kind: 'answer', text: 'An answer.' }) })
  one.say('talk to a person')
  one.say('where are you?')
  one.say('where are you?')
  expect(one.state.answers.name).toBeUndefined()
  expect(one.messages[0]?.text).toBe('An answer.')
})

test('"change my insurance" before any was named says so', () => {
  const one = talk()
  for (const said of ['screening', 'self', 'change my insurance']) one.say(said)
  expect(lastOf(one).text).toMatch(/^I have nothing there to change so far/)
})

test.each([
  ['which one?', 'self'],
  ['¿cuál?', 'self'],
])('"%s" at a question is explained, not looked up', (text) => {
  const one = talk()
  one.say('screening')
  one.say(text)
  expect(one.effects.some((effect) => effect.type === 'answer-question')).toBe(false)
  expect(dataOf(lastOf(one)).step).toBe('whom')
})

test('one word that begins a choice is that choice', () => {
  const one = talk()
  for (const said of ['screening', 'self', '34', 'no', 'no', 'no', 'no', 'monthly']) one.say(said)
  expect(one.state.answers['audit-c.audit1']?.value).toBe('monthly-or-less')
})

test.each([
  ['en-US', 'my brother died last month', 'a person from the team'],
  ['en-US', 'i cry every night', 'a person from the team'],
  ['es-US', 'mi hermano murió el mes pasado', 'una persona del equipo'],
] as const)('in %s "%s" is met with kind words and an offer, never with a passage of a page', (locale, said, offer) => {
  const page = { kind: 'partial' as const, text: 'Nearest on our page: groups meet on Tuesday.', isQuestion: true }
  const one = talk({ locale }, { answer: () => ({ ...page, unanswered: true }) })
  const words = one
    .say(said)
    .map(({ text }) => text)
    .join('\n')
  expect(words).toContain('988')
  expect(words).toContain(offer)
  expect(words).not.toContain('Nearest')
  expect(one.effects.map(({ type }) => type)).not.toContain('remember-question')
  one.say(locale === 'en-US' ? 'yes' : 'sí')
  expect(one.state.answers['wants-person']?.value ?? one.state.answers.intent?.value).toMatch(/yes|person/)
})

test('a question beside a death is answered', () => {
  const one = talk({}, { answer: () => ({ kind: 'answer', text: 'We take Aetna.', isQuestion: true }) })
  const words = one.say('my brother died last month. do you take aetna?').map(({ text }) => text)
  expect(words).toContain('We take Aetna.')
})
