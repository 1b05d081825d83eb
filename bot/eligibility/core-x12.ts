/**
 * A clearinghouse or payer that takes X12 itself, by the CAQH CORE Connectivity Rule (vC2.2.0): the 270 as one
 * part of a MIME multipart form, the 271 back in the same answer ("real time").
 *
 * The envelope names the two sides and a password, the payload the person. An answer without an envelope is read as
 * well, because the rule lets both sides agree on a plain one.
 *
 * @see CAQH CORE Connectivity Rule vC2.2.0, 4.2.1 and 4.4 (HTTP MIME multipart, envelope metadata, error codes).
 */
import { createHash } from 'node:crypto'
import { AdmissionsError } from '../errors.ts'
import type { Permit } from '../outbox/exits.ts'
import type { Clock } from '../ports.ts'
import { askOutside, type OutsideAnswer } from '../providers/outside-request.ts'
import { unreachable, withBreaker } from './breaker.ts'
import type { Eligibility, EligibilityAnswer, EligibilityRequest } from './port.ts'
import { build270 } from './x12-270.ts'
import { read271 } from './x12-271.ts'

export interface CoreEndpoint {
  readonly url: string
  readonly user: string
  readonly password: string
  /** Ids of both sides, as the other side gave them out. */
  readonly sender: string
  readonly receiver: string
  readonly provider: { readonly name: string; readonly npi: string }
  /** Lower-case name of a payer → its id there. */
  readonly payers: Readonly<Record<string, string>>
  /** T while testing, P for production. */
  readonly usage: 'T' | 'P'
  readonly allowInside: readonly string[]
}

/** The rule gives the other side 20 seconds. */
const TIMEOUT_MS = 25_000

export function coreX12(at: CoreEndpoint, clock: Clock): Eligibility {
  return {
    name: 'x12',
    payerId: (payer) => at.payers[payer.toLowerCase()] ?? null,
    check: withBreaker(
      async (request, permit) => answerOf(await send(at, { request, now: clock.now() }, permit), request),
      clock,
    ),
  }
}

async function send(
  at: CoreEndpoint,
  { request, now }: { request: EligibilityRequest; now: Date },
  permit: Permit<'ask-payer'>,
): Promise<OutsideAnswer> {
  const boundary = `porchlight-${createHash('sha256').update(`${request.id} boundary`).digest('hex').slice(0, 32)}`
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, accept: 'multipart/form-data' }
  const body = formOf(envelope(at, request, now), boundary)
  const asked = { url: at.url, method: 'POST', headers, body, allowInside: at.allowInside, timeoutMs: TIMEOUT_MS }
  const answer = await askOutside(asked, permit).catch((error: unknown) => {
    if (error instanceof AdmissionsError && error.code === 'ADDRESS_INTERNAL') throw error
    throw unreachable('could not be reached in time')
  })
  if (answer.status >= 500 || answer.status === 429) throw unreachable(`answered ${answer.status}`)
  return answer
}

function envelope(at: CoreEndpoint, request: EligibilityRequest, now: Date): [string, string][] {
  const { sender, receiver, provider, usage } = at
  const payerName = Object.keys(at.payers).find((name) => at.payers[name] === request.payerId) ?? request.payerId
  const by = { sender, receiver, provider, payerName, controlNumber: digitsOf(request.id), now, usage }
  return [
    ['PayloadType', 'X12_270_Request_005010X279A1'],
    ['ProcessingMode', 'RealTime'],
    ['PayloadID', uuidOf(request.id)],
    ['TimeStamp', now.toISOString().replace(/\.\d{3}/, '')],
    ['UserName', at.user],
    ['Password', at.password],
    ['SenderID', sender],
    ['ReceiverID', receiver],
    ['CORERuleVersion', '2.2.0'],
    ['Payload', build270(request, by)],
  ]
}

function formOf(fields: readonly [string, string][], boundary: string): string {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${boundary}--\r\n`
}

function answerOf(answer: OutsideAnswer, request: EligibilityRequest): EligibilityAnswer {
  const parts = partsOf(answer)
  const code = parts.get('ErrorCode') ?? 'Success'
  if (answer.status === 401 || answer.status === 403) return refused(`HTTP ${answer.status}`)
  if (!/^success$/i.test(code.trim())) return refused(code.trim().slice(0, 60))
  const payload = parts.get('Payload') ?? answer.text
  if (/[~\n]\s*(?:ST\*999|TA1\*)|^(?:ST\*999|TA1\*)/.test(payload))
    return refused('999: the question was not understood')
  return read271(payload, request)
}

/** What a person mends: it is not asked again. */
function refused(code: string): EligibilityAnswer {
  const problems = [`The clearinghouse refused the question (${code}). Tell an administrator, and ask by phone.`]
  return { outcome: 'unsupported', planName: null, benefits: [], problems }
}

function partsOf({ headers, text }: OutsideAnswer): ReadonlyMap<string, string> {
  const boundary = /boundary="?([^";]{1,70})"?/i.exec(headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) return new Map()
  return new Map(
    text.split(`--${boundary}`).flatMap((part): [string, string][] => {
      const end = /\r?\n\r?\n/.exec(part)
      const name = end && /name="?([\w-]{1,40})"?/i.exec(part.slice(0, end.index))?.[1]
      return end && name ? [[name, part.slice(end.index + end[0].length).replace(/\r?\n$/, '')]] : []
    }),
  )
}

/** The same for every retry of one question. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

function digitsOf(id: string): string {
  return String(
    Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 12), 16) % 1_000_000_000,
  ).padStart(9, '0')
}
