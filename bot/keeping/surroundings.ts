/**
 * What an installation stands on: Node, what was built, content, files named by settings, who listens, disk, key file.
 */
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { inspectHotlines } from '../hotline-check.ts'
import { mayLeaveCore } from '../operation/core-dumps.ts'
import { widgetFolder } from '../pages/templates.ts'
import { calendarsOf } from '../slots/calendars-from-config.ts'
import { inspectWorld } from '../world.ts'
import { keyFileOf } from './key-ring.ts'
import { opennessOf } from './private-file.ts'

export interface Finding {
  readonly state: 'ok' | 'warning' | 'problem'
  readonly what: string
  readonly mend?: string
}

const DAY_MS = 86_400_000
const CERTIFICATE_DAYS = 14
const FREE_BYTES = 1_000_000_000
/** Below it the next hour may keep nothing. */
const FULL_BYTES = 20_000_000

/** @param now - of the machine. */
export async function lookAround(config: Config, now: Date): Promise<Finding[]> {
  return [
    runtime(),
    widget(),
    ...(await findings('scripts and facts', () => content(config, now))),
    ...(await findings('CALENDARS', () => calendars(config, now))),
    onCall(config),
    passwords(config),
    ...certificate(config, now),
    coreDumps(),
    keyFile(config),
    ...dataFolder(config),
    ...space(config),
  ]
}

/** What cannot even be read is a finding too, with what the fault says of itself. */
async function findings(what: string, look: () => Finding[]): Promise<Finding[]> {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof AdmissionsError)) throw error
    return [{ state: 'problem', what: `${what} cannot be read`, mend: error.message }]
  }
}

export function runtime(version = process.versions.node): Finding {
  return Number(version.split('.')[0]) >= 24
    ? { state: 'ok', what: `Node ${version}` }
    : { state: 'problem', what: `Node ${version} is too old`, mend: 'run it by npm, or install Node 24' }
}

export function widget(folder = widgetFolder): Finding {
  return existsSync(join(folder, 'porchlight-chat.js'))
    ? { state: 'ok', what: 'the widget is built' }
    : { state: 'problem', what: 'the widget is not built', mend: 'npm run build' }
}

function content(config: Config, now: Date): Finding[] {
  const today = now.toISOString().slice(0, 10)
  const { world, problems: written } = inspectWorld(config.programsDir)
  if (world.programs.size === 0)
    return [
      { state: 'problem', what: 'PROGRAMS_DIR holds no program', mend: 'name a folder with one folder per program' },
    ]
  const problems = [...written, ...inspectHotlines(today)]
  const grave = problems.filter(({ severity }) => severity === 'problem').length
  return [
    grave === 0
      ? { state: 'ok', what: 'scripts, facts and hotlines have no mistake' }
      : {
          state: 'problem',
          what: `${grave} mistakes in scripts, facts or hotlines`,
          mend: 'porchlight check names them',
        },
  ]
}

function calendars(config: Config, now: Date): Finding[] {
  if (config.calendarsFile === null) return []
  calendarsOf(config, { clock: { now: () => now }, failed: () => undefined })
  return [{ state: 'ok', what: 'the file of calendars can be read' }]
}

function onCall(config: Config): Finding {
  const reached = config.onCallWebhook !== null || (config.email?.onCall.length ?? 0) > 0
  return reached
    ? { state: 'ok', what: 'somebody on call is told of danger' }
    : {
        state: 'warning',
        what: 'nobody outside the desk is told of danger',
        mend: 'set ON_CALL_WEBHOOK, or SMTP_URL and ON_CALL_EMAIL',
      }
}

function passwords({ breachService }: Config): Finding {
  return breachService !== null
    ? { state: 'ok', what: 'new passwords are held against those known from breaches' }
    : {
        state: 'warning',
        what: 'new passwords are held against the shipped list alone',
        mend: 'set BREACHED_PASSWORDS_URL',
      }
}

/** The service's own, where it has one. */
function certificate({ tls }: Config, now: Date): Finding[] {
  if (tls === null) return []
  const ends = endOf(tls.cert)
  if (ends === null)
    return [{ state: 'problem', what: 'TLS_CERT_FILE holds no certificate', mend: 'put one there, in PEM' }]
  const days = Math.floor((ends.getTime() - now.getTime()) / DAY_MS)
  if (days >= CERTIFICATE_DAYS) return [{ state: 'ok', what: `the certificate holds for ${days} days` }]
  return [
    {
      state: days < 0 ? 'problem' : 'warning',
      what: `the certificate ${days < 0 ? 'has ended' : `ends in ${days} days`}`,
      mend: 'renew it: the service takes the new file by itself',
    },
  ]
}

function endOf(file: string): Date | null {
  try {
    return new X509Certificate(readFileSync(file)).validToDate
  } catch {
    return null
  }
}

/** Of this shell, which is where a service is often started from. */
function coreDumps(): Finding {
  return mayLeaveCore() === true
    ? {
        state: 'warning',
        what: 'a process that is started here may leave a core dump, with what people were writing in it',
        mend: 'ulimit -c 0; for the service LimitCORE=0, or --ulimit core=0',
      }
    : { state: 'ok', what: 'no core dumps' }
}

function keyFile(config: Config): Finding {
  const file = keyFileOf(config)
  if (file === null || !existsSync(file)) return { state: 'ok', what: 'no key file to look at' }
  const open = (statSync(file).mode & 0o077) !== 0
  return open
    ? { state: 'problem', what: 'others on this machine can read the key file', mend: 'chmod 600' }
    : { state: 'ok', what: 'only the service can read the key file' }
}

/** What is said of people is sealed there; who signs in, when and about whom is not. */
function dataFolder({ redis, dataDir }: Config): Finding[] {
  if (redis !== null) return []
  const { isFolderOpen, files } = opennessOf(dataDir)
  const found: Finding[] = []
  if (files.length > 0)
    found.push({
      state: 'problem',
      what: `others on this machine can open ${files.join(', ')} in DATA_DIR`,
      mend: 'chmod 600 on each; copies that were made of them too',
    })
  if (isFolderOpen)
    found.push({ state: 'warning', what: 'others on this machine can look into DATA_DIR', mend: 'chmod 700' })
  return found.length > 0 ? found : [{ state: 'ok', what: 'only the service can open what is in DATA_DIR' }]
}

/** @param free - bytes, asked of the disk. */
export function space({ redis, dataDir }: Pick<Config, 'redis' | 'dataDir'>, free = freeIn): Finding[] {
  if (redis !== null || !existsSync(dataDir)) return []
  const bytes = free(dataDir)
  if (bytes > FREE_BYTES) return [{ state: 'ok', what: 'there is room on the disk' }]
  const mend = 'make room: a full disk keeps nothing'
  return bytes > FULL_BYTES
    ? [{ state: 'warning', what: 'less than 1 GB is free', mend }]
    : [{ state: 'problem', what: 'the disk of DATA_DIR is full', mend }]
}

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
