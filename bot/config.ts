/**
 * The configuration: one schema, read once from the environment; a wrong value stops the start.
 *
 * Only this file reads `process.env`. A message names the setting, its fault and the mend, and
 * never the value of a secret.
 */
import { z } from 'zod'
import { inTheClear, isOwn } from './config-clear.ts'
import { type EligibilityConfig, eligibilityFaults, eligibilityIn, eligibilitySettings } from './config-eligibility.ts'
import { type KeepingConfig, keepingOf, keepingSettings } from './config-keeping.ts'
import { type SystemsConfig, systemFaults, systemSettings, systemsOf } from './config-systems.ts'
import { AdmissionsError } from './errors.ts'
import { type Weakness, weaknesses } from './stores/redis/durability.ts'

const port = z.coerce.number('must be a whole number from 0 to 65535').int().min(0).max(65_535)
const text = z.string().trim().min(1, 'must not be empty')
const key = z.string().refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes as base64')

/** Several addresses, with commas between them. */
const addresses = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .refine(
    (list) => list.every((one) => z.email().safeParse(one).success),
    'must be e-mail addresses with commas between them',
  )

/** One address, or several nodes of a cluster with commas between them. */
const redisUrls = z
  .string()
  .transform((list) => list.split(',').map((one) => one.trim()))
  .pipe(z.array(z.url({ protocol: /^rediss?$/, error: 'must be redis:// or rediss:// addresses' })))
  .optional()

const known = Object.keys(weaknesses) as Weakness[]
const acceptedLosses = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter((one) => one.trim() !== ''))
  .pipe(z.array(z.enum(known as [Weakness, ...Weakness[]], `must be of ${known.join(', ')}`)))

/** Addresses and networks of the proxies before us, as Express knows them. */
const place = z.union([z.enum(['loopback', 'linklocal', 'uniquelocal']), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
const proxies = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((one) => one.trim() || []))
  .refine(
    (list) => list.every((one) => place.safeParse(one).success),
    'must be addresses or networks with commas between them',
  )

const Environment = z.object({
  HOST: text.default('127.0.0.1'),
  PORT: port.default(3978),
  TRUSTED_PROXIES: proxies,
  DRAIN_SECONDS: z.coerce.number('must be seconds from 0 to 300').min(0).max(300).default(0),
  DATA_DIR: text.default('./data'),
  REDIS_URL: redisUrls,
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'must be letters, digits, - and _')
    .default('porchlight'),
  REDIS_ACCEPT_LOSS: acceptedLosses,
  REDIS_REPLICAS: z.coerce.number('must be a whole number, 0 = none').int().min(0).max(9).default(0),
  KEY_FILE: text.optional(),
  KEY: key.optional(),
  PROGRAMS_DIR: text.default('knowledge/programs'),
  DIRECT_LINE_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  BOT_APP_ID: text.optional(),
  BOT_APP_PASSWORD: text.optional(),
  BOT_APP_TENANT_ID: text.optional(),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: z.url('must be an address').optional(),
  OPENAI_MODEL: text.optional(),
  ...systemSettings,
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  SMTP_FROM: z.string().regex(/@/, 'must be an e-mail address').optional(),
  ON_CALL_EMAIL: addresses,
  LEADS_EMAIL: addresses,
  MANAGER_EMAIL: addresses,
  ...eligibilitySettings,
  ...keepingSettings,
  TURNS_AT_ONCE: z.coerce.number('must be a whole number').int().min(1).max(100_000).default(500),
  RATE_LIMIT_PER_MINUTE: z.coerce.number('must be a whole number, 0 = off').int().min(0).max(1_000_000).default(60),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'must be silent, error, warn, info or debug')
    .default('info'),
  NODE_ENV: z.string().optional(),
})

export interface Config extends SystemsConfig, KeepingConfig {
  readonly host: string
  readonly port: number
  /** Whose word on a visitor's address and scheme is taken. */
  readonly trustedProxies: readonly string[]
  /** How long a stop lets proxies find another machine. */
  readonly drainMs: number
  readonly dataDir: string
  /** The store of several machines; null = the embedded one in `dataDir`. */
  readonly redis: {
    readonly urls: readonly string[]
    readonly prefix: string
    readonly acceptedLosses: readonly Weakness[]
    readonly replicas: number
  } | null
  readonly keyFile: string | null
  readonly key: string | null
  readonly programsDir: string
  readonly directLineSecret: string | null
  readonly azure: { readonly appId: string; readonly password: string; readonly tenantId: string | null } | null
  /** Any server of the OpenAI protocol; null = answers come from the facts alone. */
  readonly model: { readonly baseUrl: string | null; readonly apiKey: string | null; readonly name: string } | null
  /** Where mail goes out, and to whom; null without a server. */
  readonly email: {
    readonly url: string
    readonly from: string
    readonly onCall: readonly string[]
    readonly leads: readonly string[]
    readonly managers: readonly string[]
  } | null
  /** A clearinghouse to ask payers through; null = staff ask by phone. */
  readonly eligibility: EligibilityConfig | null
  readonly rateLimitPerMinute: number
  readonly turnsAtOnce: number
  readonly logLevel: string
  readonly production: boolean
}

