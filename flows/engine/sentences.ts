/** A text cut at its full stops, questions, colons and lines. */
export function sentencesOf(words: string): string[] {
  return words.split(/(?<=[.?:;])\s+|\n/).filter((sentence) => sentence.trim() !== '')
}
