/**
 * The shelf of the scripts' versions: every conversation goes on with the one that it started with.
 *
 * What is in the folder is published at the start and kept in the store once per content hash; a running
 * service follows `porchlight scripts publish`, `rollback` and `migrate` within seconds, without a restart.
 */
import type { ConversationState } from '../../flows/conversation.ts'
import type { FlowLibrary } from '../../flows/engine/library.ts'
import { moveState } from '../../flows/engine/migrate.ts'
import type { Clock } from '../ports.ts'
import type { World } from '../world.ts'
import { libraryOf, packScripts } from './script-bundle.ts'
import { readPlan, type ScriptPlan, withCurrent } from './script-plan.ts'
import type { ScriptStore } from './script-port.ts'

export interface ScriptShelf {
  /** What a new conversation starts with. @throws AdmissionsError `STORE_UNAVAILABLE`. */
  current(): Promise<FlowLibrary>
  /** The world that a conversation speaks from, and its state there: moved on when its version was migrated. */
  forTurn(state: ConversationState): Promise<{ readonly world: World; readonly state: ConversationState }>
  /** The scripts of a stored conversation; the folder's where they cannot be read any more. */
  flowsOf(state: ConversationState): Promise<FlowLibrary>
}

const PLAN_FRESH_MS = 2_000
const OPEN_AT_MOST = 8
const MOVES_AT_MOST = 10

type Shelf = {
  readonly store: ScriptStore
  readonly world: World
  readonly clock: Clock
  readonly open: Map<string, FlowLibrary | null>
  plan: ScriptPlan | null
  /** What the folder holds was compared with the plan once, at the start. */
  isPublished: boolean
  readAt: number
  /** The reading that is under way: turns that come meanwhile wait for it. */
  reading: Promise<void> | null
}

export function createScriptShelf(parts: { store: ScriptStore; world: World; clock: Clock }): ScriptShelf {
  const shelf: Shelf = {
    ...parts,
    open: new Map(),
    plan: null,
    isPublished: false,
    readAt: Number.NEGATIVE_INFINITY,
    reading: null,
  }
  return {
    async current() {
      await refresh(shelf)
      if (!shelf.isPublished) await publishFolder(shelf)
      return (await load(shelf, shelf.plan?.current ?? parts.world.flows.version)) ?? parts.world.flows
    },
    async forTurn(state) {
      await refresh(shelf).catch(() => undefined)
      return turn(shelf, state)
    },
    async flowsOf({ scriptVersion }) {
      return (await load(shelf, scriptVersion).catch(() => null)) ?? parts.world.flows
    },
  }
}

async function refresh(shelf: Shelf): Promise<void> {
  const now = shelf.clock.now().getTime()
  if (now - shelf.readAt < PLAN_FRESH_MS) return
  shelf.reading ??= readAnew(shelf, now).finally(() => {
    shelf.reading = null
  })
  await shelf.reading
}

async function readAnew(shelf: Shelf, now: number): Promise<void> {
  shelf.plan = readPlan(await shelf.store.scriptPlan())
  shelf.readAt = now
}

/** Other files than those of the plan are a new deployment: they are kept, and new conversations start with them. */
async function publishFolder(shelf: Shelf): Promise<void> {
  const { flows, scripts } = shelf.world
  const at = shelf.clock.now().toISOString()
  if (shelf.plan?.seen === flows.version) {
    shelf.isPublished = true
    return
  }
  await shelf.store.keepScript({ version: flows.version, publishedAt: at, body: packedOf(scripts) })
  shelf.plan = withCurrent(shelf.plan, { version: flows.version, seen: flows.version }, { at, by: 'start' })
  await shelf.store.setScriptPlan(JSON.stringify(shelf.plan))
  shelf.isPublished = true
}

const packed = new WeakMap<World['scripts'], Buffer>()

function packedOf(scripts: World['scripts']): Buffer {
  const body = packed.get(scripts) ?? packScripts(scripts)
  packed.set(scripts, body)
  return body
}

async function turn(shelf: Shelf, begun: ConversationState): Promise<{ world: World; state: ConversationState }> {
  let state = begun
  for (let count = 0; count < MOVES_AT_MOST; count += 1) {
    const move = shelf.plan?.moves.find((one) => one.from === state.scriptVersion)
    const next = move && (await load(shelf, move.to))
    if (!move || !next) break
    state = moveState(state, next, move.steps)
  }
  if (state.scriptVersion === shelf.world.flows.version) return { world: shelf.world, state }
  const flows = await load(shelf, state.scriptVersion)
  if (flows) return { world: { ...shelf.world, flows }, state }
  return { world: shelf.world, state: moveState(state, shelf.world.flows, {}) }
}

/** null for a version that was never kept, or that this service cannot read any more. */
async function load(shelf: Shelf, version: string): Promise<FlowLibrary | null> {
  if (version === shelf.world.flows.version) return shelf.world.flows
  const known = shelf.open.get(version)
  if (known !== undefined) return known
  const record = await shelf.store.script(version)
  const library = record && libraryOf(record.body)
  if (shelf.open.size >= OPEN_AT_MOST) shelf.open.delete(shelf.open.keys().next().value as string)
  shelf.open.set(version, library)
  return library
}
