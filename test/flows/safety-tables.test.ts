/**
 * The gate's tables are fresh, small enough for the browser, and every regular expression in it is linear.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { compileTables } from '../../scripts/compile-gate.ts'

const folder = join(import.meta.dirname, '../../flows/safety')
const MOST_BYTES = 40_000

test('the generated tables are those of the YAML files', () => {
  expect(readFileSync(join(folder, 'gate-tables.generated.ts'), 'utf8')).toBe(compileTables())
})

test('the gate with its tables stays within 40 kB of brotli in the browser', { timeout: 60_000 }, async () => {
  // As a chunk of a page, which is how it ships: a library's build would keep its white space.
  const rolldownOptions = { input: join(folder, 'gate.ts'), preserveEntrySignatures: 'strict' as const }
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, rolldownOptions },
  })
  const code = ([built].flat() as Rolldown.RolldownOutput[])
    .flatMap(({ output }) => output.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : [])))
    .join('')
  const bytes = brotliCompressSync(code, {
    params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  }).length
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
})

test('no regular expression repeats a repetition, so none can backtrack without end', () => {
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.includes('generated'))
  const found = sources.flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /(?<=[(=,:\s])\/(?![/*])((?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+)\/[gimsuy]*/g,
      ),
    ].map((match) => ({ file, source: match[1]! })),
  )
  expect(found.length).toBeGreaterThan(10)
  const nested = found.filter(
    ({ source }) =>
      /\((?:\\.|[^()\\])*[+*}](?:\\.|[^()\\])*\)[+*]/.test(source) ||
      /[+*]\)?[+*]/.test(source.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, 'x')),
  )
  expect(nested).toEqual([])
})

test('each regular expression of the reader takes time in proportion to its text', async () => {
  const { plainText } = await import('../../flows/safety/normalise.ts')
  const hostile = ['<a '.repeat(2_600), 'a!'.repeat(4_000), 'k i '.repeat(2_000), '<'.repeat(8_000), '._'.repeat(4_000)]
  for (const text of hostile) expect(plainText(text).length).toBeLessThanOrEqual(12_000)
})
