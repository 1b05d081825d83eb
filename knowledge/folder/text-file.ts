/**
 * Text files: whether what a person put into a folder is text, and of a size that a page can have.
 */
import type { Place } from './yaml-file.ts'

/** Bytes; a page of text is a hundredth of it. */
const LARGEST_BYTES = 5_000_000

export interface TextFault extends Place {
  readonly message: string
}

export function tooLarge(bytes: number): TextFault | null {
  if (bytes <= LARGEST_BYTES) return null
  const size = `${(bytes / 1e6).toFixed(1)} MB, at most ${LARGEST_BYTES / 1e6}`
  return { line: 1, column: 1, message: `this is too large (${size}): save only the text of the page here` }
}

export function notText(text: string): TextFault | null {
  const at = text.search(/[\0\uFFFD]/)
  if (at < 0) return null
  const before = text.slice(0, at).split('\n')
  const message = 'this is no text: save the page as plain UTF-8 text, or take the file out'
  return { line: before.length, column: before.at(-1)!.length + 1, message }
}
