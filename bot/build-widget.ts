/**
 * Builds the widget and the desk when their sources changed since the last build.
 *
 * The fingerprint of the sources stands beside the build, so an unchanged build is used again and a
 * start stays fast.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AdmissionsError } from './errors.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = [
  'widget',
  'flows/safety',
  'vite.config.ts',
  'vite.desk.config.ts',
  'vite.compress.ts',
  'vite.flatten.ts',
  'package-lock.json',
]
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const stamp = join(root, 'dist', 'sources.sha256')

/** @throws AdmissionsError `DATA_INVALID` when it cannot be built and no earlier build is there. */
export async function buildWidget(): Promise<void> {
  const fingerprint = sourcesFingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  process.stderr.write('building the widget\n')
  try {
    // In processes of their own: a build sets NODE_ENV for whatever runs around it.
    for (const config of ['vite.config.ts', 'vite.desk.config.ts']) {
      execFileSync(process.execPath, [vite, 'build', '--config', join(root, config), '--logLevel', 'error'], {
        cwd: root,
      })
    }
  } catch (cause) {
    throw new AdmissionsError(
      'DATA_INVALID',
      'The widget cannot be built: run npm ci, then npm run build to see why.',
      { cause },
    )
  }
  writeFileSync(stamp, fingerprint)
}

function sourcesFingerprint(): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesUnder(join(root, source)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}
