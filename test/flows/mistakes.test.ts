import { expect, test } from 'vitest'
import { readFlows } from '../../flows/engine/read.ts'
import { scriptFiles } from './house.ts'
import { mistakes } from './mistakes.ts'

test.each(mistakes)(
  '%s: "%s" turned into "%s" is found, with its place and its mend',
  (file, right, wrong, message) => {
    const files = scriptFiles().map((one) => {
      if (one.path !== `flows/${file}`) return one
      expect(one.text).toContain(right)
      return { ...one, text: one.text.replace(right, wrong) }
    })
    const found = readFlows(files).problems.filter((one) => one.severity === 'problem')
    const mine = found.filter((one) => message.test(one.message))
    expect(found.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`).join('\n')).toMatch(message)
    expect(mine[0]!.line).toBeGreaterThan(0)
    expect(mine[0]!.column).toBeGreaterThan(0)
  },
)

test('a missing file is named', () => {
  const files = scriptFiles().filter((one) => !one.path.endsWith('crisis.yaml'))
  expect(readFlows(files).problems.map((one) => one.message)).toContain(
    'the crisis file is missing or broken: add or mend it',
  )
})

test('known gaps are warnings', () => {
  const warnings = readFlows(scriptFiles()).problems
  expect(warnings.every((one) => one.severity === 'warning')).toBe(true)
  expect(warnings.some((one) => /no approved Spanish/.test(one.message))).toBe(true)
})
