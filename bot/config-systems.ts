/**
 * The settings of the systems around: record system, customer file, pager, subscribers, hub.
 *
 * Each is off until it is set. Read with all other settings by `config.ts`.
 */
import { z } from 'zod'
import { type CrmField, crmFields } from './crm/fields.ts'
import { type CrmShape, crmShapes } from './crm/shapes.ts'
import type { BreachService } from './providers/breached-passwords.ts'
import type { OpenIdSettings } from './providers/open-id.ts'
import type { TlsFiles } from './tls.ts'

const text = z.string().trim().min(1, 'must not be empty')
const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
)
/** Several while one is being changed, the newest first. */
const webhookSecrets = list.refine(
  (secrets) => secrets.length > 0 && secrets.every(isSecret),
  'must be whsec_ and 24 to 64 bytes as base64, several with commas',
)

function isSecret(secret: string): boolean {
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length
  return secret.startsWith('whsec_') && bytes >= 24 && bytes <= 64
}

export const systemSettings = {
  PUBLIC_URL: address.optional(),
  FHIR_URL: address.optional(),
  FHIR_TOKEN: text.optional(),
  CRM: z.enum(crmShapes, `must be of ${crmShapes.join(', ')}`).optional(),
  CRM_URL: address.optional(),
  CRM_TOKEN: text.optional(),
  CRM_FIELDS: list.pipe(z.array(z.enum(crmFields, `must be of ${crmFields.join(', ')}`))).default(() => [...crmFields]),
  ON_CALL_WEBHOOK: address.optional(),
  ON_CALL_WEBHOOK_SECRET: webhookSecrets.optional(),
  WEBHOOK_URL: address.optional(),
  WEBHOOK_SECRETS: webhookSecrets.optional(),
  HUB_URL: address.optional(),
  HUB_SECRETS: webhookSecrets.optional(),
  OPENID_ISSUER: address.optional(),
  OPENID_CLIENT_ID: text.optional(),
  OPENID_CLIENT_SECRET: text.optional(),
  OPENID_ACR: list.optional(),
  OPENID_MAX_AGE_HOURS: z.coerce.number('must be hours from 1 to 720').min(1).max(720).optional(),
  BREACHED_PASSWORDS_URL: address.optional(),
  TLS_CERT_FILE: text.optional(),
  TLS_KEY_FILE: text.optional(),
  PLAIN_HTTP: z.enum(['refused', 'accepted'], 'must be refused or accepted').default('refused'),
  SECOND_FACTOR: z.enum(['optional', 'required'], 'must be optional or required').optional(),
  WEBHOOK_ALLOW_INSIDE: list.default([]),
  CALENDARS: text.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: address.optional(),
}

const Settings = z.object(systemSettings)
type Settings = z.infer<typeof Settings>

interface Target {
  readonly url: string
  readonly secrets: readonly string[]
  readonly allowInside: readonly string[]
}

export interface SystemsConfig {
  /** Where staff and record systems reach this service; without it no links go out. */
  readonly publicUrl: string | null
  /** The program's record system; null = leads stay here. */
  readonly recordSystem: { readonly url: string; readonly token: string | null } | null
  readonly customerFiles: {
    readonly shape: CrmShape
    readonly url: string
    readonly token: string
    readonly fields: readonly CrmField[]
  } | null
  /** Sign-in by OpenID Connect; null = by password alone. */
  readonly openId: OpenIdSettings | null
  readonly secondFactorRequired: boolean
  /** Who knows passwords from breaches; null = nobody is asked. */
  readonly breachService: BreachService | null
  /** The service's own certificate; null = plain HTTP, for a proxy on the same host. */
  readonly tls: TlsFiles | null
  /** Where traces go, by OTLP over HTTP; null = nowhere. */
  readonly tracesUrl: string | null
  /** Where log lines go besides standard error, by OTLP over HTTP; null = nowhere. */
  readonly logsUrl: string | null
  readonly onCallWebhook: Target | null
  readonly subscribers: Target | null
  readonly hub: Target | null
  /** A file of what programs keep in calendars elsewhere. */
  readonly calendarsFile: string | null
  /** Hosts inside the network that addresses set by the operator may lead to. */
  readonly allowInside: readonly string[]
}

const loopback = ['127.0.0.1', '::1', 'localhost']

/** Hosts inside the network that webhooks may reach: those named, and this machine while developing. */
function insideOf(env: Settings, production: boolean): readonly string[] {
  return production ? env.WEBHOOK_ALLOW_INSIDE : [...env.WEBHOOK_ALLOW_INSIDE, ...loopback]
}

