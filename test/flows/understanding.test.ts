import { expect, test } from 'vitest'
import { itemOf } from '../../flows/engine/library.ts'
import type { Asked } from '../../flows/engine/message.ts'
import { asksOf } from '../../flows/engine/review.ts'
import { chooseOne, chooseSeveral } from '../../flows/engine/understand/choice.ts'
import { commandIn } from '../../flows/engine/understand/commands.ts'
import { emailIn, hasSocialSecurityNumber, memberIdIn, phoneIn } from '../../flows/engine/understand/contact.ts'
import { understandDate } from '../../flows/engine/understand/dates.ts'
import { nameIn } from '../../flows/engine/understand/names.ts'
import { ageIn, understandNumber } from '../../flows/engine/understand/numbers.ts'
import { stateIn } from '../../flows/engine/understand/places.ts'
import { languageOf, looksLikeQuestion } from '../../flows/engine/understand/question-words.ts'
import { understand } from '../../flows/engine/understand/understand.ts'
import { volunteered } from '../../flows/engine/understand/volunteered.ts'
import { isRefusal, yesOrNo } from '../../flows/engine/understand/yes-no.ts'
import { flows } from './house.ts'

const where = { region: 'US', today: '2026-11-21' } as const

test.each([
  ['yes', 'yes'],
  ['Yes.', 'yes'],
  ['yeah', 'yes'],
  ['yea', 'yes'],
  ['yep!', 'yes'],
  ['YES PLEASE', 'yes'],
  ['sure', 'yes'],
  ['ok', 'yes'],
  ['yes i do', 'yes'],
  ['of course', 'yes'],
  ['yes it is', 'yes'],
  ['sí', 'yes'],
  ['Si', 'yes'],
  ['si claro', 'yes'],
  ['claro que sí', 'yes'],
  ['por supuesto', 'yes'],
  ['está bien', 'yes'],
  ['dale', 'yes'],
  ['go ahead', 'yes'],
  ['yeahh', 'yes'],
  ['no', 'no'],
  ['No.', 'no'],
  ['nope', 'no'],
  ['nah', 'no'],
  ['no thanks', 'no'],
  ['not really', 'no'],
  ['never', 'no'],
  ['no gracias', 'no'],
  ['nunca', 'no'],
  ['para nada', 'no'],
  ['no i dont', 'no'],
  ["I don't", 'no'],
  ['claro que no', 'no'],
  ['not now', 'no'],
  ['maybe', null],
  ['what', null],
  ['yesterday', null],
  ['no idea what you want from me at this point honestly', null],
  ['yes but only if my mom does not hear', null],
  ['', null],
  ['banana', null],
] as const)('%s means %s', (text, meaning) => {
  expect(yesOrNo(text)).toBe(meaning)
})

test.each([
  'prefer not to say',
  'Prefer not to say',
  'skip',
  "I'd rather not",
  'i dont want to answer that',
  'rather not say',
  'none of your business',
  'pass',
  "I don't know",
  'idk',
  'not sure',
  'no idea',
  'cant remember',
  'prefiero no decirlo',
  'prefiero no contestar',
  'no quiero decir',
  'no sé',
  'no lo sé',
  'no me acuerdo',
  'ahora no',
  'omitir',
  'Prefiero no decirlo',
  'not now',
  'no estoy segura',
])('%s leaves a question open', (text) => {
  expect(isRefusal(text)).toBe(true)
})

test.each([
  'no',
  'never',
  'I know',
  'a few days ago',
  'I do not drink',
  'no tomo',
  'skipper',
  'passaic',
  'i dont have insurance',
])('%s is no refusal', (text) => {
  expect(isRefusal(text)).toBe(false)
})

test.each([
  ['34', 34],
  ['thirty four', 34],
  ['thirty-four', 34],
  ['Twenty', 20],
  ['treinta y cuatro', 34],
  ['veintiuno', 21],
  ['cuarenta', 40],
  ['about 5', 5],
  ['5.5', 5],
  ['I am 34', 34],
  ['two', 2],
  ['dos', 2],
  ['noventa y nueve', 99],
  ['34 or 35', null],
  ['none', null],
  ['', null],
  ['abc', null],
] as const)('the number in "%s" is %s', (text, number) => {
  expect(understandNumber(text)).toBe(number)
})

