/**
 * How fast the scripts are: one step, a thousand whole triages through the product in memory, `check` of everything.
 *
 * `npm run bench:flows [TALKS]`. The steps are those of every transcript, as they come; a triage is an agreeable
 * visitor from hello to the hand-off, through the gate, the answers, the seal and the store.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { transcriptFiles } from '../../bot/commands/replay.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { readTranscript } from '../../bot/scripts/transcript.ts'
import { courseOf } from '../../bot/scripts/what-if-courses.ts'
import { talkOf } from '../../bot/simulate/talks.ts'
import { decide } from '../../bot/turn/decide.ts'
import { readWorld } from '../../bot/world.ts'
import type { ConversationState, Input } from '../../flows/conversation.ts'
import { newConversation, type World as StepWorld, step } from '../../flows/engine/step.ts'
import { screen } from '../../flows/safety/screen.ts'
import { Instant } from '../../flows/vocabulary.ts'

const ROUNDS = 5
const SIDE_BY_SIDE = 20
const world = readWorld('knowledge/programs')

interface Moment {
  readonly world: StepWorld
  readonly state: ConversationState
  readonly input: Input
}

/** Every message of every transcript with the state that it met; the gate has read it already. */
function moments(): Moment[] {
  return transcriptFiles().flatMap((file) => {
    const { program, locale, at, said } = courseOf(file, readTranscript(readFileSync(file, 'utf8')))
    const served = world.programs.get(program)
    if (!served) return []
    let state = newConversation(world.flows, { program: served.profile, locale, at: Instant.parse(at) })
    const found: Moment[] = []
    const take = (input: Input): void => {
      found.push({ world: { flows: world.flows, program: served.profile }, state, input })
      state = decide(world, served, { state, inputs: [input] }).state
    }
    take({ type: 'open', at: Instant.parse(at) })
    for (const one of said)
      take({ type: 'message', message: screen({ text: one.text }, state.said), at: Instant.parse(one.at) })
    return found
  })
}

function benchStep(): object {
  const all = moments()
  const walls: number[] = []
  // Of several runs of one step the shortest: what it takes when no other process has the processor meanwhile.
  const best = all.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, one] of all.entries()) {
      const started = performance.now()
      step(one.world, one.state, one.input)
      const wall = performance.now() - started
      if (round === 0) continue
      walls.push(wall)
      best[index] = Math.min(best[index] as number, wall)
    }
  }
  return { bench: 'step', steps: walls.length, ms: spread(walls), bestOfFiveMs: spread(best) }
}

function spread(times: number[]): { p50: number; p99: number; longest: number } {
  times.sort((a, b) => a - b)
  const at = (share: number): number => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(3))
  return { p50: at(0.5), p99: at(0.99), longest: at(1 - 1 / times.length) }
}

async function benchTriages(count: number): Promise<object> {
  const house = houseInMemory({ world })
  const programs = [...world.programs.keys()]
  const started = { at: performance.now(), cpu: process.cpuUsage() }
  let [turns, handedOff, next] = [0, 0, 0]
  const visitAll = async (): Promise<void> => {
    for (let seed = next++; seed < count; seed = next++) {
      const visitor = {
        manner: 'agreeable',
        program: programs[seed % programs.length] as string,
        locale: seed % 2 === 0 ? 'en-US' : 'es-US',
        seed,
      } as const
      const talk = await talkOf(house, visitor, { turnsAtMost: 60 })
      turns += talk.turns
      if (talk.isHandedOff) handedOff += 1
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, visitAll))
  const seconds = Number(((performance.now() - started.at) / 1000).toFixed(2))
  const { user, system } = process.cpuUsage(started.cpu)
  await house.store.close()
  return {
    bench: 'triages',
    talks: count,
    turns,
    handedOff,
    seconds,
    processorSeconds: Number(((user + system) / 1e6).toFixed(2)),
  }
}

function benchCheck(): object {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now()
    spawnSync(process.execPath, ['bot/cli.ts', 'check'], { stdio: 'ignore' })
    return (performance.now() - started) / 1000
  })
  return { bench: 'check', seconds: times.map((time) => Number(time.toFixed(2))) }
}

const write = (line: object): void =>
  void process.stdout.write(`${JSON.stringify({ ...line, load: loadavg()[0]?.toFixed(1) })}\n`)
write(benchStep())
write(benchCheck())
write(await benchTriages(Number(process.argv[2] ?? 1_000)))
