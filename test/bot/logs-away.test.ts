/**
 * The log on another machine: each line arrives as OTLP with nothing of anybody in it, waits while the collector is
 * away, and the head of the audit trail that went with it shows a trail that was made anew.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { chain } from '../../bot/keeping/audit-chain.ts'
import { verifyAudit } from '../../bot/keeping/audit-walk.ts'
import { sendLogsAway } from '../../bot/operation/logs-away.ts'
import type { AuditLog } from '../../bot/ports.ts'
import { startTestService, visit } from './service-in-test.ts'

interface LogRecord {
  readonly severityText: string
  readonly timeUnixNano: string
  readonly body: { readonly stringValue: string }
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[]
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function collector(status = () => 200) {
  const records: LogRecord[] = []
  let requests = 0
  const server = createServer(async (request, response) => {
    const sent = (await json(request)) as { resourceLogs: { scopeLogs: { logRecords: LogRecord[] }[] }[] }
    const given = status()
    requests += 1
    if (given === 200)
      for (const { scopeLogs } of sent.resourceLogs) for (const { logRecords } of scopeLogs) records.push(...logRecords)
    response.writeHead(given, { 'content-type': 'application/json' }).end('{}')
  })
  return { records, asked: () => requests, url: await addressOf(server) }
}

async function addressOf(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`
}

test('what the service logs arrives elsewhere, with codes and no word, and the head of its trail with it', async () => {
  const { records, url } = await collector()
  const service = await startTestService({}, { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: url })
  const visitor = await visit(service.address)
  await visitor.say('I want to kill myself zq9canary')
  await fetch(`${service.address}/v3/directline/conversations/${visitor.conversation}/activities`, {
    headers: { authorization: 'Bearer a.zq9canary.token' },
  })
  const looked = { event: 'lead.viewed', at: '9', actor: 'ana', conversation: null, lead: null, detail: {} }
  await service.house.store.record(looked)
  const [head] = await service.house.store.auditTrail(1, null)
  await service.stop()
  const refused = records.find(({ body }) => body.stringValue === 'request.refused')
  expect(refused).toMatchObject({ severityText: 'WARN', timeUnixNano: expect.stringMatching(/^\d{19}$/) })
  expect(refused?.attributes).toContainEqual({ key: 'code', value: { stringValue: 'Forbidden' } })
  const told = records.findLast(({ body }) => body.stringValue === 'audit.head')
  expect(told?.attributes).toContainEqual({ key: 'hash', value: { stringValue: head?.hash } })
  expect(JSON.stringify(records)).not.toContain('zq9canary')
})

const line = (count: number) => JSON.stringify({ level: 30, time: 1_795_000_000_000, event: 'test.line', count })
const countsOf = (records: readonly LogRecord[]) => records.map(({ attributes }) => attributes[0]?.value.stringValue)

test('lines wait while the collector is away, each arrives once, and production sends none in the clear', async () => {
  let status = 503
  const { asked, records, url } = await collector(() => status)
  const away = sendLogsAway(url)
  for (let count = 0; count < 3; count += 1) away.write(line(count))
  await expect.poll(() => asked(), { timeout: 20_000 }).toBeGreaterThan(0)
  expect(records).toEqual([])
  status = 200
  away.write(line(3))
  await away.stop()
  expect(countsOf(records)).toEqual(['0', '1', '2', '3'])
  const settings = { NODE_ENV: 'production', OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://logs.example/v1/logs' }
  expect(() => readConfig(settings)).toThrow(/OTEL_EXPORTER_OTLP_LOGS_ENDPOINT must be https:/)
})

test('lines that find no room to wait are counted, and the count arrives once a collector does', async () => {
  let status = 500
  const { asked, records, url } = await collector(() => status)
  const away = sendLogsAway(url)
  for (let count = 0; count < 10_003; count += 1) away.write(line(count))
  await expect.poll(() => asked(), { timeout: 20_000 }).toBeGreaterThan(0)
  status = 200
  await away.stop()
  expect(records).toHaveLength(10_001)
  expect(records.at(-1)).toMatchObject({ severityText: 'WARN', body: { stringValue: 'log.lost' } })
  expect(countsOf(records.slice(-2))).toEqual(['9999', '3'])
})

test('a collector that answers nonsense harms nobody', async () => {
  const nonsense = createServer((request, response) => {
    request.resume().on('end', () => response.end('<html>{"partialSuccess":'))
  })
  const away = sendLogsAway(await addressOf(nonsense))
  away.write(line(0))
  await Promise.all([once(nonsense, 'request'), away.stop()])
})

test('a head that was logged shows a trail that was cut short or made anew, though it is whole in itself', async () => {
  const event = (n: number) => ({
    event: 'lead.viewed',
    at: '9',
    actor: `ana${n}`,
    conversation: null,
    lead: null,
    detail: {},
  })
  const trailOf = (count: number, from = 0): AuditLog => {
    let hash = ''
    const entries = Array.from({ length: count }, (_, at) => {
      hash = chain(hash, event(at + from))
      return { ...event(at + from), seq: at + 1, hash }
    }).reverse()
    return { record: async () => undefined, auditTrail: async (_limit, before) => (before === null ? entries : []) }
  }
  const [third] = await trailOf(3).auditTrail(1, null)
  const noted = { seq: 3, hash: third?.hash ?? '' }
  expect(await verifyAudit(trailOf(5), noted)).toMatchObject({ type: 'whole', entries: 5 })
  for (const other of [trailOf(2), trailOf(5, 7)]) {
    expect(await verifyAudit(other)).toMatchObject({ type: 'whole' })
    expect(await verifyAudit(other, noted)).toEqual({ type: 'broken', seq: 3, why: 'not-the-head-logged' })
  }
})
