import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openVault, seal, sealJson, unseal, unsealJson } from '../../bot/keeping/vault.ts'

const vault = openVault(randomBytes(32))

test('what is sealed opens again, whatever it is', () => {
  const { key, wrapped } = vault.newKey('c1')
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(unsealJson(vault.unwrap('c1', wrapped), sealJson(key, JSON.parse(json), 'state c1'), 'state c1')).toEqual(
        JSON.parse(json),
      )
    }),
  )
})

test('sealed bytes show nothing of the words and are never the same twice', () => {
  const { key } = vault.newKey('c1')
  const words = 'I cannot do this any more'
  const sealed = seal(key, words, 'turn c1 1')
  expect(sealed.includes(Buffer.from(words))).toBe(false)
  expect(sealed.equals(seal(key, words, 'turn c1 1'))).toBe(false)
})

test('a record moved to another place, changed by one bit, or under another key does not open', () => {
  const { key } = vault.newKey('c1')
  const sealed = seal(key, 'words', 'turn c1 1')
  const changed = Buffer.from(sealed)
  changed[changed.length - 1] = (changed.at(-1) as number) ^ 1
  for (const attempt of [
    () => unseal(key, sealed, 'turn c1 2'),
    () => unseal(key, changed, 'turn c1 1'),
    () => unseal(vault.newKey('c2').key, sealed, 'turn c1 1'),
    () => unseal(key, sealed.subarray(0, 20), 'turn c1 1'),
  ]) {
    expect(attempt).toThrow(expect.objectContaining({ code: 'KEY_UNREADABLE' }))
  }
})

test('a key wrapped for one conversation opens no other, and no other deployment key opens it', () => {
  const { wrapped } = vault.newKey('c1')
  expect(() => vault.unwrap('c2', wrapped)).toThrow(expect.objectContaining({ code: 'KEY_UNREADABLE' }))
  expect(() => openVault(randomBytes(32)).unwrap('c1', wrapped)).toThrow(
    expect.objectContaining({ code: 'KEY_UNREADABLE' }),
  )
})
