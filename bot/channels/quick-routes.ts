/**
 * The two addresses that carry nearly all traffic, answered without a detour: a message, and a poll.
 *
 * A plain request to one of them is read here by the server's own means; anything unusual about it (an
 * encoding, another type, a query of another form) goes the long way round, through Express. Both ways
 * end in the same functions and give the same headers, bodies and errors.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Express } from 'express'
import { baseHeaders, errorAnswer, sendJson } from '../answers.ts'
import { AdmissionsError } from '../errors.ts'
import { type DirectLine, takePoll, takePost } from './direct-line.ts'

/** Direct Line allows 256 K characters; what a chat needs is far less. */
export const BODY_MAX_BYTES = 262_144

const activitiesPath = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/activities(?:\?watermark=(\d{0,15}))?$/
const jsonType = /^application\/json(?:; ?charset=utf-8)?$/i

export function quickRoutes(line: DirectLine, slow: Express): RequestListener {
  const trusted = slow.get('trust proxy fn') as (address: string, hop: number) => boolean
  return (request, response) => {
    const [, id, watermark] = activitiesPath.exec(request.url ?? '') ?? []
    if (id === undefined) return slow(request, response)
    if (request.method === 'GET' && !hasBody(request))
      return void answer(line, { request, response }, () => takePoll(line, request, { id, watermark }))
    if (request.method !== 'POST' || watermark !== undefined || !isPlainJson(request)) return slow(request, response)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => {
      void answer(line, { request, response }, () =>
        takePost(line, request, { id, body: parse(chunks), address: addressOf(request, trusted) }),
      )
    })
  }
}

/** Every origin may read why it was refused; whether it may do anything is decided elsewhere (`origins`). */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return { Vary: 'Origin' }
  return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  const bytes = Number(headers['content-length'])
  return (
    bytes > 0 &&
    bytes <= BODY_MAX_BYTES &&
    headers['content-encoding'] === undefined &&
    headers.expect === undefined &&
    jsonType.test(headers['content-type'] ?? '')
  )
}

/** The nearest address that is not a proxy of ours, as Express's `request.ip` says it. */
function addressOf(
  { socket, headers }: IncomingMessage,
  trusted: (address: string, hop: number) => boolean,
): string | undefined {
  const forwarded = headers['x-forwarded-for']
  const hops = typeof forwarded === 'string' ? forwarded.split(',').map((hop) => hop.trim()) : []
  let address = socket.remoteAddress
  for (let hop = 0; address !== undefined && hops.length > 0 && trusted(address, hop); hop += 1) address = hops.pop()
  return address
}

function parse(chunks: readonly Buffer[]): unknown {
  const [only] = chunks
  const text = (chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString('utf8').replace(/^\uFEFF/, '')
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Said below, without the words that could not be read.
  }
  throw new AdmissionsError(
    'MalformedData',
    'The request could not be read: send valid JSON in UTF-8 and a valid address.',
  )
}

async function answer(
  line: DirectLine,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  take: () => Promise<object>,
): Promise<void> {
  try {
    const body = await take()
    sendJson(response, {
      status: 200,
      headers: { ...baseHeaders(line.house), ...corsHeaders(request.headers.origin) },
      body,
    })
  } catch (error) {
    const { status, headers, body } = errorAnswer(line.house, error, request.url ?? '')
    const all = { ...baseHeaders(line.house), ...corsHeaders(request.headers.origin), ...headers }
    sendJson(response, { status, headers: all, body })
  }
}
