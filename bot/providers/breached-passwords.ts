/**
 * Whether a password is known from a breach, asked of a service of ranges (ASVS 5.0, 6.2.12), such as Pwned Passwords.
 *
 * Only the first five signs of its SHA-1 leave, and the answer is padded, so the service learns neither the
 * password nor whether it was there. SHA-1 is the service's own choice and protects nothing here.
 */
import { createHash } from 'node:crypto'
import { AdmissionsError } from '../errors.ts'
import { askOutside } from './outside-request.ts'

const PREFIX = 5

export interface BreachService {
  /** e.g. `https://api.pwnedpasswords.com/range` */
  readonly url: string
  readonly allowInside: readonly string[]
}

/**
 * @param service - null = nobody is asked.
 * @throws AdmissionsError `REQUEST_INVALID` for a password that is known, `ServiceError` when the service does not answer.
 */
export async function refuseBreached(service: BreachService | null, password: string): Promise<void> {
  if (service === null) return
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
  const { status, text } = await askOutside(
    {
      url: `${service.url.replace(/\/$/, '')}/${hash.slice(0, PREFIX)}`,
      method: 'GET',
      headers: { 'add-padding': 'true', accept: 'text/plain' },
      body: null,
      allowInside: service.allowInside,
    },
    'nobody',
  )
  if (status !== 200)
    throw new AdmissionsError('ServiceError', 'The service that knows passwords from breaches does not answer.')
  const isKnown = text.split('\n').some((line) => {
    const [rest, count] = line.trim().split(':')
    return rest?.toUpperCase() === hash.slice(PREFIX) && Number(count) > 0
  })
  if (isKnown)
    throw new AdmissionsError(
      'REQUEST_INVALID',
      'This password is known from a breach elsewhere: take another one, and change it there too.',
    )
}
