/**
 * The brief: what a member of staff must know in the first minute, in the order in which it matters.
 *
 * Safety first, then whom to greet and how, then the route with what was not answered, then the
 * visitor's own words. Scores stand apart, with the answers behind them, and are never a diagnosis.
 */
import type { ConversationState } from './conversation.ts'
import type { World } from './engine/context.ts'
import { DANGER_WORDS } from './engine/crisis.ts'
import { noted } from './engine/draft.ts'
import { routingFacts } from './engine/facts.ts'
import { givenItems } from './engine/given-items.ts'
import { itemWords } from './engine/instrument.ts'
import { WRITTEN_FLOW } from './engine/known-signs.ts'
import { itemOf } from './engine/library.ts'
import { asksOf, isLeftOut, QUESTIONS_LINE, type ReviewLine, reviewLines, wordsOfAnswer } from './engine/review.ts'
import { route } from './engine/route.ts'
import { type Score, score } from './engine/score.ts'
import { firstSentence, isThreatened } from './first-sentence.ts'
import type { DangerLabel, Who } from './safety/verdict.ts'
import type { Consent, ConsentKind, CoverageState, Instant, Locale, RouteHint } from './vocabulary.ts'

export interface Brief {
  readonly danger: {
    readonly label: DangerLabel
    readonly who: Who
    readonly since: Instant
    readonly isOpen: boolean
  } | null
  readonly route: RouteHint
  /** One line per reason of the route, for people: "D-02 stopping sedatives suddenly can be dangerous". */
  readonly reasons: readonly string[]
  readonly staffHints: readonly string[]
  readonly name: string | null
  readonly forWhom: string | null
  readonly locale: Locale
  readonly contact: Contact
  /** At most 200 characters of what she wrote first. */
  readonly ownWords: string | null
  /** Use and withdrawal, one line each, in the words that were chosen. */
  readonly use: readonly ReviewLine[]
  /** Every other line that the visitor saw on the review page. */
  readonly lines: readonly ReviewLine[]
  readonly coverage: {
    readonly state: CoverageState
    readonly payer: string | null
    readonly condition: string | null
    readonly mayBeChecked: boolean
  }
  /** The newest entry of each kind. */
  readonly consents: readonly Consent[]
  readonly openQuestions: readonly string[]
  readonly suggestedFirstSentence: string
  /** Six words at most, for the queue; null while nothing was said. */
  readonly about: string | null
}

export interface Contact {
  readonly phone: string | null
  readonly email: string | null
  readonly by: string | null
  readonly bestTime: string | null
  /** null = not asked or refused: treat as no. */
  readonly voicemailIsSafe: boolean | null
  /** Whether staff may ask for her by name when somebody else answers; null = not asked. */
  readonly mayAskByName: boolean | null
  /** `spanish`, `interpreter` or `english`, where she chose; null = not asked. */
  readonly callIn: string | null
  /** false: no contact at all unless she says that it is safe. */
  readonly isSafe: boolean
}

const QUOTE_MAX = 200
const WORDS_MAX = 6
const useAnswers = [
  'most-days',
  'last-use',
  'stopped-before',
  'symptoms-now',
  'medicines',
  'morning',
  'times-withdrawn',
]
/** Screens of use: how often and how much, as she chose it. */
const useInstruments = ['audit-c', 'taps-1']
const shownElsewhere = [
  ...useAnswers,
  'name',
  'pronouns',
  'phone',
  'email',
  'reach-by',
  'voicemail',
  'best-time',
  'own-words',
  'payer',
  QUESTIONS_LINE,
]

export function briefOf(world: World, state: ConversationState): Brief {
  const hint = route(world.flows.routing, routingFacts(world, state))
  const rules = world.flows.routing.rules.filter((rule) => hint.reasons.includes(rule.id))
  const lines = reviewLines({ world, state })
  const text = (name: string): string | null => textOf(state, name)
  const ownWords = text('own-words')
  return {
    danger: state.crisis && {
      label: state.crisis.label,
      who: state.crisis.who,
      since: state.crisis.since,
      isOpen: state.crisis.open,
    },
    route: hint,
    reasons: rules.map((rule) => `${rule.id} ${rule.reason}`),
    staffHints: [...new Set(rules.map((rule) => rule.staffHint))],
    name: nameWithPronouns(state),
    forWhom: text('for-whom'),
    locale: state.locale,
    contact: contactOf(state),
    ownWords: ownWords === null ? null : shorten(ownWords),
    use: lines.filter((line) => useAnswers.includes(line.answer) || useInstruments.includes(line.answer)),
    lines: lines.filter((line) => !shownElsewhere.includes(line.answer) && !world.flows.instruments.has(line.answer)),
    coverage: { ...state.coverage, mayBeChecked: newest(state, 'payer-disclosure')?.given ?? false },
    consents: (['contact', 'payer-disclosure', 'pass-on', 'texting'] as const)
      .map((kind) => newest(state, kind))
      .filter((one) => one !== null),
    openQuestions: isLeftOut(state, QUESTIONS_LINE) ? [] : state.openQuestions,
    suggestedFirstSentence: firstSentence(world, state, { ...contactOf(state), name: text('name') }),
    about: aboutOf(state, ownWords),
  }
}

