/**
 * Reads records of the first form, which a packer of our own wrote on one day before deflate took its place.
 *
 * Form: sequences of one byte (how many bytes are new, and how long the stretch after them is beyond four, four
 * bits each; 15 = a number follows that is added), the new bytes, and two bytes that say where the stretch
 * stands: 1… in the list, above its length so far back, 0 = the end.
 */
import { readFileSync } from 'node:fs'

const SHORTEST = 4
/** So much four bits say. */
const FEW = 15
/** What two bytes could name, the list among it. */
const LARGEST = 65_535

let list: Buffer | null = null

/** @param stored - behind the byte that says which form it is. */
export function unpackFirst(stored: Buffer): string {
  list ??= readFileSync(new URL('./packing-words-1.txt', import.meta.url))
  const start = list.length
  const bytes = Buffer.alloc(LARGEST)
  list.copy(bytes)
  let read = 0
  let at = start
  const sizeOf = (bits: number): number => {
    if (bits < FEW) return bits
    let size = FEW
    for (; stored[read] === 255; read += 1) size += 255
    return size + stored.readUInt8(read++)
  }
  for (;;) {
    const sizes = stored.readUInt8(read++)
    const news = sizeOf(sizes >> 4)
    at += stored.copy(bytes, at, read, read + news)
    read += news
    const where = stored.readUInt16LE(read)
    read += 2
    if (where === 0) return bytes.toString('utf8', start, at)
    const same = SHORTEST + sizeOf(sizes & FEW)
    const from = where <= start ? where - 1 : at - (where - start)
    // One after the other, since a stretch may reach into itself.
    for (let count = 0; count < same; count += 1) bytes[at + count] = bytes[from + count] ?? 0
    at += same
  }
}
