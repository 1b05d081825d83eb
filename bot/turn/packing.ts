/**
 * What is sealed is packed first, by deflate with a list of our own words: a turn of 1,800 bytes is then some 500,
 * and so much less is sealed, written, synced and written home.
 *
 * What is packed is filled up to a multiple of sixteen bytes. Packing beside chosen text can betray a secret by
 * the length of the result; a record holds the words of one talk alone (`docs/decisions/0016`).
 */
import { readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Never changed: what was packed with it could not be read. Another list, or another way to pack, needs another form. */
const dictionary = readFileSync(new URL('./packing-words-1.txt', import.meta.url))
/**
 * The list's end, as much as the window holds: places in it are counted from the end, so that what was packed with
 * the whole list and what is packed with its end are read alike.
 */
const ready = dictionary.subarray(-7_000)
/** Stands before what is packed so; JSON never begins with it. */
const FORM = Buffer.from([1])
const FILLED_TO = 16
/**
 * Quick rather than tight: what a pack costs is mostly the tables and the list that are made ready for it, so a
 * window of 8 kB and half the list take a quarter less time than 32 kB and all of it, for a tenth more bytes.
 */
const quick = { dictionary: ready, level: 3, memLevel: 4, windowBits: 13, chunkSize: 1_024 }
/** A record holds one turn, so this is far more than any; whatever claims to be larger is none of ours. */
const LARGEST = 16 * 2 ** 20

export function pack(json: string): Buffer {
  const packed = deflateRawSync(json, quick)
  const size = FORM.length + packed.length
  return Buffer.concat([FORM, packed], Math.ceil(size / FILLED_TO) * FILLED_TO)
}

/** Reads what was stored before there was packing as well. */
export function unpack(stored: Buffer): string {
  if (stored[0] !== FORM[0]) return stored.toString('utf8')
  return inflateRawSync(stored.subarray(FORM.length), { dictionary, maxOutputLength: LARGEST }).toString('utf8')
}
