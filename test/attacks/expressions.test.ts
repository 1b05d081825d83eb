/**
 * No expression of the product can be made to run for ever by a crafted text.
 *
 * The checker proves what it can about two repetitions that fight over the same signs. It does not see two
 * branches of one repetition that do, so each expression also meets repeated signs of its own, and the words that its
 * repeated branches spell: one that is exponential would not come to the end of forty of them in a thousand years,
 * one of the third degree not of a long message.
 */
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { builtExpressions, type Expression, type Judged, judge, writtenExpressions } from './expressions.ts'
import { repeatedWords } from './repeated-words.ts'

/** Half as long as a message may be. */
const LONG = 4_000
const SHORT = 40
const FOR_EVER_MS = 20_000

const sandbox = createContext({})

function ends({ source, flags }: Expression, texts: readonly string[]): boolean {
  Object.assign(sandbox, { source, flags: flags.replace('y', ''), texts })
  try {
    runInContext(
      'one = new RegExp(source, flags); for (const text of texts) { one.lastIndex = 0; one.test(text) }',
      sandbox,
      {
        timeout: FOR_EVER_MS,
      },
    )
    return true
  } catch {
    return false
  }
}

/** Signs that stand in it, and some of every kind, each alone and each beside another, over and over. */
function crafted({ source }: Expression): string[] {
  const own = [...new Set(source.replaceAll(/\\./g, ''))].slice(0, 12)
  const signs = [...new Set([...own, 'a', 'A', 'é', '0', ' ', '-', '.', ',', '_', '"', '\n'])]
  const pairs = own.flatMap((one) => own.map((other) => one + other))
  const repeated = [...signs.map((sign) => sign.repeat(SHORT)), ...pairs.map((pair) => pair.repeat(SHORT / 2))]
  return repeated.flatMap((text) => [text, `${text}\0`])
}

function long({ worst }: Judged): string[] {
  return [...new Set(worst)].map((sign) => `${sign.repeat(LONG)}\0`)
}

test('of all expressions none is exponential, and each comes to its end on the texts that are worst for it', async () => {
  const built = await builtExpressions(async () => {
    const { readWorld } = await import('../../bot/world.ts')
    readWorld('knowledge/programs')
    await import('../../flows/engine/step.ts')
    await import('../../knowledge/answer.ts')
  })
  expect(built.length).toBeGreaterThan(10)
  const judged = judge([...writtenExpressions(), ...built])
  expect(judged.length).toBeGreaterThan(300)
  const bad = judged.filter(({ verdict }) => verdict === 'exponential' || verdict === 'unknown')
  const endless = judged.filter((one) => !ends(one, [...crafted(one), ...long(one), ...repeatedWords(one)]))
  expect([...bad, ...endless].map(({ path, source }) => `${path}: ${source}`)).toEqual([])
  if (process.env.SHOW) process.stdout.write(`${JSON.stringify(counted(judged))}\n`)
}, 120_000)

function counted(judged: readonly Judged[]): Record<string, number> {
  return Object.fromEntries(
    Map.groupBy(judged, ({ verdict }) => verdict)
      .entries()
      .map(([verdict, all]) => [verdict, all.length]),
  )
}

test('a trap of either kind is seen', () => {
  const trap = (source: string): Expression => ({ path: '', source, flags: '' })
  expect(judge([trap('(a+)+$'), trap('(x+x+)+y')]).map(({ verdict }) => verdict)).toEqual([
    'exponential',
    'exponential',
  ])
  const branches = trap('^(\\w|\\d)*$')
  Object.assign(sandbox, branches)
  expect(() => runInContext(`new RegExp(source).test('0'.repeat(${SHORT}) + '!')`, sandbox, { timeout: 300 })).toThrow()
  const words = trap('^(?:oh |no |no no )*(?:well|sorry)')
  const [worst] = repeatedWords(words).filter((text) => text.startsWith('no no '))
  Object.assign(sandbox, words, { worst })
  expect(() => runInContext('new RegExp(source).test(worst)', sandbox, { timeout: 300 })).toThrow()
})
