/**
 * Limits that two machines count together.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { PASSWORD } from './desk-in-test.ts'
import { type Machines, startMachines } from './machines-in-test.ts'
import { call, visit } from './service-in-test.ts'

let machines: Machines
beforeAll(async () => {
  machines = await startMachines({ RATE_LIMIT_PER_MINUTE: '20' }, { at: new Date('2026-11-23T15:00:00.000Z') })
  await addStaff(machines.one.house.store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
})
afterAll(() => machines.stop())

test('a visitor who is sent to both machines has one limit; danger passes it', async () => {
  const visitor = await visit(machines.one.address)
  const statuses: number[] = []
  for (let count = 0; count < 30; count += 1) {
    const { address } = count % 2 ? machines.one : machines.other
    const url = `${address}/v3/directline/conversations/${visitor.conversation}/activities`
    statuses.push((await call(url, { bearer: visitor.token, body: { type: 'message', text: 'hello' } })).status)
  }
  const taken = statuses.filter((status) => status === 200).length
  expect(taken).toBeGreaterThanOrEqual(20)
  expect(taken).toBeLessThanOrEqual(22)
  const url = `${machines.other.address}/v3/directline/conversations/${visitor.conversation}/activities`
  const danger = { bearer: visitor.token, body: { type: 'message', text: 'I want to kill myself' } }
  expect((await call(url, danger)).status).toBe(200)
})

test('five wrong passwords are five, however they are spread over the machines', async () => {
  const tries = Array.from({ length: 9 }, (_, index) => (index % 2 ? machines.one : machines.other))
  const answers = await Promise.all(
    tries.map(({ address }) =>
      call(`${address}/desk/api/session`, { body: { name: 'ana', password: 'wrong password' } }),
    ),
  )
  expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5)
  expect(answers.filter((answer) => answer.body.error.code === 'SIGN_IN_LOCKED')).toHaveLength(4)
})

test('what Redis writes to its disk holds no word, no password and no network', async () => {
  const visitor = await visit(machines.other.address)
  await visitor.say('xylophonist in Quibbletown, I want to kill myself')
  const written = globSync('**/*', { cwd: machines.redis.folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('')
  expect(written).toContain(visitor.conversation)
  for (const word of ['xylophonist', 'Quibbletown', 'wrong password', '127.0.0']) expect(written).not.toContain(word)
})
