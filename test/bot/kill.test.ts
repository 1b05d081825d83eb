/**
 * What was acknowledged is there after the process is killed, once; what was stored to be done is done.
 */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, visit } from './service-in-test.ts'
import { spawnService } from './spawned-service.ts'

const ROUNDS = 4
const VISITORS = 8

test('kill -9 in the middle of a night loses no acknowledged word and doubles none', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-kill-'))
  const settings = { DATA_DIR: folder, LOG_LEVEL: 'silent' }
  let service = await spawnService(settings)
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => visit(service.address)))
  const acknowledged = new Map<string, string[]>(visitors.map((one) => [one.conversation, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    const talking = visitors.map((one) =>
      talk(service.address, one, { round, heard: acknowledged.get(one.conversation) ?? [] }),
    )
    const before = [...acknowledged.values()].map((heard) => heard.length)
    await expect
      .poll(() => [...acknowledged.values()].every((heard, index) => heard.length > (before[index] ?? 0)), {
        timeout: 15_000,
        interval: 10,
      })
      .toBe(true)
    await new Promise((resolve) => setTimeout(resolve, round * 17))
    await service.kill()
    await Promise.all(talking)
    service = await spawnService(settings)
  }
  for (const one of visitors) {
    const url = `${service.address}/v3/directline/conversations/${one.conversation}/activities`
    const { activities } = (await call(url, { bearer: one.token })).body
    const stored = activities.filter((activity) => activity.from.role === 'user').map((activity) => activity.text)
    const heard = acknowledged.get(one.conversation) ?? []
    expect(heard.length).toBeGreaterThan(0)
    expect(stored).toEqual(expect.arrayContaining(heard))
    expect(new Set(stored).size).toBe(stored.length)
  }
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Posts one message after the other until the service is gone; keeps what was acknowledged. */
async function talk(
  address: string,
  one: { conversation: string; token: string },
  at: { round: number; heard: string[] },
) {
  const url = `${address}/v3/directline/conversations/${one.conversation}/activities`
  for (let count = 0; ; count += 1) {
    const text = `round ${at.round} message ${count}`
    const body = { type: 'message', text, channelData: { clientActivityID: text } }
    const answer = await call(url, { bearer: one.token, body }).catch(() => null)
    if (answer === null) return
    if (answer.status === 200) at.heard.push(text)
  }
}
