/** Promises about a new version of a page: what it means for the facts is said line by line. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pageText } from '../../bot/page-text.ts'
import { pageChanges } from '../../knowledge/checking/page-changes.ts'
import { program } from './programs.ts'

const inspira = program('inspira')
const page = readFileSync(`knowledge/programs/inspira/source/${inspira.source.file}`, 'utf8')

test('the page itself changes nothing', () => {
  expect(pageChanges(inspira, page).filter(({ type }) => type !== 'new')).toEqual([])
})

test('a line put before the others only moves quotes', () => {
  const types = pageChanges(inspira, `Welcome\n${page}`).map(({ type }) => type)
  expect(new Set(types.filter((type) => type !== 'new'))).toEqual(new Set(['moved']))
})

test('other numbers contradict, other words change, a line that is gone has vanished', () => {
  const longer = page.replace('sixto eight weeks participating', 'ten to twelve weeks participating')
  expect(pageChanges(inspira, longer)).toContainEqual(
    expect.objectContaining({ type: 'contradicts', id: 'inspira.length' }),
  )
  const reworded = page.replace('are well-versed in working with', 'have long experience in working with')
  expect(pageChanges(inspira, reworded)).toContainEqual(
    expect.objectContaining({ type: 'changed', id: 'inspira.lgbtq', newLine: 15 }),
  )
  const shorter = page.replace(/^The IOP offers a higher.*$/m, '')
  expect(pageChanges(inspira, shorter)).toContainEqual(
    expect.objectContaining({ type: 'vanished', id: 'inspira.higher-level' }),
  )
})

test('a statement that no fact quotes is new', () => {
  expect(pageChanges(inspira, `${page}\nWe now run groups on Saturday mornings in Vineland.`)).toContainEqual(
    expect.objectContaining({ type: 'new', is: 'We now run groups on Saturday mornings in Vineland.' }),
  )
})

test('a short sentence or a figure is a statement too', () => {
  const found = pageChanges(inspira, `${page}\nWe take Aetna.\nOnly $90 a day\nOur Locations`)
  expect(found.filter(({ type }) => type === 'new').map(({ is }) => is)).toEqual(
    expect.arrayContaining(['We take Aetna.', 'Only $90 a day']),
  )
  expect(found.map(({ is }) => is)).not.toContain('Our Locations')
})

test('a page of HTML is read as a person copies it, and a binary file is refused', () => {
  const html =
    '<html><head><title>x</title></head><body><p>Six &amp; eight</p><script>no()</script><div>weeks</div></body>'
  expect(pageText(Buffer.from(html))).toBe('Six & eight\nweeks')
  expect(pageText(Buffer.from('<p>Ocho sesiones en espa&ntilde;ol,\n  de tarde</p><!-- <p>no -->'))).toBe(
    'Ocho sesiones en español, de tarde',
  )
  expect(pageText(Buffer.from('<html><head><title>x</title><body><p>No end of the head'))).toBe('No end of the head')
  expect(() => pageText(Buffer.from([60, 0, 62]))).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
})