/** Her own first words, or a question; where danger stands, what she last said of it. */
function aboutOf(state: ConversationState, ownWords: string | null): string | null {
  // Where somebody may be watched, a row of the queue says label and time, and no word of hers.
  if (isThreatened(state)) return null
  const [question] = isLeftOut(state, QUESTIONS_LINE) ? [] : state.openQuestions
  const words = state.crisis ? (noted(state, DANGER_WORDS) ?? ownWords) : (ownWords ?? question)
  return words === undefined || words === null ? null : sixWords(words)
}

/** Every instrument that was begun, with its item answers; no total while an item is missing. */
export function scoresOf(
  world: World,
  state: ConversationState,
): (Score & { readonly title: string; readonly words: readonly string[] })[] {
  const shown = [...world.flows.instruments.values()].filter(({ id }) => !isLeftOut(state, id))
  return shown.flatMap((instrument) => {
    const answers = givenItems(world.flows, state, instrument)
    if (!answers) return []
    const words = instrument.items.map((item) => itemWords(instrument, item, 'en-US') ?? item.text)
    return [{ ...score(instrument, answers), title: instrument.title, words }]
  })
}

export interface GivenLine {
  readonly answer: string
  /** The question as it was put, in the visitor's language. */
  readonly question: string
  readonly words: string
  readonly at: Instant
}

/**
 * Every answer in the order given, for the desk, as far as the review page showed it; ids in full, because staff
 * read them to the payer. The engine's own marks and set-aside answers are left out.
 */
export function answersOf(world: World, state: ConversationState): GivenLine[] {
  const asks = asksOf(world.flows)
  return Object.entries(state.answers).flatMap(([answer, given]) => {
    const ask = asks.get(answer)
    const [instrument = '', item = ''] = answer.split('.')
    if (isLeftOut(state, answer) || isLeftOut(state, instrument)) return []
    if (ask && !ask.line && ask.consent === undefined) return []
    if (ask?.input === 'photo' && given.value === null) return []
    const found = itemOf(world.flows, { instrument, item })
    const question = ask
      ? ask.ask[state.locale === 'es-US' ? 'es' : 'en']
      : found && itemWords(found.instrument, found.item, state.locale)
    if (!question) return []
    const words =
      given.value === null
        ? '—'
        : ask
          ? wordsOfAnswer({ ...ask, masked: false }, given, state.locale)
          : String(given.value)
    return [{ answer, question, words: words + wasWritten(given, state.locale), at: given.at }]
  })
}

/** An item that was never asked says so: it was answered by what she wrote. */
function wasWritten(given: ConversationState['answers'][string], locale: Locale): string {
  if (given.place.flow !== WRITTEN_FLOW) return ''
  return locale === 'es-US' ? ' (por lo que escribió)' : ' (from what was written)'
}

/** "Sam (they/them)": so that the first sentence on the phone is right. */
function nameWithPronouns(state: ConversationState): string | null {
  const [name, pronouns] = [textOf(state, 'name'), textOf(state, 'pronouns')]
  return name === null || pronouns === null ? name : `${name} (${pronouns})`
}

function contactOf(state: ConversationState): Contact {
  const text = (name: string): string | null => textOf(state, name)
  const voicemail = text('voicemail')
  const answeredBy = text('answered-by')
  return {
    phone: text('phone'),
    email: text('email'),
    by: text('reach-by'),
    bestTime: text('best-time'),
    voicemailIsSafe: voicemail === null ? null : voicemail === 'yes',
    mayAskByName: answeredBy === null ? null : answeredBy === 'yes',
    callIn: text('interpreter'),
    isSafe: !isThreatened(state) || text('safe-to-contact') === 'yes',
  }
}

function newest(state: ConversationState, kind: ConsentKind): Consent | null {
  return state.consents.findLast((consent) => consent.kind === kind) ?? null
}

function textOf(state: ConversationState, name: string): string | null {
  const value = isLeftOut(state, name) ? null : state.answers[name]?.value
  return typeof value === 'string' ? value : null
}

function shorten(text: string): string {
  return text.length <= QUOTE_MAX ? text : `${text.slice(0, QUOTE_MAX - 1).trimEnd()}…`
}

function sixWords(text: string): string {
  const words = text.trim().split(/\s+/)
  return words.length <= WORDS_MAX ? words.join(' ') : `${words.slice(0, WORDS_MAX).join(' ')} …`
}
