/**
 * Publishing a change never breaks a running chat; rolling back and migrating are one command each.
 */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { readPlan, versionBefore, withCurrent, withMove } from '../../bot/scripts/script-plan.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { begin } from '../../bot/turn/begin.ts'
import { dataOf } from '../../bot/turn/fresh-reply.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { readWorld, type World } from '../../bot/world.ts'
import { migrationFaults } from '../../flows/engine/migrate.ts'
import { readFlows } from '../../flows/engine/read.ts'

const world = readWorld('knowledge/programs')

/** The same scripts with one text changed in one file. */
function changed(file: string, from: string, to: string): World {
  const scripts = world.scripts.map((one) =>
    one.path.endsWith(file) ? { ...one, text: one.text.replaceAll(from, to) } : one,
  )
  const { flows, problems } = readFlows(scripts)
  expect(problems.filter((one) => one.severity === 'problem')).toEqual([])
  return { ...world, flows, scripts }
}

function services(): { open: (one: World) => House; later: () => void } {
  const clock = { at: Date.parse('2026-11-23T15:00:00.000Z') }
  const store = openSqliteStore(':memory:')
  const deploymentKey = randomBytes(32)
  const open = (one: World) =>
    houseInMemory({ world: one, store, deploymentKey, clock: { now: () => new Date(clock.at) } })
  const later = (): void => {
    clock.at += 60_000
  }
  return { open, later }
}

async function start(house: House, id: string): Promise<string> {
  await begin(house, { id, program: 'inspira', user: 'dl_1', locale: 'en-US' })
  return say(house, id, null)
}

async function say(house: House, conversation: string, text: string | null): Promise<string> {
  const activity = text === null ? { type: 'conversationUpdate' as const } : { type: 'message' as const, text }
  const { activities } = await takeTurn(house, { conversation, activity })
  return activities.map((one) => one.text ?? '').join('\n')
}

const newWords = (): World => changed('screening.yaml', 'How old are you?', 'What is your age?')

test('a running chat goes on with its version after a change; a new one starts with the new version', async () => {
  const { open, later } = services()
  const before = open(world)
  await start(before, 'old')
  await say(before, 'old', 'screening')
  later()
  const after = open(newWords())
  await start(after, 'new')
  await say(after, 'new', 'screening')
  expect(await say(after, 'old', 'For me')).toContain('How old are you?')
  expect(await say(after, 'new', 'For me')).toContain('What is your age?')
})

test('which version said what stands in the transcript', async () => {
  const { open } = services()
  const house = open(world)
  await start(house, 'c')
  const live = (await house.conversations.load('c'))!
  const { activities } = await house.conversations.after(live, 0)
  expect(activities.map((one) => dataOf(one).script)).toEqual(activities.map(() => world.flows.version))
})

test('a roll-back is followed by a running service: new chats start with the earlier version again', async () => {
  const { open, later } = services()
  await start(open(world), 'first')
  later()
  const after = open(newWords())
  await start(after, 'second')
  const plan = readPlan(await after.store.scriptPlan())!
  const seen = after.world.flows.version
  const back = withCurrent(
    plan,
    { version: versionBefore(plan)!, seen },
    { at: '2026-11-23T15:05:00.000Z', by: 'rollback' },
  )
  await after.store.setScriptPlan(JSON.stringify(back))
  later()
  await start(after, 'third')
  await say(after, 'third', 'screening')
  expect(await say(after, 'third', 'For me')).toContain('How old are you?')
})

test('a migration moves a running chat at its next message, to the same question under its new name', async () => {
  const { open, later } = services()
  await start(open(world), 'c')
  await say(open(world), 'c', 'screening')
  later()
  const renamed = changed('for-whom.yaml', 'id: whom', 'id: who-is-it')
  const after = open(renamed)
  await start(after, 'other')
  expect(migrationFaults(world.flows, renamed.flows, {})).toEqual([
    'for-whom/whom: name the step of the new version that stands for it',
  ])
  const steps = { 'for-whom/whom': 'for-whom/who-is-it' }
  expect(migrationFaults(world.flows, renamed.flows, steps)).toEqual([])
  const move = { from: world.flows.version, to: renamed.flows.version, steps }
  await after.store.setScriptPlan(JSON.stringify(withMove(readPlan(await after.store.scriptPlan())!, move)))
  later()
  expect(await say(after, 'c', 'For me')).toContain('How old are you?')
  expect((await after.conversations.load('c'))?.state.scriptVersion).toBe(renamed.flows.version)
})

test('a mapping that loses an answer or a choice is refused, each with its place', () => {
  const other = changed('for-whom.yaml', 'value: current-patient', 'value: patient-now')
  expect(migrationFaults(world.flows, other.flows, {})).toContain(
    'for-whom/whom → for-whom/whom: the choices current-patient are gone',
  )
  expect(migrationFaults(world.flows, world.flows, { 'no/step': 'main/finish', 'main/finish': 'no/place' })).toEqual([
    'no/step: the old version has no such step',
    'main/finish → no/place: the new version has no such step',
  ])
})

test('a version that cannot be read any more leaves nobody stuck: the chat goes on with the present scripts', async () => {
  const { open, later } = services()
  await start(open(world), 'c')
  await say(open(world), 'c', 'screening')
  later()
  const after = open(newWords())
  await start(after, 'other')
  const record = { version: 'broken', publishedAt: '2026-11-23T15:00:00.000Z', body: Buffer.from('no bundle') }
  await after.store.keepScript(record)
  const live = (await after.conversations.load('c'))!
  const { world: spoken, state } = await after.scripts.forTurn({ ...live.state, scriptVersion: 'never-kept' })
  expect(spoken.flows.version).toBe(after.world.flows.version)
  expect(state.stack).toEqual(live.state.stack)
})
