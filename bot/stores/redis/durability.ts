/**
 * Whether a Redis keeps what it acknowledges: asked of every server before anything is written to it.
 *
 * A visitor's words are told as kept once Redis has answered, so the answer may only come after the
 * write is on its disk (append-only file, synced always), and nothing may be evicted when memory is
 * short. An operator may accept one of these by name; nothing is accepted in silence.
 */
import { AdmissionsError } from '../../errors.ts'
import { type Reply, textOf } from './reply.ts'

/** What can be accepted in `REDIS_ACCEPT_LOSS`, and what each means. */
export const weaknesses = {
  appendonly: 'keeps no append-only file: set appendonly yes',
  appendfsync: 'answers before its append-only file is on disk: set appendfsync always',
  eviction: 'may drop what is stored when memory is short: set maxmemory-policy noeviction',
  unknown: 'does not say how it keeps its data (CONFIG is not allowed)',
} as const

export type Weakness = keyof typeof weaknesses

export interface Server {
  /** Host and port, for messages. */
  readonly name: string
  ask(command: string, ...args: string[]): Promise<Reply>
}

const OLDEST = 7

/** @throws AdmissionsError `CONFIG_INVALID` with everything that must be mended or accepted by name. */
export async function holdToDurability(server: Server, accepted: readonly Weakness[], clustered: boolean) {
  const about = fields(textOf(await server.ask('info')))
  const version = about.get('redis_version') ?? '0'
  if (Number.parseInt(version, 10) < OLDEST) throw refusal(server, `is of version ${version}: it must be 7 or later`)
  if (!clustered && about.get('cluster_enabled') === '1') {
    throw refusal(server, 'is a node of a cluster: name two or more of its nodes in REDIS_URL, separated by commas')
  }
  const found = (await weaknessesOf(server)).filter((weakness) => !accepted.includes(weakness))
  if (found.length === 0) return
  const faults = found.map(
    (weakness) => `${weaknesses[weakness]}, or accept it by name with REDIS_ACCEPT_LOSS=${weakness}`,
  )
  throw refusal(server, faults.join('; it '))
}

async function weaknessesOf(server: Server): Promise<Weakness[]> {
  const settings = new Map<string, string>()
  for (const name of ['appendonly', 'appendfsync', 'maxmemory-policy']) {
    const reply = await server.ask('config', 'get', name).catch(refusedByServer)
    if (!Array.isArray(reply) || reply.length < 2) return ['unknown']
    settings.set(name, textOf(reply[1]))
  }
  const found: Weakness[] = []
  if (settings.get('appendonly') !== 'yes') found.push('appendonly')
  else if (settings.get('appendfsync') !== 'always') found.push('appendfsync')
  if (settings.get('maxmemory-policy') !== 'noeviction') found.push('eviction')
  return found
}

/** null when the server answered that it may not be asked; a broken line is no answer. */
function refusedByServer(error: unknown): null {
  if (error instanceof Error && /^(ERR|NOPERM)/.test(error.message)) return null
  throw error
}

function fields(info: string): Map<string, string> {
  return new Map(info.split('\r\n').map((line) => line.split(':', 2) as [string, string]))
}

function refusal(server: Server, fault: string): AdmissionsError {
  return new AdmissionsError('CONFIG_INVALID', `The Redis at ${server.name} cannot be used: it ${fault}.`)
}
