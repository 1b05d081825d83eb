/**
 * The settings of the systems around: record system, customer file, subscribers, sign-in provider.
 *
 * Each is off until it is set. Read with all other settings by `config.ts`.
 */
import { z } from 'zod'

const text = z.string().trim().min(1, 'must not be empty')
const address = z.url('must be an address')

export const systemSettings = {
  FHIR_URL: address.optional(),
  FHIR_TOKEN: text.optional(),
}

const Settings = z.object(systemSettings)
type Settings = z.infer<typeof Settings>

export interface SystemsConfig {
  /** The program's record system; null = leads stay here. */
  readonly recordSystem: { readonly url: string; readonly token: string | null } | null
}

export function systemsOf(env: Settings): SystemsConfig {
  return {
    recordSystem: env.FHIR_URL ? { url: env.FHIR_URL, token: env.FHIR_TOKEN ?? null } : null,
  }
}

/** Settings that are right one by one and wrong together. */
export function systemFaults(env: Settings, production: boolean): (string | false | undefined)[] {
  return [
    env.FHIR_TOKEN !== undefined && !env.FHIR_URL && 'FHIR_URL is missing: set it, or remove FHIR_TOKEN',
    production && env.FHIR_URL?.startsWith('http:') && 'FHIR_URL must be an https address in production',
  ]
}
