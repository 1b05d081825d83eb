import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCodes } from '../../bot/errors.ts'

const path = new URL('../../README.md', import.meta.url)
const between = /(<!-- errors:[^>]*-->\n)([\s\S]*?)(<!-- \/errors -->)/

test('the README lists every error code with its status and meaning (`WRITE=1` rewrites it)', () => {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, meaning }]) => `| \`${code}\` | ${status} | ${meaning} |`,
  )
  const table = ['| code | status | meaning |', '|---|---|---|', ...rows, ''].join('\n')
  const readme = readFileSync(path, 'utf8')
  if (process.env.WRITE)
    writeFileSync(
      path,
      readme.replace(between, (_, open, __, close) => `${open}${table}${close}`),
    )
  expect(between.exec(readFileSync(path, 'utf8'))?.[2]).toBe(table)
})
