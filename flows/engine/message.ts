/**
 * What the bot says, as activities: sentences, questions with their input, cards with their calls.
 */
import type { BotMessage, CardAction, HeroCard, InputSpec, PorchlightData } from '../activity.ts'
import { type Fit, fittedResources } from '../safety/fitting.ts'
import { emergencyOf, type Resource } from '../safety/hotlines.ts'
import type { DangerLabel } from '../safety/verdict.ts'
import type { Locale } from '../vocabulary.ts'
import { holds } from './condition.ts'
import { factsOf, type Moment, readerOf } from './context.ts'
import type { AskStep, ItemStep, Option, Step } from './flow.ts'
import { slotOptions } from './free-times.ts'
import { type Item, itemWords } from './instrument.ts'
import { itemOf } from './library.ts'
import type { PhraseName } from './phrases.ts'
import { reviewOptions } from './review.ts'
import { fitsIn } from './understand/fits.ts'
import { inLanguage, say, type Text } from './words.ts'

/** A question as it can be understood: its options in both languages and its limits. */
export interface Asked {
  readonly input: InputSpec['type']
  readonly answer: string
  readonly field: string | null
  readonly options: readonly Option[]
  readonly isOptional: boolean
  readonly min: number | null
  readonly max: number | null
  readonly isOpen: boolean
  /** The answer that "skip these" turns to `no`; null outside a block. */
  readonly block: string | null
}

const yesNo: readonly Option[] = [
  { value: 'yes', en: 'Yes', es: 'Sí' },
  { value: 'no', en: 'No', es: 'No' },
]

export function bubble(text: string, locale: Locale, data: PorchlightData): BotMessage {
  return { type: 'message', text, locale, channelData: { porchlight: data } }
}

export function phrase(moment: Moment, name: PhraseName): string {
  return say(moment.world.flows.phrases.texts[name], readerOf(moment))
}

export function spoken(moment: Moment, text: Text): string {
  return say(text, readerOf(moment))
}

/** What a step asks, or null when it asks nothing (in this language). */
export function askedBy(step: Step | null, moment: Moment): Asked | null {
  if (!step) return null
  if ('ask' in step) return askedByAsk(step, moment)
  if ('item' in step) return askedByItem(step, moment)
  if ('wait' in step) {
    return {
      input: 'choice',
      answer: `waited-${step.id}`,
      field: null,
      options: step.options,
      isOptional: true,
      min: null,
      max: null,
      isOpen: false,
      block: null,
    }
  }
  return null
}

function askedByAsk(step: AskStep, moment: Moment): Asked {
  const facts = factsOf(moment)
  const own = step.input === 'consent' ? yesNo : (step.options ?? [])
  const listed = [...listedFrom(step, moment), ...own]
  return {
    input: step.input,
    answer: step.answer,
    field: step.field ?? null,
    options: listed.filter((option) => option.when === undefined || holds(option.when, facts)),
    isOptional: step.optional,
    min: step.min ?? null,
    max: step.max ?? null,
    isOpen: step.open ?? false,
    block: step.block ?? null,
  }
}

function listedFrom(step: AskStep, moment: Moment): Option[] {
  if (step.optionsFrom === 'free-slots') return slotOptions(moment)
  return step.optionsFrom === 'review-lines' ? reviewOptions(moment) : []
}

function askedByItem(step: ItemStep, moment: Moment): Asked | null {
  const found = itemOf(moment.world.flows, step.item)
  if (!found || itemWords(found.instrument, found.item, moment.state.locale) === null) return null
  const answer = `${step.item.instrument}.${step.item.item}`
  return {
    input: 'choice',
    answer,
    field: null,
    options: optionsOf(found.item),
    isOptional: step.optional,
    min: null,
    max: null,
    isOpen: false,
    block: step.block ?? null,
  }
}

/** An item's choices, made once: what is worked out for an option is kept with it. */
const itemOptions = new WeakMap<Item, readonly Option[]>()

function optionsOf(item: Item): readonly Option[] {
  const known = itemOptions.get(item)
  if (known) return known
  const options = item.options.map(({ value, text, textEs }) => ({ value, en: text, es: textEs ?? text }))
  itemOptions.set(item, options)
  return options
}

/** The words of a question; `again` when it is asked once more. */
export function questionWords(step: Step, moment: Moment, isAgain: boolean): string {
  if ('ask' in step) return spoken(moment, isAgain && step.again ? step.again : step.ask)
  if ('wait' in step) return spoken(moment, step.wait)
  if (!('item' in step)) return ''
  const found = itemOf(moment.world.flows, step.item)
  return found ? (itemWords(found.instrument, found.item, moment.state.locale) ?? '') : ''
}

export function inputOf(asked: Asked, locale: Locale): InputSpec {
  const options = asked.options.map((option) => ({ value: option.value, label: inLanguage(option, locale) }))
  return {
    type: asked.input,
    field: asked.field ?? asked.answer,
    ...(options.length > 0 ? { options } : {}),
    optional: asked.isOptional,
  }
}

/** Quick replies for every channel; a question that may be skipped always shows how. */
export function suggestions(asked: Asked, moment: Moment): BotMessage['suggestedActions'] {
  const { locale } = moment.state
  const { preferNot, skipThese } = moment.world.flows.phrases
  const skip =
    asked.isOptional && !asked.isOpen && asked.input !== 'consent' && asked.input !== 'photo' ? [preferNot] : []
  const shown = [...asked.options, ...skip, ...(asked.block === null ? [] : [skipThese])]
  if (shown.length === 0) return undefined
  return { actions: shown.map((option) => reply(inLanguage(option, locale))) }
}

export function reply(title: string): CardAction {
  return { type: 'imBack', title, value: title }
}

/** Calls, texts and chats of a label in this region, the primary first; the ids go into the activity. */
export function resourceCard(label: DangerLabel, moment: Moment, text?: string): { card: HeroCard; ids: string[] } {
  return cardOf(fittedResources(label, moment.state.region, fitsSaid(moment)), moment, text)
}

/** By the visitor's own words so far, and by what she chose. */
function fitsSaid({ state }: Moment): ReadonlySet<Fit> {
  const said = fitsIn(state.said.filter(({ role }) => role === 'user').map(({ text }) => text))
  return state.answers.health?.value === 'pregnant' ? new Set([...said, 'mother']) : said
}

/** The emergency number alone. */
export function emergencyCard(moment: Moment): { card: HeroCard; ids: string[] } {
  return cardOf([emergencyOf(moment.state.region)], moment)
}

function cardOf(resources: readonly Resource[], moment: Moment, text?: string): { card: HeroCard; ids: string[] } {
  // The primary resource by call, text and chat; the others by their first link: a long list is no help.
  const buttons = resources.flatMap((resource, index) =>
    resource.links.slice(0, index === 0 ? 3 : 1).map((link) => ({
      type: 'openUrl' as const,
      title: inLanguage(link.label, moment.state.locale),
      value: link.url,
    })),
  )
  return {
    card: {
      contentType: 'application/vnd.microsoft.card.hero',
      content: { ...(text === undefined ? {} : { text }), buttons },
    },
    ids: resources.map((resource) => resource.id),
  }
}
