/**
 * Traces go to a collector as OTLP: a turn with its stages as children, codes and times, and nothing about anybody.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openTracer } from '../../bot/operation/tracing.ts'
import { call, startTestService, visit } from './service-in-test.ts'

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly status?: { readonly code?: number; readonly message?: string }
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
}

interface Sent {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
}

async function collector() {
  const spans: Span[] = []
  const paths = new Set<string>()
  const server = createServer(async (request, response) => {
    paths.add(request.url ?? '')
    const sent = (await json(request)) as Sent
    for (const { scopeSpans } of sent.resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { spans, paths, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, end: () => server.close() }
}

test('a turn is a span with its stages below it; no word, no id of the conversation', async () => {
  const { spans, paths, url, end } = await collector()
  const service = await startTestService({ tracer: openTracer(url) })
  const visitor = await visit(service.address)
  await visitor.say('I want to kill myself zq9canary')
  await visitor.post({ type: 'message', text: 'zq9canary', channelData: { clientActivityID: 'zq9canary' } })
  await service.stop()
  expect([...paths]).toEqual(['/v1/traces'])
  const turn = spans.find(({ name }) => name === 'porchlight.turn')
  const children = spans.filter(({ parentSpanId }) => parentSpanId === turn?.spanId).map(({ name }) => name)
  expect(children).toEqual(expect.arrayContaining(['porchlight.load', 'porchlight.decide', 'porchlight.commit']))
  expect(new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)))).toEqual(
    new Set(['kind', 'program']),
  )
  const all = JSON.stringify(spans)
  for (const never of ['zq9canary', visitor.conversation, 'suicid', 'crisis']) expect(all).not.toContain(never)
  end()
})

test('a collector that is not there costs nobody a word', async () => {
  const service = await startTestService({ tracer: openTracer('http://127.0.0.1:1') })
  const visitor = await visit(service.address)
  expect((await visitor.say('hello')).length).toBeGreaterThan(0)
  await service.stop()
}, 20_000)

test('without a collector the stages stand in the figures all the same', async () => {
  const service = await startTestService()
  await (await visit(service.address)).say('hello')
  const figures = (await call(`${service.address}/metrics`)).body.text as string
  for (const stage of ['turn', 'load', 'decide', 'commit'])
    expect(figures).toMatch(new RegExp(`porchlight_stage_seconds_count\\{stage="${stage}"\\} [1-9]`))
  await service.stop()
})
