/**
 * `porchlight COMMAND`: what operators, clinicians and programmers do from a terminal.
 *
 * Standard output is data, standard error is for people; exit 0 good, 1 found problems, 2 wrong use.
 * Commands are loaded when asked for, so that each starts fast.
 */
import { enableCompileCache } from 'node:module'
import { AdmissionsError } from './errors.ts'

export type Command = (args: readonly string[]) => Promise<number>

const commands: Readonly<Record<string, { usage: string; load: () => Promise<Command> }>> = {
  serve: { usage: 'serve', load: async () => (await import('./commands/serve.ts')).serveCommand },
  talk: { usage: 'talk [--program ID] [--lang es]', load: async () => (await import('./commands/talk.ts')).talk },
  check: { usage: 'check [PROGRAM]', load: async () => (await import('./commands/check.ts')).check },
  schema: {
    usage: 'schema flow|instrument|routing|crisis|phrases|reading|override',
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  draw: {
    usage: 'draw [FLOW] [--svg] [--stored [--program ID]]',
    load: async () => (await import('./commands/draw.ts')).draw,
  },
  replay: {
    usage: 'replay [FILE…] [--write] · replay --against FOLDER [--stored] [FILE…]',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  explore: {
    usage: 'explore [--states N] [--visitors N] [--seed N]',
    load: async () => (await import('./commands/explore.ts')).exploreCommand,
  },
  scripts: {
    usage:
      'scripts list · scripts publish · scripts rollback [VERSION] · scripts migrate FROM [TO] [--map FILE] [--dry-run]',
    load: async () => (await import('./commands/scripts.ts')).scripts,
  },
  evaluate: {
    usage: 'evaluate safety|answers FILE',
    load: async () => (await import('./commands/evaluate.ts')).evaluate,
  },
  audit: {
    usage: 'audit verify [--head SEQ:HASH] · audit export',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  facts: {
    usage: 'facts import URL-or-FILE --program ID · facts export PROGRAM',
    load: async () => (await import('./commands/facts.ts')).facts,
  },
  program: {
    usage: 'program new ID [--page FILE] [--name NAME]',
    load: async () => (await import('./commands/program.ts')).program,
  },
  staff: {
    usage:
      'staff add NAME --role admissions|clinical|admin [--programs a,b] · staff list · staff disable NAME · staff link NAME --open-id SUBJECT · staff reset-factor NAME · staff set-password NAME',
    load: async () => (await import('./commands/staff.ts')).staff,
  },
  rehearse: {
    usage: 'rehearse URL [--program ID] [--name STAFF]',
    load: async () => (await import('./commands/rehearse.ts')).rehearse,
  },
  hold: {
    usage: 'hold CONVERSATION litigation|court-order|investigation|audit · hold --lift CONVERSATION · hold list',
    load: async () => (await import('./commands/hold.ts')).hold,
  },
  retention: { usage: 'retention', load: async () => (await import('./commands/retention.ts')).retention },
  erase: { usage: 'erase CONVERSATION', load: async () => (await import('./commands/erase.ts')).erase },
  export: {
    usage: 'export CONVERSATION [--text] [--to FILE]',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  backup: { usage: 'backup FILE', load: async () => (await import('./commands/backup.ts')).backup },
  restore: { usage: 'restore FILE [--keys FILE]', load: async () => (await import('./commands/backup.ts')).restore },
  doctor: { usage: 'doctor', load: async () => (await import('./commands/doctor.ts')).doctor },
  'rotate-key': {
    usage: 'rotate-key [--forget]',
    load: async () => (await import('./commands/rotate-key.ts')).rotateKeyCommand,
  },
}

export async function run(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    const lines = Object.values(commands).map((one) => `  porchlight ${one.usage}`)
    process.stderr.write(`usage:\n${lines.join('\n')}\n`)
    return 2
  }
  try {
    const act = await command.load()
    return await act(rest)
  } catch (error) {
    if (isUnknownOption(error)) {
      process.stderr.write(`There is no such option, or its value is missing.\nusage: porchlight ${command.usage}\n`)
      return 2
    }
    if (!(error instanceof AdmissionsError)) throw error
    process.stderr.write(`${error.code}: ${error.message}\n`)
    if (error.code === 'REQUEST_INVALID') process.stderr.write(`usage: porchlight ${command.usage}\n`)
    return error.code === 'REQUEST_INVALID' ? 2 : 1
  }
}

/** What `parseArgs` throws. */
function isUnknownOption(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

if (import.meta.main) {
  // Whoever reads the output may stop early (`| head`): that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  enableCompileCache()
  process.exitCode = await run(process.argv.slice(2))
}
