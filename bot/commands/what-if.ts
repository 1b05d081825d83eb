/**
 * `replay --against FOLDER`: what the changed scripts in a folder would do to the conversations that there are.
 *
 * A file of the folder takes the place of the script of the same name; a new name is a new script. Of stored
 * conversations only ids, places and routes are shown, never what was said.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { readFlows, type ScriptFile } from '../../flows/engine/read.ts'
import { buildHouse } from '../build-house.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { readTranscript } from '../scripts/transcript.ts'
import { type Changes, type Course, whatIf } from '../scripts/what-if.ts'
import { courseOf, storedCourses } from '../scripts/what-if-courses.ts'
import { openStore } from '../stores/open-store.ts'
import type { World } from '../world.ts'

/** @returns how many conversations change. @throws AdmissionsError `DATA_INVALID` for a broken script. */
export async function replayAgainst(
  present: World,
  folder: string,
  from: { files: readonly string[]; isStored: boolean },
): Promise<number> {
  const changed = changedWorld(present, folder)
  const samples = from.files.map((file) => courseOf(relative('.', file), readTranscript(readFileSync(file, 'utf8'))))
  const stored = from.isStored ? await coursesOfStore(present) : []
  const all = [
    ...samples.map((course) => ({ course, isStored: false })),
    ...stored.map((course) => ({ course, isStored: true })),
  ]
  let changing = 0
  for (const { course, isStored } of all) {
    const changes = await whatIf(present, changed, course)
    if (!changes) continue
    changing += 1
    process.stdout.write(`${write(changes, isStored)}\n`)
  }
  process.stderr.write(`${all.length} conversations, ${changing} change\n`)
  return changing
}

async function coursesOfStore(world: World): Promise<Course[]> {
  const config = readConfig()
  const { store } = await openStore(config, readDeploymentKey(config))
  try {
    return await storedCourses(buildHouse(config, { world, store }))
  } finally {
    await store.close()
  }
}

/** The present scripts with those of the folder in their places. */
function changedWorld(present: World, folder: string): World {
  // A copy of the whole of `flows` may be given: what hears danger (`safety/`) is no script.
  const paths = globSync('**/*.yaml', { cwd: folder }).filter((path) => !/(?:^|[\\/])safety[\\/]/.test(path))
  const fresh = paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
  if (fresh.length === 0) throw new AdmissionsError('REQUEST_INVALID', `${folder} holds no script (*.yaml).`)
  const named = new Map(fresh.map((file) => [basename(file.path), file]))
  const kept = present.scripts.map((file): ScriptFile => {
    const other = named.get(basename(file.path))
    named.delete(basename(file.path))
    return other ? { path: file.path, text: other.text } : file
  })
  const scripts = [...kept, ...[...named.values()].map(({ path, text }) => ({ path: `flows/scripts/${path}`, text }))]
  const { flows, problems } = readFlows(scripts)
  const grave = problems.filter((one) => one.severity === 'problem')
  if (grave.length === 0) return { ...present, flows, scripts }
  const lines = grave.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
  throw new AdmissionsError('DATA_INVALID', `These files need mending:\n${lines.join('\n')}`)
}

function write(changes: Changes, isStored: boolean): string {
  const { route, disposition, noLongerAsked, newlyAsked, isReordered, words } = changes
  const lines = [
    changes.name,
    ...(route ? [`  route: ${route.before} → ${route.after}`] : []),
    ...(disposition ? [`  end: ${disposition.before} → ${disposition.after}`] : []),
    ...(noLongerAsked.length > 0 ? [`  no longer asked: ${noLongerAsked.join(', ')}`] : []),
    ...(newlyAsked.length > 0 ? [`  newly asked: ${newlyAsked.join(', ')}`] : []),
    ...(isReordered ? ['  the questions come in another order'] : []),
    ...words.flatMap(({ place, before, after }) => [
      `  words at ${place}`,
      ...(isStored ? [] : [`    - ${oneLine(before)}`, `    + ${oneLine(after)}`]),
    ]),
  ]
  return lines.join('\n')
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ⏎ ')
}
