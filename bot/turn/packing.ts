/**
 * What is sealed is packed first: a record names what stands in it already, or in a list of our own words.
 *
 * A turn of 1,850 bytes is then some 550, and so much less is sealed, written, synced and written home. Deflate
 * with such a list gave the same for ten times the time, most of it spent on making ready what was used once;
 * here the list is made ready at the start, and is six times as long.
 *
 * What is packed is filled up to a multiple of sixteen bytes. Packing beside chosen text can betray a secret by
 * the length of the result; a record holds the words of one talk alone (`docs/decisions/0016`).
 *
 * Form: sequences of one byte (how many bytes are new, and how long the stretch after them is beyond four, four
 * bits each; 15 = a number follows that is added), the new bytes, and two bytes that say where the stretch
 * stands: 1… in the list, above its length so far back, 0 = the end.
 */
import { readFileSync } from 'node:fs'

/** Never changed: what was packed with it could not be read. Another list needs another form. */
const list = readFileSync(new URL('./packing-words-1.txt', import.meta.url))
/** Stands before what is packed with that list; JSON never begins with it. */
const FORM = 1
const FILLED_TO = 16
const SHORTEST = 4
/** A stretch is looked for by its first six bytes, which finds the longer ones, and then by four. */
const LONG = 6
/** So much four bits say. */
const FEW = 15
const LIST = list.length
/** What two bytes can name. A longer record is kept as it is. */
const RECORD_MAX = 65_535 - LIST

/** The list, and after it the record that is packed or read. */
const bytes = Buffer.alloc(LIST + RECORD_MAX)
const packed = Buffer.alloc(2 * RECORD_MAX)
list.copy(bytes)

const [LIST_SHIFT, RECORD_SHIFT] = [32 - 14, 32 - 12]
/** Where stretches of these first bytes begin, by their hash: the place and one, 0 = nowhere. */
const byLong = new Uint16Array(1 << 14)
const byShort = new Uint16Array(1 << 14)
const inRecord = new Uint16Array(1 << 12)
for (let at = LIST - LONG; at >= 0; at -= 1) {
  byLong[hashLong(at) >>> LIST_SHIFT] = at + 1
  byShort[hashShort(at) >>> LIST_SHIFT] = at + 1
}

/** How much of `packed` is written, and from where on the record's bytes are not. */
let written = 0
let fresh = 0

export function pack(json: string): Buffer {
  // A unit of a string has three bytes at most.
  if (json.length * 3 > RECORD_MAX) return Buffer.from(json)
  const end = LIST + bytes.write(json, LIST)
  inRecord.fill(0)
  written = 1
  fresh = LIST
  let at = LIST
  while (at + LONG <= end) {
    const place = longestAt(at, end) - 1
    if (place < 0) {
      at += 1
      continue
    }
    const same = sameFrom(place + 1, at, end)
    writeSequence(at, same, place < LIST ? place + 1 : LIST + at - place)
    at += same
  }
  writeSequence(end, SHORTEST, 0)
  const filled = Math.ceil(written / FILLED_TO) * FILLED_TO
  packed[0] = FORM
  packed.fill(0, written, filled)
  return Buffer.from(packed.subarray(0, filled))
}

/** Reads what was stored before there was packing as well. */
export function unpack(stored: Buffer): string {
  if (stored[0] !== FORM) return stored.toString('utf8')
  let read = 1
  let at = LIST
  const sizeOf = (bits: number): number => {
    if (bits < FEW) return bits
    let size = FEW
    while (stored[read] === 255) {
      size += 255
      read += 1
    }
    return size + stored[read++]!
  }
  for (;;) {
    const sizes = stored[read++]!
    const news = sizeOf(sizes >> 4)
    at += stored.copy(bytes, at, read, read + news)
    read += news
    const where = stored.readUInt16LE(read)
    read += 2
    if (where === 0) return bytes.toString('utf8', LIST, at)
    const same = SHORTEST + sizeOf(sizes & FEW)
    const from = where <= LIST ? where - 1 : at - (where - LIST)
    // One after the other, since a stretch may reach into itself.
    for (let count = 0; count < same; count += 1) bytes[at + count] = bytes[from + count]!
    at += same
  }
}

/** Where the longest known stretch stands that goes on as this place does, and one; 0 = nowhere. Notes this place. */
function longestAt(at: number, end: number): number {
  const short = hashShort(at)
  let best = inRecord[short >>> RECORD_SHIFT]!
  inRecord[short >>> RECORD_SHIFT] = at + 1
  let most = sameFrom(best, at, end)
  const long = byLong[hashLong(at) >>> LIST_SHIFT]!
  const sameLong = sameFrom(long, at, end)
  if (sameLong > most) {
    best = long
    most = sameLong
  }
  if (most < LONG) {
    const other = byShort[short >>> LIST_SHIFT]!
    const sameShort = sameFrom(other, at, end)
    if (sameShort > most) {
      best = other
      most = sameShort
    }
  }
  return most < SHORTEST ? 0 : best
}

function sameFrom(place: number, at: number, end: number): number {
  if (place === 0) return 0
  const back = at - place + 1
  let to = at
  while (to < end && bytes[to - back] === bytes[to]) to += 1
  return to - at
}

/** The new bytes before this place, and the stretch that begins at it. */
function writeSequence(at: number, same: number, where: number): void {
  const news = at - fresh
  const beyond = same - SHORTEST
  packed[written++] = (Math.min(news, FEW) << 4) | Math.min(beyond, FEW)
  writeMore(news)
  while (fresh < at) packed[written++] = bytes[fresh++]!
  packed[written++] = where & 255
  packed[written++] = where >> 8
  writeMore(beyond)
  fresh = at + same
}

/** What four bits could not say. */
function writeMore(size: number): void {
  if (size < FEW) return
  let left = size - FEW
  for (; left >= 255; left -= 255) packed[written++] = 255
  packed[written++] = left
}

function hashShort(at: number): number {
  return Math.imul(fourBytes(at), 2_654_435_761)
}

function hashLong(at: number): number {
  const next = bytes[at + 4]! | (bytes[at + 5]! << 8)
  return Math.imul(fourBytes(at) ^ Math.imul(next, 2_654_435_769), 2_654_435_761)
}

function fourBytes(at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}
