/**
 * Every sentence of a library with its place, for the checks that read words and for the tests.
 */
import type { Flow, Option } from './flow.ts'
import type { PhraseScript } from './phrases.ts'
import type { CrisisScript } from './protocol.ts'
import type { Pair, Text } from './words.ts'

export interface PlacedPair {
  readonly pair: Pair
  readonly path: readonly PropertyKey[]
}

export function textsOfFlow(flow: Flow): PlacedPair[] {
  return flow.steps.flatMap((step, index) => {
    const at = ['steps', index]
    const found: PlacedPair[] = []
    for (const key of ['say', 'ask', 'again', 'why', 'explain', 'wait'] as const) {
      const text = (step as Partial<Record<typeof key, Text>>)[key]
      if (text) found.push(...placed(text, [...at, key]))
    }
    if ('ask' in step && step.line) found.push({ pair: step.line, path: [...at, 'line'] })
    if ('options' in step) found.push(...optionPairs(step.options ?? [], [...at, 'options']))
    return found
  })
}

const oneText = [
  'automated',
  'elsewhere',
  'checkInAgain',
  'checkInNo',
  'checkInUnclear',
  'checkInNoMedical',
  'checkInUnclearMedical',
  'personComing',
  'resuming',
  'helpLine',
] as const

const manyTexts = [
  'heard',
  'heardThreatened',
  'fine',
  'fineMedical',
  'questionLater',
  'stillHere',
  'denied',
  'distress',
] as const

export function textsOfCrisis(crisis: CrisisScript): PlacedPair[] {
  const found: PlacedPair[] = []
  for (const key of oneText) {
    found.push(...placed(crisis[key], [key]))
  }
  for (const key of manyTexts) {
    found.push(...(crisis[key] ?? []).flatMap((text, index) => placed(text, [key, index])))
  }
  if (crisis.checkInWhy) found.push(...placed(crisis.checkInWhy, ['checkInWhy']))
  if (crisis.whenSafe) found.push(...placed(crisis.whenSafe, ['whenSafe']))
  crisis.protocols.forEach((protocol, index) => {
    const at = ['protocols', index]
    for (const who of ['self', 'other'] as const) {
      found.push(
        ...placed(protocol[who].first, [...at, who, 'first']),
        ...placed(protocol[who].now, [...at, who, 'now']),
      )
    }
    found.push(...placed(protocol.checkIn, [...at, 'checkIn']))
    if (protocol.checkInOther) found.push(...placed(protocol.checkInOther, [...at, 'checkInOther']))
    if (protocol.quickExit) found.push(...placed(protocol.quickExit, [...at, 'quickExit']))
    protocol.steps.forEach((step, number) => {
      found.push(...placed(step.ask, [...at, 'steps', number, 'ask']))
      step.options.forEach((option, choice) => {
        const path = [...at, 'steps', number, 'options', choice]
        found.push({ pair: option, path })
        if (option.reply) found.push(...placed(option.reply, [...path, 'reply']))
      })
    })
  })
  return found
}

export function textsOfPhrases(phrases: PhraseScript): PlacedPair[] {
  return Object.entries(phrases.texts).flatMap(([name, text]) => placed(text, ['texts', name]))
}

function placed(text: Text, path: readonly PropertyKey[]): PlacedPair[] {
  const variants = (text.variants ?? []).map((pair, index) => ({ pair, path: [...path, 'variants', index] }))
  const young = text.tu === undefined ? [] : [{ pair: { en: text.en, es: text.tu }, path: [...path, 'tu'] }]
  return [{ pair: text, path }, ...young, ...variants]
}

function optionPairs(options: readonly Option[], path: readonly PropertyKey[]): PlacedPair[] {
  return options.map((pair, index) => ({ pair, path: [...path, index] }))
}
