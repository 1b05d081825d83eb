/**
 * A clearinghouse that takes JSON (Stedi's shape): asked with a time-out, spared by a breaker when it fails.
 *
 * It asks only with a permit, sends only what finds the person, and tells nothing of an answer to a log.
 * `pending` and an unreachable service are tried again by the effect that asked, under the same id.
 */
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { bounded } from '../providers/bounded.ts'
import { unreachable, withBreaker } from './breaker.ts'
import { benefitLine, rejectReason } from './codes.ts'
import type { Eligibility, EligibilityAnswer, EligibilityRequest, Person } from './port.ts'
import { read271 } from './x12-271.ts'

export interface Clearinghouse {
  readonly url: string
  readonly key: string
  readonly provider: { readonly name: string; readonly npi: string }
  /** Lower-case name of a payer → its id here; from the vendor's list, never from code. */
  readonly payers: Readonly<Record<string, string>>
}

const TIMEOUT_MS = 20_000

const Benefit = z.object({
  code: z.string().optional(),
  coverageLevelCode: z.string().optional(),
  serviceTypeCodes: z.array(z.string()).optional(),
  timeQualifierCode: z.string().optional(),
  benefitAmount: z.string().optional(),
  benefitPercent: z.string().optional(),
  authOrCertIndicator: z.string().optional(),
  inPlanNetworkIndicatorCode: z.string().optional(),
  planCoverage: z.string().optional(),
  additionalInformation: z.array(z.object({ description: z.string().optional() })).optional(),
})
const Party = z.object({
  memberId: z.string().optional(),
  lastName: z.string().optional(),
  dateOfBirth: z.string().optional(),
})
const Failing = z.array(z.object({ code: z.string().optional() }))
/** What is read of an answer; everything else in it is ignored. */
const Answer = z.object({
  x12: z.string().optional(),
  errors: Failing.optional(),
  subscriber: Party.extend({ aaaErrors: Failing.optional() }).optional(),
  dependents: z.array(Party).optional(),
  planStatus: z.array(z.object({ statusCode: z.string().optional(), planDetails: z.string().optional() })).optional(),
  benefitsInformation: z.array(Benefit).optional(),
})
type Answer = z.infer<typeof Answer>

export function clearinghouse(at: Clearinghouse, clock: Clock): Eligibility {
  return {
    name: 'clearinghouse',
    payerId: (payer) => at.payers[payer.toLowerCase()] ?? null,
    check: withBreaker((request) => ask(at, request), clock),
  }
}

async function ask(at: Clearinghouse, request: EligibilityRequest): Promise<EligibilityAnswer> {
  const response = await fetch(at.url, {
    method: 'POST',
    headers: { authorization: at.key, 'content-type': 'application/json', 'idempotency-key': request.id },
    body: JSON.stringify(bodyOf(at, request)),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw unreachable('could not be reached in time')
  })
  if (response.status === 202) return { outcome: 'pending', planName: null, benefits: [], problems: [] }
  if (response.status >= 500 || response.status === 429) throw unreachable(`answered ${response.status}`)
  const body = Answer.safeParse(
    await bounded(response)
      .json()
      .catch(() => null),
  )
  if (!body.success) throw new AdmissionsError('PAYER_UNREADABLE', 'The clearinghouse’s answer could not be read.')
  if (!response.ok && !body.data.errors && !body.data.subscriber?.aaaErrors)
    throw unreachable(`answered ${response.status}`)
  return body.data.x12 ? read271(body.data.x12, request) : answerOf(body.data, request)
}

function bodyOf({ provider }: Clearinghouse, request: EligibilityRequest): object {
  const compact = (one: Person) => ({
    firstName: one.firstName,
    lastName: one.lastName,
    dateOfBirth: one.birthDate.replaceAll('-', ''),
  })
  return {
    controlNumber: digits(request.id),
    tradingPartnerServiceId: request.payerId,
    encounter: { serviceTypeCodes: [request.serviceType], dateOfService: request.on.replaceAll('-', '') },
    provider: { organizationName: provider.name, npi: provider.npi },
    subscriber: { memberId: request.memberId, ...compact(request.subscriber) },
    ...(request.dependent ? { dependents: [compact(request.dependent)] } : {}),
  }
}

/** Nine digits, the same for every retry. */
function digits(id: string): string {
  const sum = [...id].reduce((total, sign) => (total * 31 + sign.charCodeAt(0)) % 999_999_937, 7)
  return String(sum).padStart(9, '0')
}

function answerOf(body: Answer, asked: EligibilityRequest): EligibilityAnswer {
  const rejects = [...(body.errors ?? []), ...(body.subscriber?.aaaErrors ?? [])].map(({ code }) =>
    rejectReason(code ?? ''),
  )
  const problems = [...new Set(rejects.map(({ words }) => words))]
  const statuses = (body.planStatus ?? []).map(({ statusCode }) => statusCode ?? '')
  if (rejects.length > 0 && statuses.length === 0) {
    const outcome = rejects.find((one) => one.outcome !== 'unsupported')?.outcome ?? 'unsupported'
    return { outcome, planName: null, benefits: [], problems }
  }
  if (!isAbout(body, asked)) {
    const dropped = 'The payer answered about another person: the answer was dropped. Ask by phone.'
    return { outcome: 'not-found', planName: null, benefits: [], problems: [dropped] }
  }
  const isActive = statuses.some((status) => /^[1-5]$/.test(status))
  const isInactive = statuses.some((status) => /^[678]$/.test(status))
  const benefits = (body.benefitsInformation ?? []).flatMap((one) => lineOf(one) ?? []).slice(0, 60)
  const planName = body.planStatus?.find(({ planDetails }) => planDetails)?.planDetails ?? null
  return { outcome: isActive ? 'active' : isInactive ? 'inactive' : 'unsupported', planName, benefits, problems }
}

/** The JSON says what an EB segment says, under longer names. */
function lineOf(one: z.infer<typeof Benefit>): string | null {
  const types = (one.serviceTypeCodes ?? []).join('^')
  const segment = [
    'EB',
    one.code ?? '',
    one.coverageLevelCode ?? '',
    types,
    '',
    one.planCoverage ?? '',
    one.timeQualifierCode ?? '',
  ]
  const money = [
    one.benefitAmount ?? '',
    one.benefitPercent ?? '',
    '',
    '',
    one.authOrCertIndicator ?? '',
    one.inPlanNetworkIndicatorCode ?? '',
  ]
  return benefitLine(
    [...segment, ...money],
    (one.additionalInformation ?? []).flatMap(({ description }) => description ?? []),
  )
}

function isAbout({ subscriber, dependents = [] }: Answer, asked: EligibilityRequest): boolean {
  const said = [...(subscriber ? [subscriber] : []), ...dependents]
  const people = asked.dependent ? [asked.subscriber, asked.dependent] : [asked.subscriber]
  const same = (a = '', b = ''): boolean =>
    a !== '' && a.toUpperCase().replaceAll(/\W/g, '') === b.toUpperCase().replaceAll(/\W/g, '')
  return said.some(
    (one) =>
      same(one.memberId, asked.memberId) ||
      people.some((person) => same(one.lastName, person.lastName) && same(one.dateOfBirth, person.birthDate)),
  )
}