/** Parses the environment. Throws `CONFIG_INVALID` with one line per wrong setting. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new AdmissionsError('CONFIG_INVALID', `Settings to mend: ${lines.join('; ')}.`)
  }
  return toConfig(parsed.data)
}

function toConfig(env: z.infer<typeof Environment>): Config {
  const production = env.NODE_ENV === 'production'
  refuse(env, production)
  return {
    host: env.HOST,
    port: env.PORT,
    trustedProxies: env.TRUSTED_PROXIES,
    drainMs: env.DRAIN_SECONDS * 1000,
    dataDir: env.DATA_DIR,
    redis: redisOf(env),
    keyFile: env.KEY_FILE ?? null,
    key: env.KEY ?? null,
    programsDir: env.PROGRAMS_DIR,
    directLineSecret: env.DIRECT_LINE_SECRET ?? null,
    azure:
      env.BOT_APP_ID && env.BOT_APP_PASSWORD
        ? { appId: env.BOT_APP_ID, password: env.BOT_APP_PASSWORD, tenantId: env.BOT_APP_TENANT_ID ?? null }
        : null,
    ...systemsOf(env, production),
    model: env.OPENAI_MODEL
      ? { baseUrl: env.OPENAI_BASE_URL ?? null, apiKey: env.OPENAI_API_KEY ?? null, name: env.OPENAI_MODEL }
      : null,
    email:
      env.SMTP_URL && env.SMTP_FROM
        ? {
            url: env.SMTP_URL,
            from: env.SMTP_FROM,
            onCall: env.ON_CALL_EMAIL,
            leads: env.LEADS_EMAIL,
            managers: env.MANAGER_EMAIL,
          }
        : null,
    eligibility: eligibilityIn(env),
    ...keepingOf(env),
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    turnsAtOnce: env.TURNS_AT_ONCE,
    logLevel: env.LOG_LEVEL,
    production,
  }
}

function redisOf(env: z.infer<typeof Environment>): Config['redis'] {
  const { REDIS_URL: urls, REDIS_PREFIX: prefix, REDIS_ACCEPT_LOSS: acceptedLosses, REDIS_REPLICAS: replicas } = env
  return urls ? { urls, prefix, acceptedLosses, replicas } : null
}

/** Where something about a person goes, or a password. */
function leavingTo(env: z.infer<typeof Environment>) {
  const { REDIS_URL, OPENAI_BASE_URL, ON_CALL_WEBHOOK, WEBHOOK_URL, HUB_URL, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT } = env
  return { REDIS_URL, OPENAI_BASE_URL, ON_CALL_WEBHOOK, WEBHOOK_URL, HUB_URL, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT }
}

/** Settings that are right one by one and wrong together. */
function refuse(env: z.infer<typeof Environment>, production: boolean): void {
  const hasKey = Boolean(env.KEY ?? env.KEY_FILE ?? env.KEY_COMMAND)
  const faults = [
    [env.KEY, env.KEY_FILE, env.KEY_COMMAND].filter((one) => one !== undefined).length > 1 &&
      'of KEY, KEY_FILE and KEY_COMMAND more than one is set: keep one of them',
    env.BOT_APP_ID && !env.BOT_APP_PASSWORD && 'BOT_APP_PASSWORD is missing: set it, or remove BOT_APP_ID',
    env.BOT_APP_PASSWORD && !env.BOT_APP_ID && 'BOT_APP_ID is missing: set it, or remove BOT_APP_PASSWORD',
    ...systemFaults(env, production),
    ...eligibilityFaults(env),
    env.SMTP_URL && !env.SMTP_FROM && 'SMTP_FROM is missing: set the address that mail comes from',
    !env.SMTP_URL &&
      (env.SMTP_FROM || env.ON_CALL_EMAIL.length > 0 || env.LEADS_EMAIL.length > 0) &&
      'SMTP_URL is missing: set it, or remove SMTP_FROM, ON_CALL_EMAIL and LEADS_EMAIL',
    env.REDIS_URL &&
      !hasKey &&
      'KEY, KEY_FILE or KEY_COMMAND is missing: all machines of a REDIS_URL need the same key',
    env.REDIS_URL &&
      !env.DIRECT_LINE_SECRET &&
      'DIRECT_LINE_SECRET is missing: all machines of a REDIS_URL need the same secret',
    (env.OPENAI_API_KEY || env.OPENAI_BASE_URL) &&
      !env.OPENAI_MODEL &&
      'OPENAI_MODEL is missing: name the model, or remove OPENAI_API_KEY and OPENAI_BASE_URL',
    env.OPENAI_MODEL &&
      !env.OPENAI_API_KEY &&
      !env.OPENAI_BASE_URL &&
      'OPENAI_API_KEY is missing: set it, or OPENAI_BASE_URL of a server that needs none',
    ...(production ? inTheClear(leavingTo(env), env.WEBHOOK_ALLOW_INSIDE) : []),
    production &&
      !isOwn(env.HOST) &&
      !env.TLS_CERT_FILE &&
      env.PLAIN_HTTP !== 'accepted' &&
      'TLS_CERT_FILE and TLS_KEY_FILE are missing: beyond this machine HOST is served by TLS in production; or set HOST=127.0.0.1, or PLAIN_HTTP=accepted where the way from the proxy is yours alone',
    production && !hasKey && 'KEY, KEY_FILE or KEY_COMMAND is missing: production refuses a generated key',
    production && !env.DIRECT_LINE_SECRET && 'DIRECT_LINE_SECRET is missing: production refuses a generated secret',
  ].filter((fault) => typeof fault === 'string' && fault !== '')
  if (faults.length > 0) throw new AdmissionsError('CONFIG_INVALID', `Settings to mend: ${faults.join('; ')}.`)
}
