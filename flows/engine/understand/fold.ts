/**
 * Text made comparable: small letters, no accents, no punctuation, single spaces.
 */
export function fold(text: string): string {
  // A turn asks for the same message again and again: one is remembered.
  if (text !== lastText) {
    lastFolded = foldFresh(text)
    lastText = text
  }
  return lastFolded
}

let lastText = ''
let lastFolded = ''

/** Words and single spaces, no letter three times in a row: nothing but capitals to fold. */
const PLAIN = /^(?!.*([A-Za-z])\1\1)[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/i

function foldFresh(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  const plain = /^[ -~]*$/.test(text) ? text : text.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  return (
    plain
      .toLowerCase()
      // "nooo", "miii": a letter held down says nothing; AAA and III are names.
      .replaceAll(/(?<=\p{L})(\p{L})\1{2,}|(\p{L})\2{2,}(?=\p{L})/gu, '$1$2')
      .replaceAll(/[\u2018\u2019\u02bc']/g, '')
      .replaceAll(/[^\p{L}\p{N}+@.$%/:-]+/gu, ' ')
      .replaceAll(/[.:/-]+(?=\s|$)|(?<=^|\s)[.:/-]+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  )
}

/** Words only: also inner dashes, dots and slashes part. */
export function words(text: string): readonly string[] {
  const folded = fold(text)
  if (folded !== lastInWords) {
    lastWords = folded.split(/[\s.:/-]+/).filter((word) => word !== '')
    lastInWords = folded
  }
  return lastWords
}

let lastInWords = ''
let lastWords: readonly string[] = []

/** Whether two words are one typing slip apart (two for long words): added, lost, swapped or changed letters. */
export function isNear(a: string, b: string): boolean {
  if (a === b) return true
  const shorter = Math.min(a.length, b.length)
  const slips = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0
  return slips > 0 && Math.abs(a.length - b.length) <= slips && distance(a, b) <= slips
}

/** Optimal string alignment distance. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
