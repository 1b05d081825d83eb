/**
 * The deployment key from a key service, behind one port; the service here is a file that a program prints.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { readKeyRing } from '../../bot/keeping/deployment-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ringOf = (settings: Record<string, string>) => readKeyRing(readConfig({ DATA_DIR: folder, ...settings }))
const [one, other] = [1, 2].map(() => randomBytes(32)) as [Buffer, Buffer]
const file = (...keys: Buffer[]): string => {
  const path = join(folder, 'sealed')
  writeFileSync(path, keys.map((key) => `${key.toString('base64')}\n`).join(''))
  return path
}

test('what the program prints is the key; the former one below it still opens', () => {
  expect(ringOf({ KEY_COMMAND: `cat ${file(one)}` })).toEqual({ current: one, former: [] })
  expect(ringOf({ KEY_COMMAND: `cat  ${file(other, one)}` })).toEqual({ current: other, former: [one] })
  // Until `rotate-key` has wrapped everything anew, the former key must stand there.
  expect(() => ringOf({ KEY_COMMAND: `cat ${file(other)}` })).toThrow('not the one that sealed')
})

test.each(['cat /nowhere/at/all', 'no-such-program-here', 'echo short', 'false', 'cat /dev/zero'])(
  '%s gives no key, and the message holds nothing of what it said',
  (command) => {
    const thrown = (() => {
      try {
        return ringOf({ KEY_COMMAND: command })
      } catch (error) {
        return error as Error
      }
    })()
    expect(thrown).toMatchObject({ code: 'KEY_UNREADABLE' })
    expect((thrown as Error).message).not.toMatch(/short|nowhere/)
    expect((thrown as Error).cause).toBeUndefined()
  },
)

test('no shell reads the program, and a second source beside it is refused', () => {
  const marked = join(folder, 'made')
  expect(() => ringOf({ KEY_COMMAND: `echo x ; touch ${marked}` })).toThrow('32 bytes')
  expect(() => readConfig({ KEY_COMMAND: 'cat x', KEY_FILE: 'x' })).toThrow('keep one of them')
  expect(() =>
    readConfig({ KEY_COMMAND: 'cat x', NODE_ENV: 'production', DIRECT_LINE_SECRET: 'x'.repeat(20) }),
  ).not.toThrow()
})
