/**
 * Simulated visitors: eight ways of answering, each the same for the same seed.
 *
 * They see what a real client sees (the words, the input, its options) and nothing of the scripts.
 */
import type { InputSpec } from '../../flows/activity.ts'
import type { Locale } from '../../flows/vocabulary.ts'

export const manners = [
  'agreeable',
  'terse',
  'confused',
  'correcting',
  'digressing',
  'bilingual',
  'hostile',
  'drunk-typing',
] as const
export type Manner = (typeof manners)[number]

/** A number from 0 up to 1, the next of its seed. */
export type Chance = () => number

/** @see Mulberry32, Tommy Ettinger, public domain. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Asked {
  readonly input: InputSpec
  readonly locale: Locale
  readonly region: string
}

const plausible: Readonly<Record<string, string>> = {
  age: '34',
  payer: 'Aetna',
  'address-level1': 'New Jersey',
  'address-level2': 'Mumbai',
  'given-name': 'Ana',
  email: 'ana@example.org',
  'member-id': 'W123456789',
  organization: 'City Hospital',
  bday: '1990-05-17',
}

const byType: Readonly<Partial<Record<InputSpec['type'], string>>> = {
  number: '3',
  date: '1990-05-17',
  email: 'ana@example.org',
  'member-id': 'W123456789',
}

/** What an agreeable visitor sends: the first option, yes to consent, a plausible value by field. */
function agree({ input, locale, region }: Asked): string {
  if (input.type === 'consent') return 'yes'
  const first = input.options?.[0]?.value
  if (first !== undefined && input.type !== 'text') return first
  if (input.field === 'tel') return region === 'IN' ? '98201 23456' : '609 555 0123'
  return (
    plausible[input.field ?? ''] ??
    byType[input.type] ??
    first ??
    (locale === 'es-US' ? 'Quiero ayuda.' : 'I want help.')
  )
}

type Reply = (asked: Asked, chance: Chance) => string

const pick = (all: readonly string[], chance: Chance): string => all[Math.floor(chance() * all.length)] ?? ''

function anyLabel(asked: Asked, chance: Chance): string {
  const { options } = asked.input
  return options && options.length > 0
    ? pick(
        options.map((option) => option.label),
        chance,
      )
    : agree(asked)
}

/** Now and then one of these, else an answer. */
const mixed =
  (share: number, lines: Readonly<Record<Locale, readonly string[]>>): Reply =>
  (asked, chance) =>
    chance() < share ? pick(lines[asked.locale], chance) : anyLabel(asked, chance)

const replies: Readonly<Record<Manner, Reply>> = {
  agreeable: agree,
  terse: (asked, chance) => (anyLabel(asked, chance).split(/[ ,]/)[0] ?? '').toLowerCase(),
  confused: mixed(0.4, {
    'en-US': ['what do you mean?', 'huh', 'i dont understand', 'why do you ask?', 'idk', 'which one?', 'skip'],
    'es-US': ['no entiendo', '¿por qué?', 'no sé', '¿cómo?', '¿cuál?', 'omitir'],
  }),
  correcting: mixed(0.3, {
    'en-US': [
      "actually i'm 36",
      "wait, it's for my sister",
      'back',
      'sorry, i meant yes',
      'change my insurance',
      "actually it's for me",
    ],
    'es-US': [
      'en realidad tengo 36',
      'perdón, es para mi hermana',
      'atrás',
      'quise decir que sí',
      'en realidad es para mí',
    ],
  }),
  digressing: mixed(0.4, {
    'en-US': [
      'do you take aetna?',
      'how long is the program?',
      'where are you?',
      'do i have to stay overnight?',
      'what does it cost?',
    ],
    'es-US': ['¿aceptan aetna?', '¿cuánto dura el programa?', '¿dónde están?', '¿cuánto cuesta?'],
  }),
  bilingual: mixed(0.3, {
    'en-US': ['en español por favor', 'sí', 'no', 'para mí', 'prefiero no decirlo'],
    'es-US': ['english please', 'yes', 'no', 'for me', 'prefer not to say'],
  }),
  hostile: mixed(0.4, {
    'en-US': [
      'none of your business',
      'this is stupid',
      'are you a bot?',
      'stop asking',
      'whatever',
      'leave me alone',
      'skip',
    ],
    'es-US': ['no es asunto suyo', 'qué tontería', '¿es un robot?', 'ya basta', 'lo que sea', 'omitir'],
  }),
  'drunk-typing': (asked, chance) => slip(anyLabel(asked, chance), chance),
}

export function replyOf(manner: Manner, asked: Asked, chance: Chance): string {
  return replies[manner](asked, chance)
}

/** A letter doubled, dropped or out of its place in about every second word. */
function slip(text: string, chance: Chance): string {
  const words = text.toLowerCase().split(' ')
  const typed = words.map((word) => {
    if (word.length < 4 || chance() < 0.5) return word
    const at = 1 + Math.floor(chance() * (word.length - 2))
    const kind = chance()
    if (kind < 0.34) return word.slice(0, at) + word[at] + word.slice(at)
    if (kind < 0.67) return word.slice(0, at) + word.slice(at + 1)
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
  })
  return chance() < 0.2 ? `${typed.join(' ')} lol` : typed.join(' ')
}
