import { expect, test } from 'vitest'
import { commandIn } from '../../flows/engine/understand/commands.ts'
import { looksLikeQuestion } from '../../flows/engine/understand/question-words.ts'
import { volunteered } from '../../flows/engine/understand/volunteered.ts'
import { languageOf } from '../../flows/safety/language.ts'

const _where = { region: 'US', today: '2026-11-21' } as const

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
  ['no thats all', 'goodbye'],
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
