/**
 * `scripts`: publishes, rolls back and migrates versions of the scripts, while the service runs.
 *
 * Running conversations go on with the version that they started with; only `migrate` moves them, and only
 * by a mapping under which no question and no answer is lost.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { FlowLibrary } from '../../flows/engine/library.ts'
import { migrationFaults } from '../../flows/engine/migrate.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import type { Store } from '../ports.ts'
import { libraryOf, packScripts } from '../scripts/script-bundle.ts'
import { readPlan, type ScriptPlan, versionBefore, withCurrent, withMove } from '../scripts/script-plan.ts'
import { openStore } from '../stores/open-store.ts'
import { readWorld, type World } from '../world.ts'

interface Desk {
  readonly store: Store
  readonly world: World
  readonly plan: ScriptPlan | null
  readonly at: string
}

const deeds: Readonly<Record<string, (desk: Desk, args: readonly string[]) => Promise<number>>> = {
  list,
  publish,
  rollback,
  migrate,
}

export const scripts: Command = async ([what = '', ...args]) => {
  const deed = Object.hasOwn(deeds, what) ? deeds[what] : undefined
  if (!deed) throw new AdmissionsError('REQUEST_INVALID', 'Say list, publish, rollback or migrate.')
  const config = readConfig()
  const world = readWorld(config.programsDir)
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    const plan = readPlan(await store.scriptPlan())
    return await deed({ store, world, plan, at: new Date().toISOString() }, args)
  } finally {
    await store.close()
  }
}

async function list({ store, world, plan }: Desk): Promise<number> {
  const kept = await store.scripts()
  for (const { version, publishedAt } of kept) {
    const movesTo = plan?.moves.find((move) => move.from === version)?.to ?? null
    const isCurrent = plan?.current === version
    const inFolder = world.flows.version === version
    process.stdout.write(`${JSON.stringify({ version, publishedAt, isCurrent, inFolder, movesTo })}\n`)
  }
  if (kept.every(({ version }) => version !== world.flows.version))
    process.stderr.write(`The scripts in the folder (${world.flows.version}) are not published yet.\n`)
  return 0
}

/** The folder was checked when it was read: a broken script never gets here. */
async function publish(desk: Desk): Promise<number> {
  const { store, world, at } = desk
  const { version } = world.flows
  await store.keepScript({ version, publishedAt: at, body: packScripts(world.scripts) })
  await makeCurrent(desk, version, 'publish')
  process.stderr.write(`${version} is current; running conversations go on with theirs.\n`)
  return 0
}

async function rollback(desk: Desk, [wanted]: readonly string[]): Promise<number> {
  const { store, plan } = desk
  const version = wanted === undefined ? plan && versionBefore(plan) : await fullName(store, wanted)
  if (!version) throw new AdmissionsError('REQUEST_INVALID', 'There is no earlier version: see `scripts list`.')
  await libraryFor(desk, version)
  await makeCurrent(desk, version, 'rollback')
  process.stderr.write(`${version} is current again; running conversations go on with theirs.\n`)
  return 0
}

async function makeCurrent(desk: Desk, version: string, by: 'publish' | 'rollback'): Promise<void> {
  const { store, world, plan, at } = desk
  const next = withCurrent(plan, { version, seen: world.flows.version }, { at, by })
  await store.setScriptPlan(JSON.stringify(next))
  await trail(desk, by === 'publish' ? 'scripts.published' : 'scripts.rolled-back', { version })
}

const Mapping = z.record(z.string(), z.string())

async function migrate(desk: Desk, args: readonly string[]): Promise<number> {
  const options = { map: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const { store, plan } = desk
  if (!plan || positionals[0] === undefined)
    throw new AdmissionsError('REQUEST_INVALID', 'Say from which version: see `scripts list`.')
  const from = await fullName(store, positionals[0])
  const to = positionals[1] === undefined ? plan.current : await fullName(store, positionals[1])
  if (from === to) throw new AdmissionsError('REQUEST_INVALID', 'Both versions are the same.')
  const steps = values.map === undefined ? {} : readMapping(values.map)
  const faults = migrationFaults(await libraryFor(desk, from), await libraryFor(desk, to), steps)
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  if (faults.length > 0) {
    process.stderr.write(`${faults.length} places stand against it: map each step in a JSON file, --map FILE.\n`)
    return 1
  }
  if (values['dry-run'] === true) return 0
  await store.setScriptPlan(JSON.stringify(withMove(plan, { from, to, steps })))
  await trail(desk, 'scripts.migrated', { from, to })
  process.stderr.write(`Conversations of ${from} go on in ${to} from their next message.\n`)
  return 0
}

function readMapping(file: string): z.infer<typeof Mapping> {
  try {
    return Mapping.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const form = '{"flow/step": "flow/step"}'
    throw new AdmissionsError('REQUEST_INVALID', `${file} is no mapping: write JSON such as ${form}.`, { cause })
  }
}

/** A beginning is enough where it fits one version. */
async function fullName(store: Store, named: string): Promise<string> {
  const fitting = (await store.scripts()).filter(({ version }) => version.startsWith(named))
  if (fitting.length === 1) return (fitting[0] as { version: string }).version
  const fault = fitting.length === 0 ? 'No version' : 'More than one version'
  throw new AdmissionsError('REQUEST_INVALID', `${fault} begins with ${named}: see \`scripts list\`.`)
}

async function libraryFor({ store, world }: Desk, version: string): Promise<FlowLibrary> {
  if (version === world.flows.version) return world.flows
  const record = await store.script(version)
  const library = record && libraryOf(record.body)
  if (library) return library
  throw new AdmissionsError(
    'REQUEST_INVALID',
    `This service cannot read version ${version}: its language has moved on.`,
  )
}

async function trail({ store, at }: Desk, event: string, detail: Record<string, string>): Promise<void> {
  await store.record({ event, at, actor: 'command', conversation: null, lead: null, detail })
}
