/**
 * Texts for what a checker of repetitions does not see: two branches of one repetition that say the same words
 * ("no" and "no no"). Each branch is spelled out in a few ways and repeated, after what has to stand before it.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp'

const TIMES = 60
const WAYS_AT_MOST = 24
/** Of all branches of one repetition, so many are also tried after one another. */
const PAIRED = 12

const parser = new RegExpParser()

export function repeatedWords({ source, flags }: { source: string; flags: string }): string[] {
  const pattern = parser.parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  })
  const texts = new Set<string>()
  for (const { element, before } of repetitions(pattern)) {
    const words = waysOf(element).filter((word) => word !== '')
    for (const word of words) texts.add(`${before}${word.repeat(TIMES)}\0`)
    for (const one of words.slice(0, PAIRED))
      for (const other of words.slice(0, PAIRED))
        if (one !== other) texts.add(`${before}${(one + other).repeat(TIMES / 2)}\0`)
  }
  return [...texts]
}

/** What is repeated without a near end, and the shortest text that leads to it. */
function repetitions(node: AST.Node, before = ''): { element: AST.Element; before: string }[] {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap((one) => repetitions(one, before))
    case 'Assertion':
      return 'alternatives' in node ? node.alternatives.flatMap((one) => repetitions(one, before)) : []
    case 'Alternative': {
      let sofar = before
      return node.elements.flatMap((one) => {
        const found = repetitions(one, sofar)
        sofar += waysOf(one)[0] ?? ''
        return found
      })
    }
    case 'Quantifier': {
      const inner = repetitions(node.element, before)
      return node.max > 8 ? [{ element: node.element, before }, ...inner] : inner
    }
    default:
      return []
  }
}

/** A few texts that an element takes, the shortest first. */
function waysOf(node: AST.Node): string[] {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)]
    case 'CharacterSet':
      return signsOf(node)
    case 'CharacterClass':
      return classWays(node)
    case 'Group':
    case 'CapturingGroup':
      return few(node.alternatives.flatMap(waysOf))
    case 'Alternative':
      return node.elements.reduce<string[]>((ways, one) => crossed(ways, waysOf(one)), [''])
    case 'Quantifier':
      return quantified(node)
    default:
      return ['']
  }
}

function quantified({ min, max, element }: AST.Quantifier): string[] {
  const once = waysOf(element)
  const least = once.map((one) => one.repeat(min))
  return few([...(min === 0 ? [''] : least), ...(max > min ? once.map((one) => one.repeat(min + 1)) : [])])
}

function classWays({ negate, elements }: AST.CharacterClass): string[] {
  if (negate) return ['a', ' ', '0']
  const signs = elements.flatMap((one) => {
    if (one.type === 'CharacterClassRange') return [String.fromCodePoint(one.min.value)]
    return waysOf(one as AST.Node)
  })
  return signs.slice(0, 6)
}

function signsOf(set: AST.CharacterSet): string[] {
  if (set.kind === 'digit') return [set.negate ? 'a' : '0']
  if (set.kind === 'space') return [set.negate ? 'a' : ' ']
  if (set.kind === 'word') return [set.negate ? ' ' : 'a']
  return ['a', ' ']
}

function crossed(heads: readonly string[], tails: readonly string[]): string[] {
  return few(heads.flatMap((head) => tails.map((tail) => head + tail)))
}

/** Of many, some from the whole length of the list: the branches of a group stand beside each other. */
function few(all: readonly string[]): string[] {
  const different = [...new Set(all)]
  if (different.length <= WAYS_AT_MOST) return different
  const step = different.length / WAYS_AT_MOST
  return Array.from({ length: WAYS_AT_MOST }, (_, at) => different[Math.floor(at * step)] as string)
}
