import { expect, test } from 'vitest'
import type { Text } from '../../flows/engine/words.ts'
import type { DangerLabel, Who } from '../../flows/safety/verdict.ts'
import { dangerLabels } from '../../flows/safety/verdict.ts'
import { type Answers, dataOf, flows, lastOf, NIGHT, talk } from './house.ts'

interface Begin {
  readonly who?: Who
  readonly locale?: 'en-US' | 'es-US'
  readonly program?: string
}

function inDanger(label: DangerLabel, begin: Begin = {}, answers: Answers = {}) {
  const one = talk(begin, answers)
  one.state = {
    ...one.state,
    crisis: { label, who: begin.who ?? 'self', since: NIGHT, stage: 1, open: true },
    trail: [{ flow: 'crisis', step: label }],
  }
  return one
}

const wordsOf = (messages: readonly { text: string }[]): string => messages.map(({ text }) => text).join('\n')
const buttons = (messages: ReturnType<ReturnType<typeof talk>['say']>): string[] =>
  messages.flatMap((one) => one.attachments?.[0]?.content.buttons.map(({ value }) => value) ?? [])

test('who writes her age with the sign is spoken to as a young person from the first sentence', () => {
  const one = talk()
  const [card] = one.say('im 15 and i want to kill myself')
  expect(card!.text).toContain('an adult you trust')
  const spanish = talk({ locale: 'es-US' })
  const said = wordsOf(spanish.say('tengo 15 años y me quiero matar'))
  expect(said).toContain('Escribiste')
  expect(said).not.toMatch(/\b(usted|Escribió|Puede|Cree)\b/)
})

test.each([
  ['en-US', 'me quiero matar', 'Escribió'],
  ['en-US', 'mi esposo me pegó y tengo miedo', 'Escribió'],
  ['es-US', 'I want to kill myself', 'You wrote'],
] as const)('on a page in %s "%s" is answered in the language of the danger, card first', (locale, text, words) => {
  const one = talk({ locale })
  one.say('Aetna')
  const [card] = one.say(text)
  expect(dataOf(card!).kind).toBe('crisis')
  expect(card!.text).toContain(words)
  expect(lastOf(one).locale).not.toBe(locale)
})

test.each(dangerLabels)('%s says tú to the young in every step that is asked of them', (label) => {
  const { steps, self, other, checkIn, checkInOther } = flows.crisis.protocols.find((one) => one.label === label)!
  const texts = steps.flatMap((step) => [step.ask, ...step.options.flatMap(({ reply }) => reply ?? [])])
  const usted = /\b(usted|Llame|Vaya|Diga|Quédese|Puede (?!ser)|Tiene|Muéstrele|su teléfono)\b/
  for (const text of [
    ...texts,
    self.first,
    self.now,
    other.first,
    other.now,
    checkIn,
    ...(checkInOther ? [checkInOther] : []),
  ])
    if (usted.test(text.es)) expect(youngSpanish(text), text.es).not.toMatch(usted)
})

function youngSpanish(text: Text): string {
  return text.variants?.find((one) => one.minor)?.es ?? text.tu ?? text.es
}

test('where the program is in India no sentence of the protocol names 911, 988 or a text message', () => {
  const texts: Text[] = flows.crisis.protocols.flatMap((one) => [
    one.self.first,
    one.self.now,
    one.other.first,
    one.other.now,
    ...one.steps.flatMap((step) => [step.ask, ...step.options.flatMap(({ reply }) => reply ?? [])]),
  ])
  for (const text of [...texts, ...flows.crisis.heard, ...(flows.crisis.fine ?? [])]) {
    const here = text.variants?.find((one) => one.region === 'IN' && one.minor === undefined) ?? text
    expect(here.en).not.toMatch(/\b(911|988|by text|or text|text instead|Tap Text)\b/)
  }
  expect(texts.length).toBeGreaterThan(100)
})

test('"I am fine now" is met gladly, clears nothing, and a body in danger is still sent to care', () => {
  const one = inDanger('suicide_passive')
  expect(wordsOf(one.say("i'm fine"))).toMatch(/glad|Good/)
  expect(one.state.crisis?.open).toBe(true)
  const friend = inDanger('overdose_now', { who: 'other' })
  expect(wordsOf(friend.say('he woke up, he is fine now'))).toContain('medical help')
  const mother = inDanger('suicide_active', { locale: 'es-US' })
  expect(wordsOf(mother.say('ya estoy mejor'))).toContain('Me alegra')
})

test('a question about the program is not answered as if it were news; one to the listener is never put off', () => {
  const one = inDanger('suicide_active', {}, { answer: () => ({ unanswered: true }) })
  expect(wordsOf(one.say('how much does it cost?'))).not.toMatch(/Thank you for telling me more|I hear you/)
  expect(wordsOf(one.say('are you going to stop talking to me now?'))).toMatch(/I hear you|still here|every word/)
})

