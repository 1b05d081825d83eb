/**
 * Turns every branch and every condition of the scripts, one at a time, and counts those that some transcript notices.
 *
 * A change of a script that no transcript hears is one that a reviewer would not see either. Run it by
 * `npm run mutate`; it prints the share and every turn that went unheard.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { transcriptFiles } from '../bot/commands/replay.ts'
import { readTranscript } from '../bot/scripts/transcript.ts'
import { courseOf } from '../bot/scripts/what-if-courses.ts'
import { decide } from '../bot/turn/decide.ts'
import { readWorld, type World } from '../bot/world.ts'
import type { ConversationState, Input } from '../flows/conversation.ts'
import type { Flow, Step } from '../flows/engine/flow.ts'
import { newConversation } from '../flows/engine/step.ts'
import { screen } from '../flows/safety/screen.ts'
import { Instant } from '../flows/vocabulary.ts'

interface Turned {
  readonly name: string
  readonly flow: Flow
}

/** One conversation as it goes today: its inputs, and what was said to each. */
interface Course {
  readonly name: string
  readonly begin: ConversationState
  readonly turns: readonly { readonly input: Input; readonly said: string }[]
}

const SLOTS = ['2026-11-24T15:00:00.000Z', '2026-11-24T16:00:00.000Z']
const world = readWorld('knowledge/programs')
const courses = transcriptFiles().map(record)
const turned = [...world.flows.flows.values()].flatMap(turnsOf)
const unheard = turned.filter((one) => !courses.some((course) => hears(course, one)))
for (const { name } of unheard) process.stdout.write(`${name}\n`)
const heard = turned.length - unheard.length
process.stderr.write(
  `${courses.length} transcripts hear ${heard} of ${turned.length} turned branches and conditions (${Math.round((100 * heard) / turned.length)} %)\n`,
)

function record(file: string): Course {
  const { program, locale, at, said } = courseOf(relative('.', file), readTranscript(readFileSync(file, 'utf8')))
  const served = world.programs.get(program)
  if (!served) throw new Error(`${file}: there is no program ${program}`)
  const begin = newConversation(world.flows, { program: served.profile, locale, at: Instant.parse(at) })
  let state = begin
  const turns: Course['turns'][number][] = []
  const take = (input: Input): void => {
    const { state: next, said } = turnOf(world, served, { state, input })
    state = next
    turns.push({ input, said })
  }
  take({ type: 'open', at: Instant.parse(at) })
  for (const one of said)
    take({ type: 'message', message: screen({ text: one.text }, state.said), at: Instant.parse(one.at) })
  return { name: file, begin, turns }
}

/** Played until something sounds different; until then every screened message is the same as before. */
function hears(course: Course, { flow }: Turned): boolean {
  const flows = { ...world.flows, flows: new Map(world.flows.flows).set(flow.flow, flow) }
  const other: World = { ...world, flows }
  const served = world.programs.get(course.begin.program)
  if (!served) return false
  let state = course.begin
  for (const { input, said } of course.turns) {
    const turn = turnOf(other, served, { state, input })
    if (turn.said !== said) return true
    state = turn.state
  }
  return false
}

/** One input to its end: a calendar that is asked has two times and keeps what is held. */
function turnOf(
  scripts: World,
  served: NonNullable<ReturnType<World['programs']['get']>>,
  { state, input }: { state: ConversationState; input: Input },
): { state: ConversationState; said: string } {
  const decision = decide(scripts, served, { state, inputs: [input] })
  const said = heardIn(decision)
  const asked = decision.effects.findLast((effect) => effect.type === 'calendar')
  if (asked?.type !== 'calendar') return { state: decision.state, said }
  const slots = asked.wish === 'find' ? SLOTS : []
  const answer: Input = { ...asked, type: 'calendar-said', ok: true, slots, at: input.at }
  const next = turnOf(scripts, served, { state: decision.state, input: answer })
  return { state: next.state, said: `${said}\n${next.said}` }
}

/** What a transcript shows of a turn: the words, and what is to be done. */
function heardIn(decision: ReturnType<typeof decide>): string {
  const words = decision.messages.map((message) => `${message.channelData.porchlight.step}: ${message.text}`)
  return [...words, ...decision.effects.map((effect) => JSON.stringify(effect))].join('\n')
}

function turnsOf(flow: Flow): Turned[] {
  return flow.steps.flatMap((step, index) => {
    const name = `${flow.flow}/${step.id}`
    const withStep = (changed: Step): Flow => ({ ...flow, steps: flow.steps.with(index, changed) })
    const { when } = step
    const conditions =
      when === undefined ? [] : [{ name: `${name}: when`, flow: withStep({ ...step, when: { not: when } }) }]
    if (!('branch' in step)) return conditions
    const ways = step.branch.flatMap((way, place) => {
      const test = way.when
      if (test === undefined) return []
      const branch = step.branch.with(place, { ...way, when: { not: test } })
      return [{ name: `${name}: way ${place + 1}`, flow: withStep({ ...step, branch }) }]
    })
    return [...conditions, ...ways]
  })
}
