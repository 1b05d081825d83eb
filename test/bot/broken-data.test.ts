import { rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, said } from './service-in-test.ts'
import { spawnService } from './spawned-service.ts'

test('with a corrupt database the start says so, and a sentence of danger still brings the card', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-broken-'))
  writeFileSync(join(folder, 'porchlight.sqlite'), 'this is no database'.repeat(500))
  const service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
  expect(service.output()).toContain('STORE_UNAVAILABLE: The database in DATA_DIR cannot be opened')
  expect((await call(`${service.address}/readyz`)).status).toBe(503)
  expect((await call(`${service.address}/chat/inspira`)).status).toBe(200)
  const { token, conversationId } = (await call(`${service.address}/programs/inspira/token`, { method: 'POST' })).body
  const activities = `${service.address}/v3/directline/conversations/${conversationId}/activities`
  expect(
    (await call(activities, { bearer: token, body: { type: 'message', text: 'I want to kill myself' } })).status,
  ).toBe(503)
  const polled = await call(activities, { bearer: token })
  expect([polled.status, said(polled.body.activities[0]).kind]).toEqual([200, 'crisis'])
  await service.stop()
  rmSync(folder, { recursive: true })
})
