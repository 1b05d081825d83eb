/**
 * The world that the service speaks from: scripts, instruments, routing, programs and their facts.
 *
 * Read and checked once at the start; a broken file stops it with file, line, column and the mend.
 * A date that has passed never does: it is a warning for `porchlight check`.
 */
import type { KeyObject } from 'node:crypto'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProgramProfile } from '../flows/conversation.ts'
import type { FlowLibrary } from '../flows/engine/library.ts'
import { readFlows, type ScriptFile } from '../flows/engine/read.ts'
import { ProgramId } from '../flows/vocabulary.ts'
import { readLibrary } from '../knowledge/library.ts'
import type { Program } from '../knowledge/program.ts'
import { AdmissionsError } from './errors.ts'
import { readOnce } from './read-once.ts'

export interface ProgramWorld {
  readonly profile: ProgramProfile
  /** What it says now: what its files state, and what staff have stated since (`bot/learning`). */
  knowledge: Program
  /** As its files state it. */
  readonly read: Program
  /** Sites that may hold the chat. */
  readonly origins: readonly string[]
  /** Ids under which Microsoft's channels know this program's bot. */
  readonly botIds: readonly string[]
}

export interface World {
  readonly flows: FlowLibrary
  readonly programs: ReadonlyMap<string, ProgramWorld>
  /** The files that `flows` was read from. */
  readonly scripts: readonly ScriptFile[]
}

export interface WorldProblem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly severity: 'problem' | 'warning'
}

export interface WorldRead {
  readonly world: World
  readonly problems: readonly WorldProblem[]
  /** What a person should look at by a day (YYYY-MM-DD); never a reason to stop. */
  readonly dueBy: (today: string) => readonly WorldProblem[]
  /** What the owner of one program does next; null when there is no such program. */
  readonly stepsOf: (id: string) => readonly WorldProblem[] | null
}

const flowsFolder = fileURLToPath(new URL('../flows', import.meta.url))
/** What the reading depends on beside the programs: scripts, words, the code that reads them and its packages. */
const ours = ['../flows', '../knowledge', '../package.json', import.meta.url].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/**
 * @param kept - a folder of ours, where what was read is kept for the next start, and the key that it is kept under.
 * @throws AdmissionsError `DATA_INVALID` with every problem, one a line.
 */
export function readWorld(programsDir: string, kept?: { folder: string; key: KeyObject }): World {
  const { world, problems } = kept === undefined ? inspectWorld(programsDir) : inspectOnce(programsDir, kept)
  if (world.programs.size === 0) {
    throw new AdmissionsError(
      'CONFIG_INVALID',
      'Settings to mend: PROGRAMS_DIR holds no program: name a folder with one folder per program.',
    )
  }
  const grave = problems.filter((problem) => problem.severity === 'problem')
  if (grave.length === 0) return world
  const lines = grave.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
  throw new AdmissionsError('DATA_INVALID', `These files need mending:\n${lines.join('\n')}`)
}

function inspectOnce(
  programsDir: string,
  { folder, key }: { folder: string; key: KeyObject },
): Pick<WorldRead, 'world' | 'problems'> {
  const from = [...ours, programsDir]
  return readOnce({ file: join(folder, 'world-as-read.bin'), from, key }, () => {
    const { world, problems } = inspectWorld(programsDir)
    return { value: { world, problems }, isGood: !problems.some(({ severity }) => severity === 'problem') }
  })
}

/** Reads everything and says what is wrong, without stopping. */
export function inspectWorld(programsDir: string): WorldRead {
  const scripts = [...scriptFiles(), ...overrideFiles(programsDir)]
  const { flows, problems } = readFlows(scripts)
  const { library, problems: knowledgeProblems, dueBy, stepsOf } = readLibrary(programsDir)
  const programs = new Map(library.programs.map((program) => [program.id as string, programWorld(program)]))
  return { world: { flows, programs, scripts }, problems: [...problems, ...knowledgeProblems], dueBy, stepsOf }
}

/** Paths as a person knows them, from the project's folder. */
export function scriptFiles(): ScriptFile[] {
  const folders = ['scripts', 'instruments'].flatMap((folder) =>
    readdirSync(join(flowsFolder, folder)).map((name) => join(folder, name)),
  )
  const paths = [...folders, 'routing.yaml'].filter((path) => path.endsWith('.yaml')).sort()
  return paths.map((path) => ({ path: `flows/${path}`, text: readFileSync(join(flowsFolder, path), 'utf8') }))
}

/** A program's own words and steps, if it has any: `flows/*.yaml` in its folder. */
function overrideFiles(programsDir: string): ScriptFile[] {
  return globSync('*/flows/*.yaml', { cwd: programsDir })
    .sort()
    .map((path) => ({ path: join(programsDir, path), text: readFileSync(join(programsDir, path), 'utf8') }))
}

/** The same world, whose scripts know whether mail goes out. */
export function withMail(world: World, canMail: boolean): World {
  if (!canMail) return world
  const programs = [...world.programs].map(
    ([id, one]) => [id, { ...one, profile: { ...one.profile, canMail } }] as const,
  )
  return { ...world, programs: new Map(programs) }
}

function programWorld(program: Program): ProgramWorld {
  return {
    profile: profileOf(program),
    knowledge: program,
    read: program,
    origins: program.origins,
    botIds: program.botIds,
  }
}

/** What the scripts may know of a program; what its page does not say stays unknown. */
function profileOf(program: Program): ProgramProfile {
  return {
    id: ProgramId.parse(program.id),
    name: program.name,
    region: program.region,
    servedStates: program.servedStates === 'unknown' ? null : program.servedStates,
    timeZone: program.timeZone,
    staffedHours: program.hours.days,
    holidays: program.holidays,
    promiseMinutes: program.promiseMinutes,
    ...(program.callsFrom && { callsFrom: program.callsFrom.number }),
  }
}
