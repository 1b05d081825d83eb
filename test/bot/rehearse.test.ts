/**
 * The rehearsal walks a real service; its leads ring nowhere and go to nobody.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RehearsalStep, rehearse } from '../../bot/rehearse/play.ts'
import { isRehearsal } from '../../bot/rehearse/rehearsal.ts'
import { PASSWORD, TestDesk } from './desk-in-test.ts'
import { call, SECRET } from './service-in-test.ts'

const taken: string[] = []
const server = createServer((request, response) => {
  taken.push(request.url ?? '')
  response.writeHead(204).end()
})
let desk: TestDesk
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  desk = await TestDesk.open({
    ON_CALL_WEBHOOK: `${address}/pager`,
    ON_CALL_WEBHOOK_SECRET: secret,
    WEBHOOK_URL: `${address}/hook`,
    WEBHOOK_SECRETS: secret,
    FHIR_URL: `${address}/fhir`,
  })
})
afterAll(async () => {
  await desk.close()
  server.close()
})

test('every step is good and timed; nobody is paged, no desk rings, no system is told', async () => {
  const ana = await desk.as('ana')
  const heard = await desk.listen(ana)
  const steps: RehearsalStep[] = []
  const asked = {
    url: desk.service.address,
    secret: SECRET,
    program: 'inspira',
    staff: { name: 'chris', password: PASSWORD },
  }
  expect([
    await rehearse(asked, (step) => void steps.push(step)),
    steps.filter((one) => one.outcome !== 'good'),
  ]).toEqual([true, []])
  expect(steps.map((one) => one.step)).toEqual([
    'ready',
    'danger',
    'facts',
    'insurance-and-hand-off',
    'lead-visible',
    'claim',
    'close',
  ])
  await desk.pass(20)
  const { store } = desk.service.house
  await expect
    .poll(async () => (await store.auditTrail(500, null)).map((one) => one.event))
    .toContain('rehearsal.not-sent')
  expect(taken).toEqual([])
  expect(heard.text()).not.toContain('event: alarm')
  heard.stop()
  const rows = (await ana('leads?state=open')).body.leads
  expect(rows).toEqual([])
  const closed = (await ana('leads?state=closed')).body.leads as { isRehearsal: boolean; closedAs: string }[]
  expect(closed.map((row) => [row.isRehearsal, row.closedAs])).toEqual([
    [true, 'test'],
    [true, 'test'],
  ])
})

test('no visitor can mark herself: her danger pages', async () => {
  const base = `${desk.service.address}/v3/directline`
  const granted = (await call(`${desk.service.address}/programs/inspira/token`, { method: 'POST' })).body
  const started = await call(`${base}/conversations`, {
    bearer: granted.token,
    body: { user: { id: 'dl_rehearsal.me' } },
  })
  const conversation = granted.conversationId
  const from = { id: 'dl_rehearsal.me' }
  const bearer = started.status < 300 ? started.body.token : granted.token
  await call(`${base}/conversations/${conversation}/activities`, {
    bearer,
    body: { type: 'message', text: 'I want to kill myself', from },
  })
  const live = await desk.service.house.conversations.load(conversation)
  expect(isRehearsal(live?.user ?? '')).toBe(false)
})

test('an installation that is not there is said to be, and the exit is bad', async () => {
  const steps: RehearsalStep[] = []
  const asked = { url: 'http://127.0.0.1:9', secret: SECRET, program: 'inspira', staff: null }
  expect(await rehearse(asked, (step) => void steps.push(step))).toBe(false)
  expect(steps.slice(-3).map((one) => one.outcome)).toEqual(['left-out', 'left-out', 'left-out'])
})
