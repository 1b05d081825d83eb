import { expect, test } from 'vitest'
import { itemOf } from '../../flows/engine/library.ts'
import type { Asked } from '../../flows/engine/message.ts'
import { asksOf } from '../../flows/engine/review.ts'
import { chooseOne, chooseSeveral } from '../../flows/engine/understand/choice.ts'
import { understand } from '../../flows/engine/understand/understand.ts'
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
  'quisiera no haber nacido',
  'i would rather not be here',
  'i prefer not to exist',
  'i dont know if i can go on',
  'no se si quiero vivir',
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
  ['whose-plan', "my dad's", 'parent'],
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

test('"in person" says how one comes, and is no wish for a person', () => {
  for (const text of ['in person', 'in person?', 'en persona', 'is it in person or online'])
    expect(chooseOne(optionsOf('intent'), text), text).toBeNull()
  expect(chooseOne(optionsOf('intent'), 'a person')).toBe('person')
  expect(chooseOne(optionsOf('intent'), 'i want to talk to a person in person')).toBe('person')
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
  return {
    input: 'choice',
    answer: item,
    field: null,
    options,
    isOptional: true,
    min: null,
    max: null,
    isOpen: false,
    block: null,
  }
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
