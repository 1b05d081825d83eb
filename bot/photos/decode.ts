/**
 * Photos, decoded and encoded anew off the turn's path: each in a child of its own, two at a time.
 */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { kindOf } from './file-kind.ts'

/** Largest file that is taken, in bytes. */
export const FILE_MAX = 10 * 1024 * 1024
const TIMEOUT_MS = 15_000
/** A child that grows beyond this is ended: a file that needs more is no photo of a card. */
const MEMORY_MAX = 900 * 1024 * 1024
const LOOK_MS = 100
const AT_ONCE = 2
/** Of -20 to 19. */
const BEHIND = 10
const WAITING_AT_MOST = 20

export type Refusal = 'not-a-photo' | 'unreadable' | 'too-large' | 'busy'
export type Decoded = { readonly jpeg: Buffer } | { readonly refused: Refusal }

const child = fileURLToPath(new URL('./decode-child.ts', import.meta.url))
const refusals: Readonly<Record<number, Refusal>> = { 3: 'unreadable', 4: 'too-large', 5: 'not-a-photo' }

let running = 0
const waiting: (() => void)[] = []

/** Never throws: whatever a file does to its child is a refusal. */
export async function decodePhoto(file: Buffer, timeoutMs = TIMEOUT_MS): Promise<Decoded> {
  if (file.length > FILE_MAX) return { refused: 'too-large' }
  if (kindOf(file) === null) return { refused: 'not-a-photo' }
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_AT_MOST) return { refused: 'busy' }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running += 1
  try {
    return await inChild(file, timeoutMs)
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

function inChild(file: Buffer, timeoutMs: number): Promise<Decoded> {
  return new Promise((resolve) => {
    // No environment: what decodes a stranger's file knows no key and no address.
    const env = { VIPS_BLOCK_UNTRUSTED: '1', UV_THREADPOOL_SIZE: '1' }
    const decoder = spawn(process.execPath, ['--max-old-space-size=256', child], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    stepBack(decoder.pid)
    const parts: Buffer[] = []
    const end = () => decoder.kill('SIGKILL')
    const timer = setTimeout(end, timeoutMs)
    const watch = setInterval(() => void tooMuch(decoder.pid).then((grown) => grown && end()), LOOK_MS)
    decoder.stdout.on('data', (part: Buffer) => void parts.push(part))
    decoder.stdin.on('error', () => undefined)
    decoder.on('error', () => resolve({ refused: 'unreadable' }))
    decoder.on('close', (code) => {
      clearTimeout(timer)
      clearInterval(watch)
      const jpeg = Buffer.concat(parts)
      if (code === 0 && jpeg.length > 0) resolve({ jpeg })
      else resolve({ refused: code === null ? 'too-large' : (refusals[code] ?? 'unreadable') })
    })
    decoder.stdin.end(file)
  })
}

/** On a busy machine everybody's next answer comes before a picture. */
function stepBack(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, BEHIND)
  } catch {
    // It is over already, or the system does not let us: then it takes its turn like anybody.
  }
}

/** Where the system tells it; elsewhere the time alone bounds a child. */
async function tooMuch(pid: number | undefined): Promise<boolean> {
  const said = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')
  return Number(said.split(' ')[1] ?? 0) * 4096 > MEMORY_MAX
}
