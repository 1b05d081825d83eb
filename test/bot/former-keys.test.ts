/**
 * After a new deployment key what was signed and hashed under the former one holds for as long as it would have.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTokens } from '../../bot/channels/token.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { keepFormerKeys, readFormerKeys } from '../../bot/keeping/former-keys.ts'
import type { KeyRing } from '../../bot/keeping/key-ring.ts'
import { openVault, type Vault } from '../../bot/keeping/vault.ts'
import { conversationOf, permissionPath } from '../../bot/outbox/permission-link.ts'
import { everyWayTo } from '../../bot/queue/returning.ts'
import type { LiveConversation } from '../../bot/turn/conversations.ts'

const HOUR_MS = 3_600_000
const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const clock = { now: () => new Date() }
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-former-'))
  file = join(folder, 'former.keys')
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

function rotate(from: Buffer, to: Buffer, forget = false): KeyRing {
  keepFormerKeys(file, { current: to, former: [from] }, { now: Date.now(), forget })
  return { current: to, former: [] }
}

function vaultOf(ring: KeyRing): Vault {
  return openVault(ring.current, ring.former, readFormerKeys(file, ring))
}

const tokensOf = (vault: Vault) => createTokens(() => vault.deriveAll('conversation tokens'), clock)
const grant = { conversation: 'c1', program: 'inspira', user: 'dl_1' }

test('a token of before is taken after the restart, and after another new key; a forged one is not', () => {
  const token = tokensOf(openVault(first)).signForm(grant)
  const forged = tokensOf(openVault(randomBytes(32))).signForm(grant)
  for (const [from, to] of [
    [first, second],
    [second, third],
  ] as const) {
    const tokens = tokensOf(vaultOf(rotate(from, to)))
    expect(tokens.verifyForm(token)).toEqual(grant)
    expect(tokens.verifyForm(forged)).toBeNull()
  }
})

test('who has the former key forges nothing any more once all that was signed is over', () => {
  const ring = rotate(first, second)
  const vault = vaultOf(ring)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * HOUR_MS })
  const forged = tokensOf(openVault(first)).sign(grant)
  for (const one of [vault, vaultOf(ring)]) expect(() => tokensOf(one).verify(forged)).toThrow(/not valid here/)
})

test('whoever may have the former key is kept out at once, also of a service that runs', () => {
  const vault = openVault(first)
  const tokens = tokensOf(vault)
  const token = tokens.sign(grant)
  expect(tokens.verify(token)).toEqual(grant)
  const ring = rotate(first, second, true)
  vault.turnTo(ring, readFormerKeys(file, ring))
  expect(() => tokens.verify(token)).toThrow(/not valid here/)
  expect(vault.deriveAll('contact index')).toHaveLength(2)
})

test('the file shows neither the former key nor what was derived from it, and the former key does not open it', () => {
  rotate(first, second)
  const bytes = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  const secrets = [first, openVault(first).derive('return codes').export()]
  for (const secret of secrets) {
    expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes(secret.toString('base64'))).toBe(false)
  }
  expect(readFormerKeys(file, { current: first, former: [] })).toEqual([])
})

test('a link that was mailed still ends a permission, and what finds a person again is still known', () => {
  const house = houseInMemory({ deploymentKey: first })
  const state = { answers: { phone: { value: '609-555-0123' } } }
  const link = permissionPath(house, 'c1').split('=')[1]
  const key = everyWayTo(house, { program: 'inspira', state } as unknown as LiveConversation)[0]
  const ring = rotate(first, second)
  house.vault.turnTo(ring, readFormerKeys(file, ring))
  expect(conversationOf(house, link)).toBe('c1')
  expect(permissionPath(house, 'c1')).not.toContain(link)
  expect(everyWayTo(house, { program: 'inspira', state } as unknown as LiveConversation)).toContain(key)
})
