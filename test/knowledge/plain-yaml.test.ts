/** Promises of the quick reader of YAML: what it reads is what the library reads, and the rest is left to it. */
import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { parsePlainYaml } from '../../knowledge/plain-yaml.ts'

const files = globSync('{knowledge,flows}/**/*.yaml')

test('each file of ours is read as the library reads it, those of knowledge without it', () => {
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const value = parsePlainYaml(text)
    if (value !== undefined) expect([file, value]).toEqual([file, parse(text)])
    if (file.startsWith('knowledge')) expect([file, value !== undefined]).toEqual([file, true])
  }
})

test.each([
  'a: |\n  one\n  two',
  'a: one\n  two',
  'a: &x 1\nb: *x',
  'a: 1\na: 2',
  'a:\t1',
  'a: "one \\" two"',
  'a: 0x1f',
  'a: 1.5',
  'a: [1, 2',
  'a: one # two',
  'a: -',
  '- - 1',
  'a: 1\n b: 2',
  '? a\n: b',
  '__proto__: 1',
  '',
])('%j is left to the library', (text) => {
  expect(parsePlainYaml(text)).toBeUndefined()
})

const key = fc.string({ unit: fc.constantFrom(...'abcñ_1-.'), minLength: 1, maxLength: 6 })
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abz é1,:#"\'{}[]|>&*!%@-?.~_'), maxLength: 12 }),
  fc.constantFrom('true', 'False', 'null', '~', '007', '1e3', '.5', '2026-11-21', 'yes'),
)
const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null))
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.dictionary(key, tie('any'), { maxKeys: 4 }),
    fc.array(leaf, { maxLength: 3 }),
  ),
})).any

test('whatever the library writes is read as the library reads it, or left to it', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 }), fc.boolean(), (what, isFlow) => {
      const text = stringify(what, isFlow ? { collectionStyle: 'flow', lineWidth: 0 } : {})
      const read = parsePlainYaml(text)
      if (read !== undefined) expect(read).toEqual(parse(text))
    }),
    { numRuns: 400 },
  )
})

test('and so is any text at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab:,-{}[]"\'# \n1?&'), maxLength: 40 }), (text) => {
      const read = parsePlainYaml(text)
      if (read !== undefined) expect(read).toEqual(parse(text))
    }),
    { numRuns: 3000 },
  )
})
