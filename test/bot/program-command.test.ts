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

test('check of one program says what its owner does next, line by line, and nothing of the others', async () => {
  const page = join(folder, 'cedar.html')
  writeFileSync(
    page,
    '<html><nav><a>Home</a><a>About</a></nav><h1>Cedar</h1><p>Groups meet Monday and Wednesday from 6 pm to 9 pm.</p><p>We accept Aetna and BCBS.</p><p>Most people stay between eight and twelve weeks.</p></html>',
  )
  silenced()
  await run(['program', 'new', 'cedar', '--page', page])
  expect(readFileSync(join(folder, 'cedar', 'source', 'page.txt'), 'utf8').split('\n')[0]).toBe('Cedar')
  const facts = join(folder, 'cedar', 'facts', 'iop.md')
  const checked = async (): Promise<string> => {
    vi.restoreAllMocks()
    const { out } = silenced()
    await run(['check', 'cedar'])
    return out.join('')
  }
  const first = await checked()
  expect(first).toMatch(/page\.txt:2:1 .*"Groups meet/)
  expect(first).toMatch(/page\.txt:4:1/)
  expect(first).not.toContain('harbor')
  expect(first).not.toContain('flows/')
  writeFileSync(
    facts,
    `${readFileSync(facts, 'utf8')}\n## days\nasks: hours\n> 2: Groups meet Monday and Wednesday from 6 pm to 9 pm.\nen: Groups meet Monday and Wednesday from 6 pm to 9 pm.\nes: Los grupos se reúnen lunes y miércoles de 6 pm a 9 pm.\ntry: what days do you meet\n`,
  )
  const next = await checked()
  expect(next).not.toMatch(/page\.txt:2:1/)
  expect(next).toMatch(/no topic is called "hours", but .*opening-hours/)
  expect(next).toMatch(/heard as "which-days"/)
  const payers = ['aetna', 'bcbs'].map(
    (key) =>
      `  - { key: ${key}, printed: ${key === 'bcbs' ? 'BCBS' : 'Aetna'}, line: 3, asOf: 2026-11-28, confirmedBy: awaiting-review }`,
  )
  writeFileSync(join(folder, 'cedar', 'payers.yaml'), `source: page.txt\nlisted:\n${payers.join('\n')}\n`)
  expect(await checked()).toContain('no fact says that this list is there')
  expect(await run(['check', 'nowhere'])).toBe(1)
})