export function systemsOf(env: Settings, production: boolean): SystemsConfig {
  const allowInside = insideOf(env, production)
  const target = (url: string | undefined, secrets: readonly string[] | undefined): Target | null =>
    url && secrets ? { url, secrets, allowInside } : null
  return {
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    recordSystem: env.FHIR_URL ? { url: env.FHIR_URL, token: env.FHIR_TOKEN ?? null } : null,
    customerFiles:
      env.CRM && env.CRM_URL && env.CRM_TOKEN
        ? { shape: env.CRM, url: env.CRM_URL, token: env.CRM_TOKEN, fields: env.CRM_FIELDS }
        : null,
    openId: openIdOf(env, production),
    tracesUrl: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    logsUrl: env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT ?? null,
    breachService: env.BREACHED_PASSWORDS_URL ? { url: env.BREACHED_PASSWORDS_URL, allowInside } : null,
    tls: env.TLS_CERT_FILE && env.TLS_KEY_FILE ? { cert: env.TLS_CERT_FILE, key: env.TLS_KEY_FILE } : null,
    secondFactorRequired: isFactorRequired(env, production),
    onCallWebhook: target(env.ON_CALL_WEBHOOK, env.ON_CALL_WEBHOOK_SECRET),
    subscribers: target(env.WEBHOOK_URL, env.WEBHOOK_SECRETS),
    hub: target(env.HUB_URL, env.HUB_SECRETS),
    calendarsFile: env.CALENDARS ?? null,
    allowInside,
  }
}

/** In production everybody has one unless the operator says otherwise by name (ASVS 5.0, 6.3.3). */
function isFactorRequired({ SECOND_FACTOR }: Settings, production: boolean): boolean {
  return (SECOND_FACTOR ?? (production ? 'required' : 'optional')) === 'required'
}

function openIdOf(env: Settings, production: boolean): OpenIdSettings | null {
  const { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId, OPENID_CLIENT_SECRET: clientSecret, PUBLIC_URL } = env
  if (!issuer || !clientId || !clientSecret || !PUBLIC_URL) return null
  const redirectUri = `${PUBLIC_URL.replace(/\/$/, '')}/desk/api/open-id/callback`
  const hours = env.OPENID_MAX_AGE_HOURS
  const maxAgeS = hours === undefined ? null : hours * 3600
  return { issuer, clientId, clientSecret, redirectUri, maxAgeS, strength: strengthOf(env, production) }
}

/** `OPENID_ACR=trusted` takes the provider's word by name; a second factor that is required is otherwise looked for. */
function strengthOf(env: Settings, production: boolean): OpenIdSettings['strength'] {
  const { OPENID_ACR: acr } = env
  if (acr?.includes('trusted')) return null
  if (acr !== undefined && acr.length > 0) return acr
  return isFactorRequired(env, production) ? 'two' : null
}

/** Settings that are right one by one and wrong together. */
export function systemFaults(env: Settings, production: boolean): (string | false | undefined)[] {
  const crm = [env.CRM, env.CRM_URL, env.CRM_TOKEN].filter((one) => one !== undefined).length
  const openId = [env.OPENID_ISSUER, env.OPENID_CLIENT_ID, env.OPENID_CLIENT_SECRET].filter(
    (one) => one !== undefined,
  ).length
  return [
    openId > 0 &&
      (openId < 3 || !env.PUBLIC_URL) &&
      'OPENID_ISSUER, OPENID_CLIENT_ID, OPENID_CLIENT_SECRET and PUBLIC_URL go together: set all of them, or none',
    production && env.OPENID_ISSUER?.startsWith('http:') && 'OPENID_ISSUER must be an https address in production',
    (env.TLS_CERT_FILE === undefined) !== (env.TLS_KEY_FILE === undefined) &&
      'TLS_CERT_FILE and TLS_KEY_FILE go together: set both, or none',
    production &&
      env.BREACHED_PASSWORDS_URL?.startsWith('http:') &&
      'BREACHED_PASSWORDS_URL must be an https address in production',
    env.OPENID_ACR !== undefined && !env.OPENID_ISSUER && 'OPENID_ISSUER is missing: set it, or remove OPENID_ACR',
    env.OPENID_MAX_AGE_HOURS !== undefined &&
      !env.OPENID_ISSUER &&
      'OPENID_ISSUER is missing: set it, or remove OPENID_MAX_AGE_HOURS',
    env.FHIR_TOKEN !== undefined && !env.FHIR_URL && 'FHIR_URL is missing: set it, or remove FHIR_TOKEN',
    production && env.FHIR_URL?.startsWith('http:') && 'FHIR_URL must be an https address in production',
    production && env.CRM_URL?.startsWith('http:') && 'CRM_URL must be an https address in production',
    crm > 0 && crm < 3 && 'CRM, CRM_URL and CRM_TOKEN go together: set all of them, or none',
    env.ON_CALL_WEBHOOK && !env.ON_CALL_WEBHOOK_SECRET && 'ON_CALL_WEBHOOK_SECRET is missing: set it (whsec_…)',
    env.WEBHOOK_URL && !env.WEBHOOK_SECRETS && 'WEBHOOK_SECRETS is missing: set it (whsec_…)',
    env.HUB_URL && !env.HUB_SECRETS && 'HUB_SECRETS is missing: set it (whsec_…)',
  ]
}
