/**
 * The ear's buckets: a sign is hashed letter by letter as it is put together, and never written out.
 *
 * A message has hundreds of signs. As text each would be a string of its own; here it is a number
 * that grows (FNV-1a), and what several signs begin with is hashed once.
 */
export const EAR_BUCKETS = 1 << 20

const BASIS = 2_166_136_261
const PRIME = 16_777_619

/** The start of a sort of sign, named by a letter. */
export function sortOf(letter: string): number {
  return mix(BASIS, letter)
}

/** Goes on with a sign by these letters. */
export function mix(sign: number, text: string): number {
  let mixed = sign
  for (let index = 0; index < text.length; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), PRIME)
  return mixed
}

/** Goes on with a sign by a part of a text, from one letter to before another. */
export function mixPart(sign: number, text: string, { from, to }: { from: number; to: number }): number {
  let mixed = sign
  for (let index = from; index < to; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), PRIME)
  return mixed
}

/** Goes on with a sign by a space and a word. */
export function mixWord(sign: number, word: string): number {
  return mix(Math.imul(sign ^ 32, PRIME), word)
}

/** The buckets of a message, each once. */
export interface Buckets {
  add(sign: number): void
  /** As a list of its own. */
  list(): readonly number[]
}

/**
 * Where the buckets of the newest collection stand: a small table that stays in the processor's nearest
 * memory. An entry is the number of its collection and its bucket; only the newest collection is added to.
 */
const PLACES = 1 << 14
const MOST_COLLECTIONS = 1 << 14
const places = new Uint32Array(PLACES)
let newest = 0

/** Far more than a stretch of sixty words has; what came beyond would find no place. */
const MOST_BUCKETS = PLACES - 1_024
/** The newest collection while it grows. */
const collected = new Uint32Array(MOST_BUCKETS)

/** An empty collection; the one before it takes nothing more. */
export function newBuckets(): Buckets {
  newest += 1
  if (newest === MOST_COLLECTIONS) {
    places.fill(0)
    newest = 1
  }
  const mine = newest
  let count = 0
  return {
    list: () => listOf(count),
    add(sign) {
      const bucket = bucketOf(sign)
      const entry = mine * EAR_BUCKETS + bucket
      let place = bucket % PLACES
      for (let there = places[place]!; there >= mine * EAR_BUCKETS; there = places[place]!) {
        if (there === entry) return
        place = (place + 1) % PLACES
      }
      if (count === MOST_BUCKETS) return
      places[place] = entry
      collected[count++] = bucket
    },
  }
}

/** As long as it must be from the first: a list that grows is copied again and again. */
function listOf(count: number): readonly number[] {
  const list = new Array<number>(count)
  for (let at = 0; at < count; at += 1) list[at] = collected[at]!
  return list
}

function bucketOf(sign: number): number {
  return finished(sign) % EAR_BUCKETS
}

/** The finish of the hash, 32 bits. */
function finished(sign: number): number {
  const mixed = Math.imul(sign ^ (sign >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 12)) >>> 0
}