test.each([
  ["I'm 34 and it's for my son", 34],
  ['im 42', 42],
  ['i am forty two', 42],
  ['34 years old', 34],
  ['tengo 34 años', 34],
  ['34yo', 34],
  ['my age is 51', 51],
  ['tengo treinta y cinco años', 35],
  ['just turned 18', 18],
  ['I just turned 18', 18],
  ["I'm tired", null],
  ['i am in pain', null],
  ['tengo hambre', null],
  ['three beers', null],
] as const)('the age in "%s" is %s', (text, age) => {
  expect(ageIn(text)).toBe(age)
})

test.each([
  ['2026-11-03', '2026-11-03'],
  ['5/17/90', '1990-05-17'],
  ['05/17/1990', '1990-05-17'],
  ['17/5/1990', '1990-05-17'],
  ['May 17 1990', '1990-05-17'],
  ['May 17th, 1990', '1990-05-17'],
  ['17 de mayo de 1990', '1990-05-17'],
  ['17 mayo 1990', '1990-05-17'],
  ['yesterday', '2026-11-20'],
  ['ayer', '2026-11-20'],
  ['last night', '2026-11-20'],
  ['today', '2026-11-21'],
  ['hoy', '2026-11-21'],
  ['anteayer', '2026-11-19'],
  ['two days ago', '2026-11-19'],
  ['hace dos días', '2026-11-19'],
  ['hace una semana', '2026-11-14'],
  ['3 weeks ago', '2026-10-31'],
  ['last Tuesday', '2026-11-17'],
  ['el martes pasado', '2026-11-17'],
  ['on monday', '2026-11-16'],
  ['Saturday', '2026-11-14'],
  ['Nov 3', '2026-11-03'],
  ['3 de noviembre', '2026-11-03'],
  ['december 24', '2025-12-24'],
] as const)('the date in "%s" is %s', (text, date) => {
  expect(understandDate(text, where.today)).toEqual({ type: 'date', date })
})

test('5/7/90 can be read in two ways, and both are named', () => {
  expect(understandDate('5/7/90', where.today)).toEqual({ type: 'either', dates: ['1990-05-07', '1990-07-05'] })
})

test.each(['banana', '31/31/1990', '2/30/1990', 'soon', 'maybe'])('"%s" is no date', (text) => {
  expect(understandDate(text, where.today)).toBeNull()
})

test.each([
  ['6095552368', '+1 609 555 2368'],
  ['(609) 555-2368', '+1 609 555 2368'],
  ['609.555.2368', '+1 609 555 2368'],
  ['+1 609 555 2368', '+1 609 555 2368'],
  ['1-609-555-2368', '+1 609 555 2368'],
  ['my cell is 609 555 2368 thanks', '+1 609 555 2368'],
  ['six oh nine 555 2368', '+1 609 555 2368'],
  ['call me at 609-555-2368', '+1 609 555 2368'],
  ['+52 55 1234 5678', '+525512345678'],
  ['12345', null],
  ['555-2368', null],
  ['123 456 7890', null],
  ['none', null],
  ['I am 34', null],
] as const)('the phone number in "%s" is %s', (text, phone) => {
  expect(phoneIn(text, 'US')).toBe(phone)
})

test('an Indian number is read where the program is in India', () => {
  expect(phoneIn('98201 23456', 'IN')).toBe('+91 98201 23456')
  expect(phoneIn('+91-9820123456', 'IN')).toBe('+91 98201 23456')
})

test.each([
  ['ana@example.org', 'ana@example.org'],
  ['Ana@Example.ORG', 'ana@example.org'],
  ['my email is ana.m@mail.example.com.', 'ana.m@mail.example.com'],
  ['ana at example dot org', 'ana@example.org'],
  ['ana arroba example punto org', 'ana@example.org'],
  ['ana (at) example.org', 'ana@example.org'],
  ['ana@', null],
  ['ana', null],
  ['meet me at home', null],
] as const)('the e-mail address in "%s" is %s', (text, email) => {
  expect(emailIn(text)).toBe(email)
})

test.each([
  ['W123456789', 'W123456789'],
  ['w 1234-56789', 'W123456789'],
  ['1EG4-TE5-MK73', '1EG4TE5MK73'],
  ['my id is YHN3HZN1234567', 'YHN3HZN1234567'],
  ['ID: 000123456', '000123456'],
  ['abc', null],
  ['123', null],
  [`W${'1'.repeat(400)}`, null],
] as const)('the member ID in "%s" is %s', (text, id) => {
  expect(memberIdIn(text)).toBe(id)
})

test('a social security number is seen, a phone number is none', () => {
  expect(hasSocialSecurityNumber('my ssn is 219-09-9999')).toBe(true)
  expect(hasSocialSecurityNumber('609-555-2368')).toBe(false)
})

