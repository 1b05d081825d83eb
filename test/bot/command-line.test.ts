/** Whoever mistypes a command is told how it is given, in one line each, and nothing is done. */
import { afterEach, expect, test, vi } from 'vitest'
import { run } from '../../bot/cli.ts'

afterEach(() => void vi.restoreAllMocks())

test.each([
  ['rotate-key', '--forgett'],
  ['export', '--to'],
])('%s with an option that is none says its usage', async (...args) => {
  const said: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  expect(await run(args)).toBe(2)
  expect(said.join('')).toContain(`usage: porchlight ${args[0]}`)
})
