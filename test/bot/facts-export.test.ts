/** Promises of `facts export`: what staff stated stands in the folder as any other fact, once. */
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { run } from '../../bot/cli.ts'
import { readConfig } from '../../bot/config.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { readDeploymentKey } from '../../bot/keeping/deployment-key.ts'
import { isInFolder, learnedBy, refreshLearned, Stating } from '../../bot/learning/learned.ts'
import { confirm, review, state, withdraw } from '../../bot/learning/stating.ts'
import type { StaffRecord } from '../../bot/ports.ts'
import { openStore } from '../../bot/stores/open-store.ts'
import { inspectWorld, readWorld } from '../../bot/world.ts'
import { answer } from '../../knowledge/answer.ts'

const programs = mkdtempSync(join(tmpdir(), 'programs-'))
cpSync('knowledge/programs/inspira', join(programs, 'inspira'), { recursive: true })
vi.stubEnv('PROGRAMS_DIR', programs)
vi.stubEnv('DATA_DIR', mkdtempSync(join(tmpdir(), 'data-')))
const page = join(programs, 'inspira', 'facts', 'stated-by-the-team.md')
const source = join(programs, 'inspira', 'source', 'stated-by-the-team.txt')
afterEach(() => void vi.restoreAllMocks())

const clock = { at: new Date('2026-11-28T15:00:00Z') }
const person = (name: string) => ({ name, role: 'admissions', programs: null }) as StaffRecord

/** A desk on the installation's own store, while no command runs. */
async function atDesk<T>(deed: (house: ReturnType<typeof houseInMemory>) => Promise<T>): Promise<T> {
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  const house = houseInMemory({ world: readWorld(programs), store, clock: { now: () => clock.at } })
  try {
    await refreshLearned(house)
    return await deed(house)
  } finally {
    await store.close()
  }
}

async function exported(): Promise<{ code: number; said: string }> {
  const said: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  return { code: await run(['facts', 'export', 'inspira']), said: said.join('') }
}

const parking = Stating.parse({
  program: 'inspira',
  topic: 'parking',
  en: 'There is a parking lot behind the building, and it costs nothing.',
  es: 'Hay un estacionamiento detrás del edificio y no cuesta nada.',
  source: 'front desk, walked round',
  tries: { en: ['is there parking', 'where do i leave my car'], es: ['¿hay estacionamiento?'] },
})

const passed = (stating: Stating) =>
  atDesk(async (house) => {
    const { id, faults } = await state(house, person('ana'), stating)
    expect(faults).toEqual([])
    await review(house, person('ben'), { id, version: 1, pass: true, note: '' })
    return id
  })

test('a passed statement stands in the folder with its tests, check passes, and twice changes nothing', async () => {
  expect((await exported()).said).toContain('Nothing to write')
  const id = await passed(parking)
  expect((await exported()).said).toContain('1 added')
  const text = readFileSync(page, 'utf8')
  expect(text).toContain('try: is there parking | where do i leave my car')
  expect(text).not.toMatch(/ana|ben\b/)
  const { world, problems, dueBy } = inspectWorld(programs)
  expect(problems.filter(({ severity }) => severity === 'problem')).toEqual([])
  expect(dueBy('2026-11-29').filter(({ file }) => file.includes('stated-by'))).toEqual([])
  const asked = { text: 'where do i leave my car', locale: 'en-US' as const, today: '2026-11-29' }
  expect(answer(asked, world.programs.get('inspira')!.read).text).toContain('behind the building')
  const before = [text, readFileSync(source, 'utf8')]
  expect((await exported()).said).toContain('Nothing to write')
  expect([readFileSync(page, 'utf8'), readFileSync(source, 'utf8')]).toEqual(before)
  await atDesk(async (house) => {
    const { read, knowledge } = house.world.programs.get('inspira')!
    expect(knowledge.facts).toHaveLength(read.facts.length)
    const entry = (await learnedBy(house, null)).find((one) => one.id === id)!
    expect(isInFolder(entry, { read })).toBe(true)
  })
})

test('what a person words anew in the file stays; confirming writes the new day, withdrawing takes it out', async () => {
  const [entry] = await atDesk((house) => learnedBy(house, null))
  writeFileSync(page, readFileSync(page, 'utf8').replace('owner: admissions\n', 'owner: front office\n'))
  expect((await exported()).said).toContain('Nothing to write')
  clock.at = new Date('2026-12-05T15:00:00Z')
  await atDesk((house) => confirm(house, person('ben'), { id: entry!.id, version: 2, reviewBy: '2027-09-01' }))
  expect((await exported()).said).toContain('1 changed')
  expect(readFileSync(page, 'utf8')).toContain('reviewBy: 2027-09-01')
  clock.at = new Date('2026-12-06T15:00:00Z')
  await atDesk((house) => withdraw(house, person('ben'), { id: entry!.id, note: 'the lot was sold' }))
  expect((await exported()).said).toContain('1 taken out')
  expect(readFileSync(page, 'utf8')).not.toContain('## parking')
  expect(readFileSync(source, 'utf8')).toContain('front desk, walked round')
})

test('a statement on no known topic is led to by its own questions, and a foreign program is refused', async () => {
  const own = {
    ...parking,
    topic: null,
    en: 'Lockers stand in the hall for coats and bags.',
    es: 'En el pasillo hay casilleros para abrigos y bolsos.',
    tries: { en: ['do you have lockers in the hall'], es: [] },
  }
  await passed(own)
  expect((await exported()).code).toBe(0)
  expect(inspectWorld(programs).problems.filter(({ severity }) => severity === 'problem')).toEqual([])
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await run(['facts', 'export', 'nowhere'])).toBe(1)
  expect(existsSync(page)).toBe(true)
})
