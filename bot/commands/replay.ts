/**
 * `replay`: plays transcripts and shows, line by line, what is said differently now.
 *
 * `--against FOLDER` shows what changed scripts would do instead (`--stored`: to stored conversations, too).
 * `--write` records what is said now; a person then reads the difference before it is committed.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { playTranscript } from '../scripts/play-transcript.ts'
import { readTranscript } from '../scripts/transcript.ts'
import { readWorld, type World } from '../world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export const replay: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { write: { type: 'boolean' }, against: { type: 'string' }, stored: { type: 'boolean' } },
  })
  const world = readWorld(readConfig().programsDir)
  const files = positionals.length > 0 ? positionals : transcriptFiles()
  if (values.against !== undefined) {
    const { replayAgainst } = await import('./what-if.ts')
    return (await replayAgainst(world, values.against, { files, isStored: values.stored === true })) > 0 ? 1 : 0
  }
  let differing = 0
  for (const file of files) differing += await replayFile(world, file, values.write === true)
  process.stderr.write(`${files.length} transcripts, ${differing} differ\n`)
  return differing > 0 || files.length === 0 ? 1 : 0
}

export function transcriptFiles(): string[] {
  return globSync('test/transcripts/**/*.md', { cwd: root })
    .sort()
    .map((file) => join(root, file))
}

async function replayFile(world: World, file: string, write: boolean): Promise<number> {
  const { markdown, differences } = await playTranscript(world, readTranscript(readText(file)))
  if (write) writeFileSync(file, markdown)
  if (write || differences.length === 0) return 0
  for (const { line, expected, found } of differences)
    process.stdout.write(`${file}:${line}\n  - ${expected}\n  + ${found}\n`)
  return 1
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AdmissionsError('REQUEST_INVALID', `${file} cannot be read: check the path.`, { cause })
  }
}