test.each([
  ['Ana', 'Ana'],
  ['my name is Ana Maria', 'Ana Maria'],
  ['call me Bo.', 'Bo'],
  ['me llamo José', 'José'],
  ["I'm Dee", 'Dee'],
  ['soy Luz', 'Luz'],
  ['you can call me Al please', 'Al'],
  ['do you take insurance?', null],
  ['because I want help', null],
  ['12345', null],
] as const)('the name in "%s" is %s', (text, name) => {
  expect(nameIn(text)).toBe(name)
})

test.each([
  ['New Jersey', 'NJ'],
  ['nj', 'NJ'],
  ['NJ', 'NJ'],
  ['south jersey', 'NJ'],
  ['I live in Pennsylvania', 'PA'],
  ['new yrok', 'NY'],
  ['pensylvania', 'PA'],
  ['West Virginia', 'WV'],
  ['nueva york', 'NY'],
  ['Vineland, NJ', 'NJ'],
  ['OR', 'OR'],
  ['in new jersey or so', 'NJ'],
  ['philly', 'PA'],
  ['the moon', null],
  ['DC', 'DC'],
] as const)('the state in "%s" is %s', (text, state) => {
  expect(stateIn(text)).toBe(state)
})

test.each([
  ['back', 'back'],
  ['go back', 'back'],
  ['go back please', 'back'],
  ['atrás', 'back'],
  ['volver', 'back'],
  ['previous question', 'back'],
  ['skip', 'skip'],
  ['skip this one', 'skip'],
  ['omitir', 'skip'],
  ['siguiente', 'skip'],
  ['talk to a person', 'person'],
  ['can i talk to someone', 'person'],
  ['I want to speak to a real person', 'person'],
  ['human', 'person'],
  ['agent', 'person'],
  ['Hablar con una persona', 'person'],
  ['quiero hablar con alguien', 'person'],
  ['call me', 'person'],
  ['can someone call me', 'person'],
  ['start over', 'start-over'],
  ['restart', 'start-over'],
  ['empezar de nuevo', 'start-over'],
  ['español', 'language'],
  ['en español por favor', 'language'],
  ['habla español', 'language'],
  ['english please', 'language'],
  ['in english', 'language'],
  ['stop', 'goodbye'],
  ['bye', 'goodbye'],
  ['goodbye', 'goodbye'],
  ['adiós', 'goodbye'],
  ['hasta luego', 'goodbye'],
  ["that's all", 'goodbye'],
  ['why do you ask?', 'why'],
  ['why', 'why'],
  ['why do you need that', 'why'],
  ['por qué', 'why'],
  ['¿para qué?', 'why'],
  ['por qué pregunta', 'why'],
  ['what do you mean?', 'explain'],
  ['what does that mean', 'explain'],
  ["I don't understand", 'explain'],
  ['no entiendo', 'explain'],
  ['huh?', 'explain'],
  ['qué significa', 'explain'],
] as const)('"%s" is the command %s', (text, type) => {
  expect(commandIn(text)?.type).toBe(type)
})

test.each([
  'back pain is how this started',
  "I can't stop drinking",
  'I want to stop',
  'my person left me',
  'i skip meals',
  'why does the program take 8 weeks',
  'nobody would call me',
  'i speak spanish and english',
  'do you have groups in spanish?',
  'stop using',
])('"%s" is no command', (text) => {
  expect(commandIn(text)).toBeNull()
})

test.each([
  ["I'm 34 and it's for my son", { age: 34, 'for-whom': 'loved-one' }],
  ["it's for my daughter", { 'for-whom': 'loved-one' }],
  ['tengo 40 años y es para mi esposo', { age: 40, 'for-whom': 'loved-one' }],
  ['my son is 17 and needs help', { 'for-whom': 'loved-one' }],
  ['its for me', { 'for-whom': 'self' }],
  ['es para mí', { 'for-whom': 'self' }],
  ['I am a case manager with a referral', { 'for-whom': 'professional' }],
  ['I already am a patient here', {}],
  ["I'm already a patient here", { 'for-whom': 'current-patient' }],
  ['the court ordered it', { court: 'yes' }],
  ['help', {}],
  ['my mother died', {}],
] as const)('"%s" volunteers %o', (text, expected) => {
  expect(Object.fromEntries(volunteered(text).map((one) => [one.name, one.value]))).toEqual(expected)
})

