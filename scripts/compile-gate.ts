/**
 * Compiles the gate's lexicon and frames from YAML into the tables that the gate loads.
 *
 * The browser loads these tables, so what only people need (examples, comments) stays behind, and a
 * frame that names an unknown concept stops the build instead of silently hearing nothing.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { basesOf, stem } from '../flows/safety/inflection.ts'
import { correctedConcepts, expand } from '../flows/safety/shorthand.ts'
import { isOneSlip, lackingOne } from '../flows/safety/slips.ts'

const folder = join(import.meta.dirname, '../flows/safety')

export interface FrameSource {
  readonly frame: string
  readonly label: string
  readonly weight: number
  readonly certain?: boolean
  readonly evenDenied?: boolean
  /** Is asked about in turn, however calm the rest sounds. A list of its own: the browser does without it. */
  readonly checkIn?: boolean
  readonly mutes?: 'words' | 'sentence'
  readonly asked?: readonly string[]
  readonly said?: readonly string[]
  readonly says: readonly string[]
  readonly fires?: readonly string[]
  readonly calm?: readonly string[]
}

interface EvidenceSource {
  readonly escalateAt: number
  readonly checkInAt: number
  readonly evidence: Record<string, string>
  readonly labels: Record<string, string>
}

function yamlFiles(name: string): unknown[] {
  const files = readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
  return files.map((file) => parse(readFileSync(join(folder, name, file), 'utf8')) as unknown)
}

/** Every frame of the folder `frames`, in the order of its files. */
export function readFrames(): FrameSource[] {
  return yamlFiles('frames').flatMap((file) => file as FrameSource[])
}

function readConcepts(): Map<string, string[]> {
  const concepts = new Map<string, string[]>()
  for (const file of yamlFiles('lexicon')) {
    for (const [name, list] of Object.entries(file as Record<string, string | Record<string, string>>)) {
      if (name === 'rewrites' || name === 'ordinary') continue
      const items = String(list)
        .split(/[,\n]/)
        .map((item) => item.trim().replaceAll(/\s+/g, ' '))
        .filter((item) => item !== '')
      concepts.set(name, [...(concepts.get(name) ?? []), ...items])
    }
  }
  return concepts
}

function readRewrites(): string[] {
  return yamlFiles('lexicon').flatMap((file) =>
    Object.entries((file as { rewrites?: Record<string, string> }).rewrites ?? {}).map(([from, to]) => `${from}=${to}`),
  )
}

/** Of the ordinary words, only those that one slip would turn into a word of the lexicon. */
function readOrdinary(known: ReadonlySet<string>, targets: readonly string[]): string {
  const lists = yamlFiles('lexicon').map((file) => (file as { ordinary?: string }).ordinary ?? '')
  const words = new Set(
    lists
      .join(' ')
      .split(/\s+/)
      .filter((word) => word !== '' && !known.has(word) && !basesOf(word).some((base) => known.has(base))),
  )
  const near = Map.groupBy(
    targets.flatMap((word) => [word, ...lackingOne(word)].map((form) => ({ form, word }))),
    ({ form }) => form,
  )
  const isMistakable = (word: string): boolean =>
    [word, ...lackingOne(word)].some((form) => near.get(form)?.some((target) => isOneSlip(word, target.word)))
  return [...words].filter(isMistakable).sort().join(' ')
}

/** The words that a slip of the finger may be mended to: those of the concepts in `correctedConcepts`. */
function typoTargets(concepts: ReadonlyMap<string, readonly string[]>): string[] {
  const items = correctedConcepts.flatMap((name) => concepts.get(name) ?? [])
  return items
    .flatMap((item) => item.split(/[ |]/))
    .flatMap(expand)
    .filter((word) => word.length > 3)
}

function knownWords(concepts: ReadonlyMap<string, readonly string[]>): Set<string> {
  const single = [...concepts.values()].flat().filter((item) => !item.includes(' '))
  const rewritten = readRewrites().map((row) => row.split('=')[0]!)
  return new Set([...single, ...rewritten].flatMap(expand))
}

const specialConcepts = ['START', 'QUESTION']
/** Concepts that the reader of sentences needs, whether or not a frame names them. */
const grammarConcepts = [
  'FILLER',
  'NOT',
  'BUT',
  'KEEPS',
  'WANTED',
  'I',
  'ME',
  'HE',
  'KID',
  'PARTNER',
  'ADULT',
  'OTHER-PERSON',
  'REFLEX',
  'DISTRESS',
  'LOSS',
]
const conceptPattern = /(?<![/A-Z])[A-Z][A-Z0-9-]*/g

