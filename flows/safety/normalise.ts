/**
 * Turns whatever was typed into plain lower-case words and pauses.
 *
 * People in danger write with typing slips, in capitals, with stretched or spaced letters, or hide a
 * word on purpose; all of it must reach the lexicon as the word that was meant. Every step is one
 * pass over the text, so the cost grows with its length and with nothing else.
 */

/** How strongly a word is set off from the one before it: not at all, by a comma, by a sentence end. */
export type Pause = 0 | 1 | 2

export interface RawWord {
  readonly text: string
  readonly pause: Pause
}

const LONGEST_TEXT = 8_000
const LONGEST_WORD = 40
/** One sign may unfold into many letters (a ligature into a whole phrase); this bounds the work. */
const MOST_LETTERS = 12_000

// biome-ignore format: one table, read as one line
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', е: 'e', н: 'h', к: 'k', м: 'm', о: 'o', р: 'p', ѕ: 's', т: 't', х: 'x', у: 'y', і: 'i', ї: 'i', ј: 'j', ԁ: 'd', ɡ: 'g', ո: 'n', υ: 'u', ν: 'v', α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', μ: 'u', ο: 'o', ρ: 'p', τ: 't', χ: 'x', ω: 'w', ł: 'l', ø: 'o', ı: 'i', ß: 'ss', æ: 'ae',
}

/** Signs between words: those that end a sentence, then those that only set off. */
const pauses = '.!?;\n\r…¿¡,:()"“”«»—–'
const ENDS = 7

const wordPattern = /[\p{L}\p{N}*@$]+|\p{Extended_Pictographic}|[.!?;\n\r…¿¡]|[,:()"“”«»—–]/gu

/** Most messages are written in these alone; whatever is only for other signs is skipped for them. */
export const isAscii = (text: string): boolean => /^[\n -~]*$/.test(text)

/** Lower-case, accent-free text in Latin letters, without invisible marks or tags. */
export function plainText(text: string): string {
  // The gate and the ear ask for the same message: one is remembered.
  if (text !== lastText) {
    lastPlain = plainly(text)
    lastText = text
  }
  return lastPlain
}

let lastText = ''
let lastPlain = ''

function plainly(text: string): string {
  const whole = text.length > LONGEST_TEXT ? `${text.slice(0, 6_000)}\n${text.slice(-2_000)}` : text
  let latin = isAscii(whole) ? whole.toLowerCase() : latinOf(whole)
  // Each of the dearer expressions runs only where a sign without which it cannot match is there.
  if (/(?:^|[^a-z0-9])\S \S \S/u.test(latin))
    latin = latin.replace(/(?<![\p{L}\p{N}])(?:[\p{L}01345] ){2,}[\p{L}01345](?![\p{L}\p{N}])/gu, (letters) =>
      letters.replaceAll(' ', ''),
    )
  if (latin.includes('<'))
    latin = latin.replace(/<\/?(?:a|b|i|u|p|br|em|li|ul|td|tr|div|span|html|body|script|strong)(?=[\s/>])/g, ' ')
  latin = latin.replace(/['’‘`´ʼ]/g, '')
  if (latin.includes('!')) latin = latin.replace(/(?<=\p{L})!(?=\p{L})/gu, 'i')
  return /[_|-]/.test(latin) ? latin.replace(/(?<=\p{L})[_|-](?=\p{L})/gu, (mark) => (mark === '|' ? 'l' : ' ')) : latin
}

function latinOf(text: string): string {
  const folded = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
  const bounded =
    folded.length > MOST_LETTERS ? `${folded.slice(0, MOST_LETTERS - 2_000)}\n${folded.slice(-2_000)}` : folded
  if (isAscii(bounded)) return bounded
  let latin = ''
  for (const letter of bounded) latin += lookalikes[letter] ?? letter
  return latin
}

/** The words of a text in order, each with the pause before it; signs that carry no word are left out. */
export function rawWords(text: string): RawWord[] {
  const words: RawWord[] = []
  let pause: Pause = 0
  for (const piece of plainText(text).match(wordPattern) ?? []) {
    if (!pauses.includes(piece)) {
      words.push({ text: piece.slice(0, LONGEST_WORD), pause })
      pause = 0
      continue
    }
    if (pauses.indexOf(piece) < ENDS) pause = 2
    else if (pause === 0) pause = 1
  }
  return joinSpelledOut(words)
}

/** "k i l l" and "k.i.l.l" become one word; two single letters in a row stay what they are. */
function joinSpelledOut(words: readonly RawWord[]): RawWord[] {
  const joined: RawWord[] = []
  for (let i = 0; i < words.length; i++) {
    let end = i
    while (end < words.length && isLetter(words[end]!.text)) end++
    if (end - i >= 3) {
      const text = words
        .slice(i, end)
        .map((word) => word.text)
        .join('')
        .slice(0, LONGEST_WORD)
      joined.push({ ...words[i]!, text })
      i = end - 1
    } else joined.push(words[i]!)
  }
  return joined
}

function isLetter(text: string): boolean {
  return text.length === 1 && /[\p{L}01345]/u.test(text)
}
