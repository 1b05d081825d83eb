/**
 * The settings for asking payers through a clearinghouse, as JSON or as X12. Read with all other settings by `config.ts`.
 */
import { z } from 'zod'
import { isNpi } from '../flows/engine/understand/card-ids.ts'

const text = z.string().trim().min(1, 'must not be empty')

export const eligibilitySettings = {
  ELIGIBILITY_URL: z.url('must be an address').optional(),
  ELIGIBILITY_KEY: text.optional(),
  ELIGIBILITY_NPI: z
    .string()
    .refine(isNpi, 'must be a National Provider Identifier: its check digit is wrong')
    .optional(),
  ELIGIBILITY_PROVIDER: text.optional(),
  ELIGIBILITY_PAYERS: text.optional(),
  ELIGIBILITY_X12: z
    .string()
    .regex(/^[\w -]{1,15}\/[\w -]{1,15}$/, 'must be two interchange ids with a slash between them: ours/theirs')
    .optional(),
}

const Settings = z.object(eligibilitySettings)
type Env = z.infer<typeof Settings>

export interface EligibilityConfig {
  readonly url: string
  readonly key: string
  readonly npi: string
  readonly provider: string
  readonly payersFile: string
  /** Interchange ids of both sides when X12 itself is spoken; null = JSON. */
  readonly x12: { readonly sender: string; readonly receiver: string } | null
}

export function eligibilityIn(env: Env): EligibilityConfig | null {
  const { ELIGIBILITY_URL: url, ELIGIBILITY_KEY: key, ELIGIBILITY_NPI: npi } = env
  const { ELIGIBILITY_PROVIDER: provider, ELIGIBILITY_PAYERS: payersFile } = env
  const [sender = '', receiver = ''] = env.ELIGIBILITY_X12?.split('/') ?? []
  const x12 = env.ELIGIBILITY_X12 ? { sender, receiver } : null
  return url && key && npi && provider && payersFile ? { url, key, npi, provider, payersFile, x12 } : null
}

/** Settings that are right one by one and wrong together. */
export function eligibilityFaults(env: Env): (string | false | undefined)[] {
  return [
    Object.entries(env).some(([name, value]) => name.startsWith('ELIGIBILITY_') && value !== undefined) &&
      eligibilityIn(env) === null &&
      'ELIGIBILITY_URL, ELIGIBILITY_KEY, ELIGIBILITY_NPI, ELIGIBILITY_PROVIDER and ELIGIBILITY_PAYERS go together: set all five',
    env.ELIGIBILITY_X12 &&
      !env.ELIGIBILITY_KEY?.includes(':') &&
      'ELIGIBILITY_KEY must be user:password when ELIGIBILITY_X12 is set',
  ]
}
