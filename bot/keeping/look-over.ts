/**
 * One look at an installation: what stands well, what could be better, what is broken, each with its mend.
 */
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { inspectHotlines } from '../hotline-check.ts'
import { dueOf, learnedBy } from '../learning/learned.ts'
import { widgetFolder } from '../pages/templates.ts'
import type { Store } from '../ports.ts'
import { openStore } from '../stores/open-store.ts'
import { inspectWorld } from '../world.ts'
import { verifyAudit } from './audit-walk.ts'
import { readDeploymentKey } from './deployment-key.ts'
import { keyFileOf } from './key-ring.ts'
import { holds } from './legal-hold.ts'
import { opennessOf } from './private-file.ts'

export interface Finding {
  readonly state: 'ok' | 'warning' | 'problem'
  readonly what: string
  readonly mend?: string
}

const FREE_BYTES = 1_000_000_000
const DAY_MS = 86_400_000
const BACKUP_DAYS = 2
const TRAIL = 1_000

export async function lookOver(config: Config): Promise<Finding[]> {
  const key = await tried('the deployment key', async () => readDeploymentKey(config))
  const here = [
    runtime(),
    widget(),
    content(config),
    onCall(config),
    ...certificate(config),
    key.finding,
    keyFile(config),
    ...dataFolder(config),
  ]
  if (key.value === null) return here
  const deploymentKey = key.value
  const opened = await tried('the store', async () => (await openStore(config, deploymentKey)).store, STORE_DOWN)
  const kept = opened.value === null ? [] : await stored(opened.value, config)
  await opened.value?.close()
  return [...here, opened.finding, ...kept]
}

const STORE_DOWN = ' What to do by cause: docs/operate.md, StoreDown.'

async function tried<T>(
  what: string,
  act: () => Promise<T>,
  more = '',
): Promise<{ value: T | null; finding: Finding }> {
  try {
    return { value: await act(), finding: { state: 'ok', what: `${what} opens` } }
  } catch (error) {
    if (!(error instanceof AdmissionsError)) throw error
    return {
      value: null,
      finding: { state: 'problem', what: `${what} does not open`, mend: `${error.message}${more}` },
    }
  }
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return major >= 24
    ? { state: 'ok', what: `Node ${process.versions.node}` }
    : { state: 'problem', what: `Node ${process.versions.node} is too old`, mend: 'run it by npm, or install Node 24' }
}

function widget(): Finding {
  return existsSync(join(widgetFolder, 'porchlight-chat.js'))
    ? { state: 'ok', what: 'the widget is built' }
    : { state: 'problem', what: 'the widget is not built', mend: 'npm run build' }
}

function content(config: Config): Finding {
  const today = new Date().toISOString().slice(0, 10)
  const problems = [...inspectWorld(config.programsDir).problems, ...inspectHotlines(today)]
  const grave = problems.filter(({ severity }) => severity === 'problem').length
  return grave === 0
    ? { state: 'ok', what: 'scripts, facts and hotlines have no mistake' }
    : { state: 'problem', what: `${grave} mistakes in scripts, facts or hotlines`, mend: 'porchlight check names them' }
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

const CERTIFICATE_DAYS = 14

/** The service's own, where it has one. */
function certificate({ tls }: Config): Finding[] {
  if (tls === null) return []
  const ends = existsSync(tls.cert) ? new X509Certificate(readFileSync(tls.cert)).validToDate : null
  if (ends === null)
    return [{ state: 'problem', what: 'TLS_CERT_FILE is not there', mend: 'put the certificate there' }]
  const days = Math.floor((ends.getTime() - Date.now()) / DAY_MS)
  if (days >= CERTIFICATE_DAYS) return [{ state: 'ok', what: `the certificate holds for ${days} days` }]
  return [
    {
      state: days < 0 ? 'problem' : 'warning',
      what: `the certificate ${days < 0 ? 'has ended' : `ends in ${days} days`}`,
      mend: 'renew it: the service takes the new file by itself',
    },
  ]
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

async function stored(store: Store, config: Config): Promise<Finding[]> {
  const trail = await verifyAudit(store)
  const staff = (await store.staffList()).filter(({ disabled }) => !disabled)
  const dead = (await store.deadEffects(TRAIL)).length
  const held = (await holds(store)).length
  return [
    trail.type === 'whole'
      ? { state: 'ok', what: `the audit trail is whole (${trail.entries} entries)` }
      : {
          state: 'problem',
          what: `the audit trail is broken at entry ${trail.seq}`,
          mend: 'docs/operate.md, Audit trail',
        },
    staff.length > 0
      ? { state: 'ok', what: `${staff.length} people may sign in to the desk` }
      : { state: 'problem', what: 'nobody may sign in to the desk', mend: 'porchlight staff add' },
    dead === 0
      ? { state: 'ok', what: 'no notice was given up' }
      : {
          state: 'warning',
          what: `${dead} notices were given up`,
          mend: 'the desk lists them: mend the target, send again',
        },
    await facts(store),
    { state: 'ok', what: held === 0 ? 'no legal hold stands' : `${held} conversations are under a legal hold` },
    ...(config.redis === null ? [space(config), await backup(store)] : []),
  ]
}

function space(config: Config): Finding {
  const { bavail, bsize } = statfsSync(config.dataDir)
  return bavail * bsize > FREE_BYTES
    ? { state: 'ok', what: 'there is room on the disk' }
    : { state: 'warning', what: 'less than 1 GB is free', mend: 'make room: a full disk keeps nothing' }
}

/** What staff stated and is past its day is said with "the team will confirm it". */
async function facts(store: Store): Promise<Finding> {
  const today = new Date().toISOString().slice(0, 10)
  const due = (await learnedBy({ store }, null)).filter((entry) => dueOf(entry, today) !== null).length
  return due === 0
    ? { state: 'ok', what: 'no fact that staff stated is due' }
    : {
        state: 'warning',
        what: `${due} facts that staff stated are due`,
        mend: 'the desk lists them: Unanswered, Said',
      }
}

async function backup(store: Store): Promise<Finding> {
  const since = new Date(Date.now() - BACKUP_DAYS * DAY_MS).toISOString()
  // A busy trail is longer than one page of it.
  for (let before: number | null = null; ; ) {
    const page = await store.auditTrail(TRAIL, before)
    const last = page.find(({ event, at }) => event === 'store.backed-up' && at > since)
    if (last) return { state: 'ok', what: `backed up ${last.at}` }
    const oldest = page.at(-1)
    if (!oldest || oldest.at < since || page.length < TRAIL) break
    before = oldest.seq
  }
  return { state: 'warning', what: 'no backup in the last two days', mend: 'porchlight backup FILE' }
}
