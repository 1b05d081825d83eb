/**
 * The ear's buckets: a sign is hashed letter by letter as it is put together, and never written out.
 *
 * A message has hundreds of signs. As text each would be a string of its own; here it is a number
 * that grows (FNV-1a), and what several signs begin with is hashed once.
 */
export const EAR_BUCKETS = 1 << 18

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

/** Goes on with a sign by a space and a word. */
export function mixWord(sign: number, word: string): number {
  return mix(Math.imul(sign ^ 32, PRIME), word)
}

/** The buckets of a message, each once. */
export interface Buckets {
  readonly list: number[]
  add(sign: number): void
}

/** Which collection a bucket was last put in: one table for all, since only the newest is added to. */
const lastIn = new Uint32Array(EAR_BUCKETS)
let newest = 0

/** An empty collection; the one before it takes nothing more. */
export function newBuckets(): Buckets {
  if (newest === 0xffff_ffff) {
    lastIn.fill(0)
    newest = 0
  }
  newest += 1
  const mine = newest
  const list: number[] = []
  return {
    list,
    add(sign) {
      const bucket = bucketOf(sign)
      if (lastIn[bucket] === mine) return
      lastIn[bucket] = mine
      list.push(bucket)
    },
  }
}

function bucketOf(sign: number): number {
  return finished(sign) % EAR_BUCKETS
}

/** The finish of the hash, 32 bits. */
export function finished(sign: number): number {
  const mixed = Math.imul(sign ^ (sign >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 12)) >>> 0
}
