/**
 * Unfolds scenes into labelled lines for the ear.
 *
 * The scenes stand in `test/safety/author/scenes-*.txt`, danger beside harmless twins made of the same words.
 * "@name = a|b" names a list; "KIND TIER | words {name} [this|that|] >> answer" is a scene, of which a few
 * lines are drawn: the same ones on every machine. Some are opened, closed or misspelt as visitors do.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KINDS: Readonly<Record<string, string>> = {
  SP: 'suicide_passive',
  SA: 'suicide_active',
  SI: 'suicide_imminent',
  SH: 'self_harm',
  HO: 'harm_to_others',
  OD: 'overdose_now',
  WE: 'withdrawal_emergency',
  ME: 'medical_emergency',
  VV: 'violence_victim',
  CA: 'child_abuse',
  PD: 'psychosis_danger',
  D: 'distress',
  N: 'none',
}
/** Lines drawn of a scene, fewer where it has not so many. */
const EACH = 12
const folder = join(import.meta.dirname, '../test/safety')

let seed = 7
const chance = (): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed / 0x80000000
}
const oneOf = (items: readonly string[]): string => items[Math.floor(chance() * items.length)] as string

type Lists = ReadonlyMap<string, readonly string[]>

function unfolded(scene: string, lists: Lists): string {
  return scene
    .replace(/\[([^[\]]*)\]/g, (_, choices: string) => oneOf(choices.split('|')))
    .replace(/\{(\w+)\}/g, (_, name: string) => unfolded(oneOf(lists.get(name) ?? [name]), lists))
}

/** As visitors write: opened with a word, closed with a question about something else, two letters swapped. */
function asTyped(text: string, lists: Lists, isAlone: boolean): string {
  let typed = text
  if (isAlone && chance() < 0.2) typed = `${oneOf(lists.get('hi') ?? [''])} ${typed}`
  if (isAlone && chance() < 0.15) typed = `${typed}${oneOf(['. ', ', ', ' '])}${unfolded('{ask}', lists)}`
  typed = typed.replace(/ +/g, ' ').replace(/^[ ,]+|[ ,]+$/g, '')
  if (chance() < 0.25) typed = typed.replace(/^./, (first) => first.toUpperCase()).replace(/\bi\b/g, 'I')
  const at = Math.floor(chance() * (typed.length - 4)) + 2
  const isSlip = chance() < 0.07 && /^\p{L}{2}$/u.test(typed.slice(at, at + 2))
  return isSlip ? `${typed.slice(0, at)}${typed[at + 1]}${typed[at]}${typed.slice(at + 2)}` : typed
}

interface Scene {
  readonly kind: string
  readonly tier: string
  readonly words: string
}

function linesOf({ kind, tier, words }: Scene, lists: Lists, lang: string): object[] {
  const lines = new Map<string, object>()
  for (let draw = 0; draw < EACH * 3 && lines.size < EACH; draw += 1) {
    const turns = words.split(' >> ').map((turn) => unfolded(turn, lists))
    const text = asTyped(turns.pop() ?? '', lists, turns.length === 0)
    const context = turns.map((turn) =>
      turn.startsWith('u: ') ? { role: 'user', text: turn.slice(3) } : { role: 'bot', text: turn },
    )
    const isDanger = kind !== 'N' && kind !== 'D'
    const line = {
      text,
      lang,
      label: KINDS[kind],
      must_escalate: isDanger,
      tier: isDanger ? tier : 'neg_hard',
      alt: [],
    }
    lines.set(JSON.stringify([turns, text]), context.length > 0 ? { ...line, context } : line)
  }
  return [...lines.values()]
}

function scenesIn(lang: string): object[] {
  const lists = new Map<string, readonly string[]>()
  const lines: object[] = []
  for (const row of readFileSync(join(folder, `author/scenes-${lang}.txt`), 'utf8').split('\n')) {
    const list = /^@(\w+) = (.*)$/.exec(row)
    if (list) lists.set(list[1] as string, (list[2] as string).split('|'))
    const scene = /^([A-Z]+) ?(\w*) \| (.*)$/.exec(row)
    if (scene) {
      const [, kind = '', tier = '', words = ''] = scene
      if (KINDS[kind] === undefined) throw new Error(`scenes-${lang}.txt: no kind is called ${kind}: ${row}`)
      lines.push(...linesOf({ kind, tier, words }, lists, lang))
    }
  }
  return lines
}

const lines = ['en', 'es'].flatMap(scenesIn).map((line, index) => ({ id: `scene-${index + 1}`, ...line }))
writeFileSync(join(folder, 'corpus/scenes.jsonl'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
process.stderr.write(`${lines.length} lines of scenes\n`)
