/**
 * `explore`: walks every path of the scripts, and lets simulated visitors talk; says what is wrong and how much was seen.
 *
 * One JSON line for each walk, one for each manner of visitor, one for the coverage; exit 1 when a state lacks one
 * of its exits or a visitor was left in a loop.
 */
import { parseArgs } from 'node:util'
import { explore, waysOf } from '../../flows/engine/explore.ts'
import type { FlowLibrary } from '../../flows/engine/library.ts'
import type { Locale } from '../../flows/vocabulary.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { houseInMemory } from '../house-in-memory.ts'
import { type Talk, talkOf } from '../simulate/talks.ts'
import { transcriptStates } from '../simulate/transcript-states.ts'
import { manners } from '../simulate/visitors.ts'
import { readWorld } from '../world.ts'
import { transcriptFiles } from './replay.ts'

const locales: readonly Locale[] = ['en-US', 'es-US']
const TURNS_AT_MOST = 60

export const exploreCommand: Command = async (args) => {
  const options = { states: { type: 'string' }, visitors: { type: 'string' }, seed: { type: 'string' } } as const
  const { values } = parseArgs({ args: [...args], options })
  const house = houseInMemory({ world: readWorld(readConfig().programsDir) })
  const places = new Set<string>()
  const ways = new Set<string>()
  const faults = walkAll(house, wholeNumber(values.states, 1_200), { places, ways })
  const talks = await talkAll(house, wholeNumber(values.visitors, 160), wholeNumber(values.seed, 1))
  for (const talk of talks) for (const place of talk.places) places.add(place)
  writeManners(talks)
  writeCoverage(house.world.flows, { places, ways })
  for (const { manner, program, locale, seed, faults: own } of talks) {
    for (const fault of own) faults.push(`${manner} ${program} ${locale} seed ${seed}: ${fault}`)
  }
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  await house.store.close()
  return faults.length > 0 ? 1 : 0
}

function wholeNumber(given: string | undefined, otherwise: number): number {
  const number = given === undefined ? otherwise : Number(given)
  if (!Number.isInteger(number) || number < 0)
    throw new AdmissionsError('REQUEST_INVALID', 'Give --states, --visitors and --seed as whole numbers.')
  return number
}

interface Met {
  readonly places: Set<string>
  readonly ways: Set<string>
}

/** Every second walk is by day, with staff there: some parts are only asked then. */
function walkAll({ world }: House, statesAtMost: number, { places, ways }: Met): string[] {
  const faults: string[] = []
  const walks = [...world.programs.values()].flatMap(({ profile }) => locales.map((locale) => ({ profile, locale })))
  for (const [index, { profile, locale }] of (statesAtMost === 0 ? [] : walks).entries()) {
    const isStaffed = (index + Math.floor(index / 2)) % 2 === 1
    const program = isStaffed ? { ...profile, staffedHours: always } : profile
    const seeds = transcriptStates(world, transcriptFiles(), { program: program.id, locale })
    const found = explore({ flows: world.flows, program }, { locale, statesAtMost, seeds })
    for (const place of found.asked) places.add(place)
    for (const way of found.ways) ways.add(way)
    faults.push(...found.faults.map((fault) => `${program.id} ${locale}: ${fault}`))
    const { states, choices, moves, longest, isComplete } = found
    const line = {
      walk: program.id,
      locale,
      staffed: isStaffed ? 'always' : 'as it is',
      states,
      choices,
      moves,
      longest,
      dispositions: [...found.dispositions].sort(),
      isComplete,
      faults: found.faults.length,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  return faults
}

const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, ['00:00', '24:00'] as const]))

async function talkAll(house: House, count: number, seed: number): Promise<Talk[]> {
  const programs = [...house.world.programs.keys()]
  const talks: Talk[] = []
  for (let index = 0; index < count; index += 1) {
    const manner = manners[index % manners.length] ?? 'agreeable'
    const round = Math.floor(index / manners.length)
    const program = programs[round % programs.length] as string
    const locale = locales[Math.floor(round / programs.length) % 2] ?? 'en-US'
    talks.push(await talkOf(house, { manner, program, locale, seed: seed + index }, { turnsAtMost: TURNS_AT_MOST }))
  }
  return talks
}

function writeManners(talks: readonly Talk[]): void {
  for (const manner of manners) {
    const own = talks.filter((talk) => talk.manner === manner)
    if (own.length === 0) continue
    const line = {
      visitors: manner,
      talks: own.length,
      handedOff: own.filter((talk) => talk.isHandedOff).length,
      medianTurns: median(own.map((talk) => talk.turns)),
      faults: own.flatMap((talk) => talk.faults).length,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  const routes = Map.groupBy(
    talks.filter((talk) => talk.questions !== null),
    (talk) => talk.route,
  )
  for (const [route, own] of routes) {
    const medianQuestions = median(own.map((talk) => talk.questions ?? 0))
    process.stdout.write(`${JSON.stringify({ route, handedOff: own.length, medianQuestions })}\n`)
  }
}

function median(numbers: readonly number[]): number | null {
  const ordered = numbers.toSorted((a, b) => a - b)
  return ordered[Math.floor(ordered.length / 2)] ?? null
}

/** Steps that ask or say something and those that somebody met; ways on and those that the walks took. */
function writeCoverage(library: FlowLibrary, { places, ways }: Met): void {
  const spoken = [...library.flows.values()].flatMap((flow) =>
    flow.steps.flatMap((step) => ('ask' in step || 'item' in step || 'say' in step ? [`${flow.flow}/${step.id}`] : [])),
  )
  const unseen = spoken.filter((place) => !places.has(place) && !ways.has(place))
  const all = waysOf(library)
  const untaken = all.filter((way) => !ways.has(way))
  const steps = { steps: spoken.length, met: spoken.length - unseen.length, unseen }
  process.stdout.write(`${JSON.stringify(steps)}\n`)
  process.stdout.write(`${JSON.stringify({ ways: all.length, taken: all.length - untaken.length, untaken })}\n`)
}
