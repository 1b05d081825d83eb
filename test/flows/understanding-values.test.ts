import { expect, test } from 'vitest'
import { SSN_MASK, withoutSocialSecurityNumber } from '../../flows/engine/masking.ts'
import { emailIn, memberIdIn, phoneIn } from '../../flows/engine/understand/contact.ts'
import { understandDate } from '../../flows/engine/understand/dates.ts'
import { nameIn } from '../../flows/engine/understand/names.ts'
import { ageIn, understandNumber } from '../../flows/engine/understand/numbers.ts'
import { stateIn } from '../../flows/engine/understand/places.ts'

const where = { region: 'US', today: '2026-11-21' } as const

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
  expect(withoutSocialSecurityNumber('my ssn is 219-09-9999')).toBe(`my ssn is ${SSN_MASK}`)
  expect(withoutSocialSecurityNumber('my social security number is 219099999')).toContain(SSN_MASK)
  expect(withoutSocialSecurityNumber('609-555-2368')).toBe('609-555-2368')
  expect(withoutSocialSecurityNumber('W219099999')).toBe('W219099999')
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

test.each(['for me', 'me', 'Para mí', 'myself', 'someone'])('%s is nobody’s name', (text) => {
  expect(nameIn(text)).toBeNull()
})
