/**
 * Looks for marked words in bytes: as they are, and as encodings would carry them.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** The word as text, wide text, hexadecimal, and in base64 whatever stands before it. */
function formsOf(mark: string): readonly Buffer[] {
  const plain = Buffer.from(mark)
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64')
    // The first and the last signs depend on what stands beside the word.
    return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -4))
  })
  return [plain, Buffer.from(mark, 'utf16le'), Buffer.from(plain.toString('hex')), ...base64]
}

export function holds(bytes: Uint8Array | string, mark: string): boolean {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes)
  return formsOf(mark).some((form) => whole.includes(form))
}

/** Every file below a folder, as [path, bytes]. */
export function filesBelow(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path, readFileSync(path)]
    })
}

/** What a process holds in its memory; null where the system does not let us look. */
export function memoryOf(pid: number): Buffer | null {
  try {
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')
    const memory = openMemory(pid)
    const parts = maps.flatMap((line) => {
      const found = /^([\da-f]+)-([\da-f]+) rw/.exec(line)
      return found
        ? [memory.read(Number.parseInt(found[1] as string, 16), Number.parseInt(found[2] as string, 16))]
        : []
    })
    memory.close()
    return Buffer.concat(parts)
  } catch {
    return null
  }
}

function openMemory(pid: number) {
  const file = openSync(`/proc/${pid}/mem`, 'r')
  return {
    read(from: number, to: number): Buffer {
      const part = Buffer.alloc(to - from)
      try {
        return part.subarray(0, readSync(file, part, 0, part.length, from))
      } catch {
        return Buffer.alloc(0)
      }
    },
    close: () => closeSync(file),
  }
}