test.each([
  ['do you take aetna', true],
  ['who runs the groups', true],
  ['¿aceptan medicaid?', true],
  ['cuánto cuesta', true],
  ['how long is it', true],
  ['aetna', false],
  ['I drink every night', false],
  ['me siento mal', false],
] as const)('"%s" looks like a question: %s', (text, is) => {
  expect(looksLikeQuestion(text)).toBe(is)
})

test.each([
  ['necesito ayuda para mi hijo', 'es-US'],
  ['hola, quiero saber del programa', 'es-US'],
  ['I need help with my drinking', 'en-US'],
  ['aetna', null],
  ['no', null],
  ['si', null],
] as const)('"%s" is written in %s', (text, language) => {
  expect(languageOf(text)).toBe(language)
})

const optionsOf = (name: string) => asksOf(flows).get(name)!.options!

test.each([
  ['for-whom', 'my son', 'loved-one'],
  ['for-whom', 'myself', 'self'],
  ['for-whom', 'Para mi', 'self'],
  ['for-whom', 'its for my wife', 'loved-one'],
  ['reach-by', 'text me or call', 'phone'],
  ['reach-by', 'email is better', 'email'],
  ['last-use', 'this morning', 'today'],
  ['last-use', 'last night', 'yesterday'],
  ['last-use', 'ayer', 'yesterday'],
  ['treatment-before', 'I was in rehab', 'inpatient'],
  ['treatment-before', 'none', 'none'],
  ['whose-plan', "my dad's", null],
  ['whose-plan', 'my dad', 'parent'],
  ['plan-type', 'ppo', 'ppo'],
  ['plan-type', 'PPo', 'ppo'],
  ['best-time', 'evenings', 'evening'],
  ['best-time', 'mornign', 'morning'],
  ['impact', 'a lot', 'moderate'],
  ['impact', 'the second', 'severe'],
  ['health', 'I am pregnant', 'pregnant'],
] as const)('of %s, "%s" is %s', (name, text, value) => {
  expect(chooseOne(optionsOf(name), text)).toBe(value)
})

test.each([
  ['most-days', 'alcohol, xanax', ['alcohol', 'sedatives']],
  ['most-days', 'beer and weed', ['alcohol', 'other']],
  ['most-days', 'none', ['none']],
  ['symptoms-now', 'shaking and throwing up', ['shaking', 'vomiting']],
  ['symptoms-now', 'nada', ['none']],
  ['most-days', 'heroína y alcohol', ['alcohol', 'opioids']],
  ['most-days', 'bananas', null],
] as const)('of %s, "%s" are %o', (name, text, values) => {
  expect(chooseSeveral(optionsOf(name), text)).toEqual(values)
})

function askedItem(instrument: string, item: string): Asked {
  const found = itemOf(flows, { instrument, item })!
  const options = found.item.options.map((option) => ({
    value: option.value,
    en: option.text,
    es: option.textEs ?? option.text,
  }))
  return { input: 'choice', answer: item, field: null, options, isOptional: true, min: null, max: null, isOpen: false }
}

test.each([
  ['audit-c', 'audit1', 'every night', '4-or-more-times-a-week'],
  ['audit-c', 'audit1', '3 times a week', '2-3-times-a-week'],
  ['audit-c', 'audit1', 'twice a week', '2-3-times-a-week'],
  ['audit-c', 'audit1', 'once a month', 'monthly-or-less'],
  ['audit-c', 'audit1', 'on weekends', '2-3-times-a-week'],
  ['audit-c', 'audit1', 'i dont drink', 'never'],
  ['audit-c', 'audit2', 'five', '5-or-6'],
  ['audit-c', 'audit2', 'about 8', '7-to-9'],
  ['audit-c', 'audit2', 'a six pack', '5-or-6'],
  ['audit-c', 'audit3', 'daily', 'daily-or-almost-daily'],
  ['taps-1', 'taps4', 'every day', 'daily-or-almost-daily'],
  ['taps-1', 'taps4', 'once a week', 'weekly'],
  ['phq-4', 'phq1', 'every day', 'nearly-every-day'],
  ['phq-4', 'phq1', 'sometimes', 'several-days'],
  ['phq-4', 'phq1', 'casi todos los días', 'nearly-every-day'],
  ['phq-4', 'phq1', 'no', 'not-at-all'],
  ['audit-c', 'audit1', 'banana', null],
] as const)('%s %s: "%s" is %s', (instrument, item, text, value) => {
  const read = understand(askedItem(instrument, item), text, where)
  expect(read.type === 'answer' ? read.value : null).toBe(value)
})
