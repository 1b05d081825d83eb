/**
 * Three thousand answers under mutation: typing slips, manners, order, a wrong premise, another's name.
 *
 * usage: node test/knowledge/mutations.ts [COUNT]. Prints per mutation how often the same fact is still
 * said, and counts every answer whose words its own facts do not carry (must be none).
 */
import { answer } from '../../knowledge/answer.ts'
import type { Fact } from '../../knowledge/fact.ts'
import { readLibrary } from '../../knowledge/library.ts'
import type { Program } from '../../knowledge/program.ts'
import { numbersIn } from '../../knowledge/verify.ts'

const count = Number(process.argv[2] ?? 3000)
const today = '2026-11-28'
const { library } = readLibrary('knowledge/programs')
const asked = library.programs.flatMap((program) =>
  program.facts.flatMap((fact) => fact.examples.en.map((text) => ({ program, fact, text }))),
)

let seed = 7
const chance = (below: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed % below
}

const mutations: Record<string, (text: string, program: Program) => string> = {
  'typing slip': (text) => {
    const words = text.split(' ')
    const long = words.flatMap((word, at) => (word.length > 5 ? [at] : []))
    const at = long[chance(Math.max(1, long.length))]
    if (at === undefined) return text
    const word = words[at]!
    const place = 1 + chance(word.length - 3)
    words[at] = word.slice(0, place) + word[place + 1] + word[place] + word.slice(place + 2)
    return words.join(' ')
  },
  manners: (text) => `hi there, sorry to bother you so late. ${text} thank you so much`,
  shouting: (text) => text.toUpperCase().replaceAll(/[?.,']/g, ''),
  'a story before': (text) => `its been a rough year and i finally talked to my sister about it. ${text}`,
  'a wrong premise': (text) => `so someone told me you do everything for free. ${text}`,
  "another's name": (text, program) => {
    const other = library.programs.find((one) => one.id !== program.id && !one.name.en.startsWith('this'))!
    return `${text} i asked at ${other.name.en} too`
  },
}

/** Numbers are what can be checked without trust: each must stand in a cited fact. */
function carried(text: string, facts: readonly Fact[]): boolean {
  const own = new Set(
    facts.flatMap((fact) => numbersIn(`${fact.say.en} ${fact.quotes.map((quote) => quote.text).join(' ')}`)),
  )
  return numbersIn(text).every((number) => own.has(number))
}

const names = Object.keys(mutations)
const kept = new Map(names.map((name) => [name, { same: 0, all: 0 }]))
let foreign = 0
let unsupported = 0
for (let at = 0; at < count; at += 1) {
  const { program, fact, text } = asked[chance(asked.length)]!
  const name = names[at % names.length]!
  const reply = answer({ text: mutations[name]!(text, program), locale: 'en-US', today }, program)
  const cited = program.facts.filter((one) => reply.facts.some(({ id }) => id === one.id))
  if (reply.facts.some(({ id }) => !id.startsWith(`${program.id}.`) && !id.startsWith('assistant.'))) foreign += 1
  if (cited.length > 0 && !carried(reply.text, cited)) unsupported += 1
  const tally = kept.get(name)!
  tally.all += 1
  if (cited.includes(fact)) tally.same += 1
}
for (const [name, { same, all }] of kept)
  console.log(`${name.padEnd(18)} same fact ${((100 * same) / all).toFixed(1)} % of ${all}`)
console.log(`another program's fact ${foreign}, a number without a fact ${unsupported}, of ${count}`)
