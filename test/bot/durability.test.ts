/**
 * How a Redis is asked whether it keeps what it acknowledges, and what counts as an answer.
 */
import { expect, test } from 'vitest'
import { holdToDurability, type Server } from '../../bot/stores/redis/durability.ts'

const durable: Record<string, string> = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' }

function server(answer: (setting: string) => unknown, version = '7.2.4'): Server {
  return {
    name: '10.0.0.21:6379',
    async ask(command, _get, setting = '') {
      if (command === 'info') return Buffer.from(`# Server\r\nredis_version:${version}\r\ncluster_enabled:0\r\n`)
      return [Buffer.from(setting), Buffer.from(String(answer(setting)))]
    },
  }
}

test('a durable Redis of version 7 is used', async () => {
  await expect(
    holdToDurability(
      server((setting) => durable[setting]),
      [],
      false,
    ),
  ).resolves.toBeUndefined()
})

test('an older one is refused', async () => {
  const old = server((setting) => durable[setting], '6.2.14')
  await expect(holdToDurability(old, [], false)).rejects.toThrow('it must be 7 or later')
})

test('one that may not be asked is refused, unless that is accepted by name', async () => {
  const silent = server(() => {
    throw new Error("NOPERM this user has no permissions to run the 'config|get' command")
  })
  await expect(holdToDurability(silent, [], false)).rejects.toThrow('REDIS_ACCEPT_LOSS=unknown')
  await expect(holdToDurability(silent, ['unknown'], false)).resolves.toBeUndefined()
})

test('a line that breaks while it is asked says nothing about how it keeps its data', async () => {
  const broken = server(() => {
    throw new Error('Connection is closed.')
  })
  await expect(holdToDurability(broken, [], false)).rejects.toThrow('Connection is closed.')
})
