/** Promises of `program new` and `facts import`: a folder that check accepts and leads on from. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { run } from '../../bot/cli.ts'
import { inspectWorld } from '../../bot/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'programs-'))
vi.stubEnv('PROGRAMS_DIR', folder)
afterEach(() => void vi.restoreAllMocks())

function silenced(): { out: string[] } {
  const out: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  return { out }
}

test('a new program is read without a problem, and check says which line to begin with', async () => {
  silenced()
  const page = join(folder, 'page.txt')
  writeFileSync(page, 'Our program\nThe program lasts from four up to six weeks for most people.\n')
  expect(await run(['program', 'new', 'harbor', '--page', page, '--name', 'Harbor'])).toBe(0)
  const { world, problems, dueBy } = inspectWorld(folder)
  expect(problems.filter(({ severity }) => severity === 'problem')).toEqual([])
  expect(world.programs.get('harbor')?.knowledge.name.en).toBe('Harbor')
  expect(dueBy('2026-11-28').map(({ message }) => message)).toEqual([expect.stringContaining('begin with line 2')])
})

test('an id that is taken or malformed is refused', async () => {
  silenced()
  expect(await run(['program', 'new', 'harbor'])).toBe(2)
  expect(await run(['program', 'new', 'No Good'])).toBe(2)
})

test('a changed page is compared with the facts and nothing is written', async () => {
  const facts = join(folder, 'harbor', 'facts', 'iop.md')
  const entry =
    '## length\nasks: length\nmodality: usually\n> 2: lasts from four up to six weeks for most people\nen: For most people it lasts four to six weeks.\nes: Para la mayoría dura de cuatro a seis semanas.\n'
  writeFileSync(facts, `${readFileSync(facts, 'utf8')}\n${entry}`)
  const before = readFileSync(facts, 'utf8')
  const next = join(folder, 'next.txt')
  writeFileSync(next, 'The program lasts from eight up to ten weeks for most people.\n')
  const { out } = silenced()
  expect(await run(['facts', 'import', next, '--program', 'harbor'])).toBe(1)
  expect(out.join('')).toContain('contradicts\tharbor.length')
  expect(readFileSync(facts, 'utf8')).toBe(before)
  expect(await run(['facts', 'import', join(folder, 'none.txt'), '--program', 'harbor'])).toBe(2)
})
