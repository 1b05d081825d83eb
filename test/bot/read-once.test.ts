/**
 * What is kept between starts is what would have been read, and never of yesterday.
 */
import { createSecretKey, randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readOnce } from '../../bot/read-once.ts'
import { readWorld } from '../../bot/world.ts'

const key = createSecretKey(randomBytes(32))
const folder = mkdtempSync(join(tmpdir(), 'porchlight-kept-'))
const [file, source] = [join(folder, 'kept.bin'), join(folder, 'source.yaml')]
afterEach(() => rmSync(file, { force: true }))

/** Reads the source, counting how often; good unless it says otherwise. */
function reader(): {
  read: () => { value: { text: string; parts: Map<string, number> }; isGood: boolean }
  times: number
} {
  const counted = {
    times: 0,
    read() {
      counted.times += 1
      const text = readFileSync(source, 'utf8')
      return { value: { text, parts: new Map([[text, text.length]]) }, isGood: text !== 'broken' }
    },
  }
  return counted
}

test('the next start finds what this one read, and reads nothing', () => {
  writeFileSync(source, 'a: 1')
  const [first, second] = [reader(), reader()]
  const read = readOnce({ file, from: [source], key }, first.read)
  expect(readOnce({ file, from: [source], key }, second.read)).toEqual(read)
  expect([first.times, second.times]).toEqual([1, 0])
})

test('a changed file is read anew, and so is everything when what was kept is damaged', () => {
  writeFileSync(source, 'a: 1')
  readOnce({ file, from: [source], key }, reader().read)
  writeFileSync(source, 'a: 2')
  expect(readOnce({ file, from: [source], key }, reader().read).text).toBe('a: 2')
  writeFileSync(file, readFileSync(file).subarray(0, 40))
  expect(readOnce({ file, from: [source], key }, reader().read).text).toBe('a: 2')
})

test('what another key has kept is not ours: nobody without the key writes what the bot says', () => {
  writeFileSync(source, 'a: 1')
  readOnce({ file, from: [source], key: createSecretKey(randomBytes(32)) }, reader().read)
  const own = reader()
  readOnce({ file, from: [source], key }, own.read)
  expect(own.times).toBe(1)
})

test('what is wrong is kept by nobody: it is said again at every start', () => {
  writeFileSync(source, 'broken')
  const again = reader()
  readOnce({ file, from: [source], key }, reader().read)
  readOnce({ file, from: [source], key }, again.read)
  expect(again.times).toBe(1)
})

test('the world as kept is the world as read, and follows a changed program', () => {
  const programs = join(folder, 'programs')
  cpSync('knowledge/programs', programs, { recursive: true })
  const read = readWorld(programs, { folder, key })
  const kept = readWorld(programs, { folder, key })
  expect(kept).toEqual(read)
  const words = new Set([...kept.programs.values()].map(({ knowledge }) => knowledge.words))
  expect(words.size).toBe(1)
  const profile = join(programs, 'inspira/program.yaml')
  writeFileSync(profile, readFileSync(profile, 'utf8').replace('America/New_York', 'America/Chicago'))
  expect(readWorld(programs, { folder, key }).programs.get('inspira')?.profile.timeZone).toBe('America/Chicago')
})