test('thanks are answered with welcome, and the protocol goes on', () => {
  const one = inDanger('suicide_passive')
  expect(wordsOf(one.say('thank you'))).toContain('welcome')
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('where it is not safe to write nothing more is asked, and the way back stays', () => {
  const one = inDanger('violence_victim')
  one.state = { ...one.state, trail: [...one.state.trail, { flow: 'crisis', step: 'violence_victim.safe-to-chat' }] }
  const said = one.say('no')
  expect(wordsOf(said)).toContain('Leave this page')
  expect(dataOf(lastOf(one)).input?.options?.map(({ value }) => value)).toEqual(['continue', 'elsewhere'])
})

test('who may be watched is shown the way out, not told to bring people in', () => {
  const one = inDanger('violence_victim')
  const said = ['hide', 'he is coming back', 'ok he left'].map((text) => wordsOf(one.say(text))).join('\n')
  expect(said).toContain('Leave this page')
  expect(said).not.toMatch(/let someone be with you|reach a person who can stay/)
})

test('words that name the emergency number come with its button', () => {
  const one = inDanger('child_abuse', { who: 'other' })
  one.state = { ...one.state, trail: [...one.state.trail, { flow: 'crisis', step: 'child_abuse.safe-now' }] }
  expect(buttons(one.say('not sure'))).toContain('tel:911')
  const there = inDanger('child_abuse', { who: 'other', program: 'jagruti' })
  there.state = { ...there.state, trail: [...there.state.trail, { flow: 'crisis', step: 'child_abuse.safe-now' }] }
  expect(buttons(there.say('not sure'))).toContain('tel:112')
})

test('a check-in about somebody else asks about that person, and "yes" stays about that person', () => {
  const one = talk()
  one.say('hello')
  const place = { flow: 'check-in', step: 'suicide_passive' }
  const about = { value: 'other', said: '', place, at: NIGHT }
  one.state = {
    ...one.state,
    stack: [...one.state.stack, place],
    answers: { ...one.state.answers, 'note.checked-who': about },
  }
  one.give({ type: 'language-chosen', locale: 'en-US', at: NIGHT })
  one.say('yes')
  expect(one.state.crisis?.who).toBe('other')
  for (const { checkIn, checkInOther } of flows.crisis.protocols)
    if (/\b(you|yourself)\b/.test(checkIn.en.split('. ').at(-1)!)) expect(checkInOther?.en).toMatch(/this person/)
})

test('her own heavier sign stays her own when she adds that a friend is low', () => {
  const one = inDanger('suicide_imminent')
  one.say('my friend wants to die too')
  expect(one.state.crisis).toMatchObject({ label: 'suicide_imminent', who: 'self' })
})

test('"i want to kill" that ends in "myself" over five messages brings the card for her own life', () => {
  const one = talk()
  for (const word of ['i', 'want', 'to', 'kill']) one.say(word)
  one.say('myself')
  expect(one.state.crisis?.label).toBe('suicide_active')
  expect(one.all.some((message) => dataOf(message).resources?.[0] === 'us-988')).toBe(true)
})

test.each([
  ['my husband hits me and i am scared of him', 'E-04', false],
  ['he took too many pills and is not breathing', 'E-02', false],
  ['i want to kill myself', 'C-01', true],
  ['i cut myself again tonight', 'C-01', true],
] as const)('the desk reads why "%s" is there: %s', (said, reason, isAboutOneself) => {
  const { route } = told(said)
  expect(route?.reasons).toContain(reason)
  expect(route?.reasons.includes('C-01')).toBe(isAboutOneself)
})

test.each([
  ['en-US', ['no', 'no'], 'distance'],
  ['en-US', ['no', "I'd rather not say"], 'distance'],
  ['en-US', ['no', 'yes'], null],
  ['es-US', ['no', 'sí'], null],
] as const)('in %s timing is asked, then a plan, once and without the way, then distance: %s', (locale, said, then) => {
  const one = inDanger('suicide_active', { locale })
  one.say('hmm')
  expect(dataOf(lastOf(one)).step).toBe('suicide_active.soon')
  one.say(said[0])
  expect(dataOf(lastOf(one)).step).toBe('suicide_active.plan')
  one.say(said[1])
  if (then === null) {
    expect(one.state.crisis?.label).toBe('suicide_imminent')
    expect(one.messages.some((message) => dataOf(message).resources?.[0] === 'us-911')).toBe(true)
  } else expect(dataOf(lastOf(one)).step).toBe(`suicide_active.${then}`)
})

test('a later danger takes no earlier reason away', () => {
  const one = talk()
  one.say('i want to kill myself')
  one.say('my husband hits me')
  expect(one.state.route?.reasons).toEqual(expect.arrayContaining(['C-01', 'E-04']))
})

function told(said: string) {
  const one = talk()
  one.say(said)
  return one.state
}

test.each([
  ['i thought about my dads gun', 'suicide_active.distance'],
  ['im 38 and tired', 'suicide_active.plan'],
])('after "%s" %s is asked: what was named is not asked for', (said, step) => {
  const one = inDanger('suicide_active')
  one.say('hmm')
  one.say(said)
  expect(dataOf(lastOf(one)).step).toBe(step)
})