function checkFrames(frames: readonly FrameSource[], concepts: ReadonlyMap<string, unknown>): void {
  const seen = new Set<string>()
  for (const { frame, says, label, weight } of frames) {
    if (seen.has(frame)) throw new Error(`two frames are called ${frame}`)
    seen.add(frame)
    if (!label || typeof weight !== 'number' || !Array.isArray(says))
      throw new Error(`frame ${frame} lacks label, weight or says`)
    for (const pattern of says) {
      if (/\([^)]*(?:[A-Z] | [A-Z~])[^)]*\)/.test(pattern))
        throw new Error(`frame ${frame}: ${pattern} mixes concepts into a phrase`)
      for (const name of pattern.match(conceptPattern) ?? []) {
        if (!concepts.has(name) && !specialConcepts.includes(name))
          throw new Error(`frame ${frame} names ${name}, which no lexicon file holds`)
      }
    }
  }
}

function traitsOf(source: FrameSource): string {
  return [
    source.certain && 'c',
    source.evenDenied && 'n',
    source.mutes === 'words' && 'w',
    source.mutes === 'sentence' && 's',
  ]
    .filter(Boolean)
    .join('')
}

function frameRow(source: FrameSource): string {
  const parts = [
    source.frame,
    source.label,
    source.weight,
    traitsOf(source),
    (source.asked ?? []).join(),
    (source.said ?? []).join(),
  ]
  return [...parts, ...source.says].join(';')
}

/** Leaves out what other entries of the concept say already, and puts like beside like. */
function compact(items: readonly string[]): string[] {
  const coded = items.filter((item) => item.includes('/') && !item.includes(' '))
  const single = new Set(items.filter((item) => !item.includes(' ')).flatMap(expand))
  const stems = new Set<string>()
  const kept = items.filter((item) => {
    if (!item.includes(' '))
      return (
        coded.includes(item) ||
        item.startsWith('=') ||
        !(coded.flatMap(expand).includes(item) || basesOf(item).some((base) => single.has(base)))
      )
    const key = item
      .split(' ')
      .map((part) => (/[|/]/.test(part) ? part : stem(part)))
      .join(' ')
    const isNew = !stems.has(key) && !saysItself(item, single)
    stems.add(key)
    return isNew
  })
  return [...new Set(kept)].sort()
}

/** Whether a phrase adds nothing: one of its words has the concept already and no "not" is swallowed. */
function saysItself(phrase: string, single: ReadonlySet<string>): boolean {
  const parts = phrase.split(' ')
  return (
    parts.some((part) => single.has(part)) &&
    !parts.some((part) =>
      /^(not?|cant|wont|dont|isnt|doesnt|hasnt|havent|didnt|nunca|sin|never|without|no)$/.test(part),
    )
  )
}

function literal(text: string): string {
  return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``
}

function compileEvidence(): string[] {
  const { escalateAt, checkInAt, evidence, labels } = parse(
    readFileSync(join(folder, 'evidence.yaml'), 'utf8'),
  ) as EvidenceSource
  const rows = (of: Record<string, string>): string =>
    Object.entries(of)
      .map(([name, value]) => `${name}=${value.replaceAll(/\s+/g, ' ')}`)
      .join('\n')
  return [
    `export const escalateAt = ${escalateAt}`,
    `export const checkInAt = ${checkInAt}`,
    `export const evidenceRows = ${literal(rows(evidence))}`,
    `export const labelRows = ${literal(rows(labels))}`,
  ]
}

/** The text of the generated module; the same input always gives the same text. */
export function compileTables(): string {
  const frames = readFrames()
  const concepts = readConcepts()
  checkFrames(frames, concepts)
  const named = new Set(
    frames.flatMap(({ says }) => says.join(' ').match(conceptPattern) ?? []).concat(grammarConcepts),
  )
  const unused = [...concepts.keys()].filter((name) => !named.has(name))
  for (const name of unused) concepts.delete(name)
  const conceptText = [...concepts].map(([name, items]) => `${name}=${compact(items).join(',')}`).join('\n')
  return [
    '// Generated by `npm run gate` from lexicon/*.yaml and frames/*.yaml. Change those files instead.',
    `export const conceptRows = ${literal(conceptText)}`,
    `export const rewriteRows = ${literal(readRewrites().join('\n'))}`,
    `export const ordinaryWords = ${literal(readOrdinary(knownWords(concepts), typoTargets(concepts)))}`,
    ...compileEvidence(),
    `export const askedAbout = '${frames.filter(({ checkIn }) => checkIn).map(({ frame }) => frame)}'`,
    `export const frameRows = ${literal(frames.map(frameRow).join('\n'))}`,
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(join(folder, 'gate-tables.generated.ts'), compileTables())
