/**
 * What an operator's alerts stand on: who waits, what is late, what has not gone out.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../bot/keeping/audit-walk.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { TestDesk } from './desk-in-test.ts'
import { call } from './service-in-test.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await TestDesk.open()
})

afterAll(() => desk.close())

async function figures(): Promise<string> {
  return String((await call(`${desk.service.address}/metrics`)).body.text)
}

test('danger that waits is counted by its acuity, and grows late', async () => {
  const { lead } = await desk.leadInDanger()
  const before = await figures()
  expect(before).toContain(`porchlight_leads_waiting{acuity="${lead.acuity}"} 1`)
  expect(before).toContain('porchlight_store_up 1')
  expect(before).toContain('porchlight_leads_late 0')
  await desk.pass(60)
  const after = await figures()
  expect(after).toContain('porchlight_lead_oldest_wait_seconds 3600')
  expect(after).toContain('porchlight_leads_late 1')
})

test('every figure that an alert or the dashboard names is there, and every alert has its runbook', async () => {
  await desk.leadInDanger()
  const known = await figures()
  const files = ['deploy/alerts.yml', 'deploy/dashboard.json'].map((file) => readFileSync(file, 'utf8'))
  const names = new Set(files.flatMap((text) => text.match(/porchlight_[a-z0-9_]+/g) ?? []))
  expect(names.size).toBeGreaterThan(8)
  for (const name of names) expect(known).toContain(name)
  const runbooks = readFileSync('docs/operate.md', 'utf8')
  for (const [, alert] of files.join('').matchAll(/alert: (\w+)/g))
    expect(runbooks).toMatch(new RegExp(`^###.*\\b${alert}\\b`, 'm'))
})

test('a trail is whole until somebody changes an entry, and then says where', async () => {
  const store = openSqliteStore(':memory:')
  const about = { actor: 'ana', conversation: null, lead: null, detail: {} }
  for (let index = 0; index < 5; index += 1)
    await store.record({ ...about, event: `event.${index}`, at: `2026-11-2${index}T00:00:00.000Z` })
  expect(await verifyAudit(store)).toMatchObject({ type: 'whole', entries: 5 })
  const bent = {
    ...store,
    auditTrail: async (limit: number, before: number | null) =>
      (await store.auditTrail(limit, before)).map((one) => (one.seq === 3 ? { ...one, actor: 'nobody' } : one)),
  }
  expect(await verifyAudit(bent)).toEqual({ type: 'broken', seq: 3, why: 'changed' })
  await store.close()
})
