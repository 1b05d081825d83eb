/**
 * What a change of the scripts does to conversations: each is played with the present scripts and with the
 * changed ones, and its route, the order of its questions and the words are compared.
 */
import { randomBytes } from 'node:crypto'
import type { Locale } from '../../flows/vocabulary.ts'
import { houseInMemory } from '../house-in-memory.ts'
import { begin } from '../turn/begin.ts'
import { dataOf } from '../turn/fresh-reply.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import { takeTurn } from '../turn/turn.ts'
import type { World } from '../world.ts'

/** What drives a conversation: who begins it, and what the visitor writes when. */
export interface Course {
  readonly name: string
  readonly program: string
  readonly locale: Locale
  readonly at: string
  readonly said: readonly { readonly text: string; readonly at: string }[]
}

interface Outcome {
  readonly route: string
  readonly disposition: string
  /** `flow/step` of every question, in the order asked. */
  readonly asked: readonly string[]
  /** Place → what was said there, once each. */
  readonly words: ReadonlyMap<string, readonly string[]>
}

export interface Changes {
  readonly name: string
  readonly route: { readonly before: string; readonly after: string } | null
  readonly disposition: { readonly before: string; readonly after: string } | null
  readonly noLongerAsked: readonly string[]
  readonly newlyAsked: readonly string[]
  /** The same questions in another order. */
  readonly isReordered: boolean
  readonly words: readonly { readonly place: string; readonly before: string; readonly after: string }[]
}

/** null when nothing of it changes. */
export async function whatIf(present: World, changed: World, course: Course): Promise<Changes | null> {
  const before = await play(present, course)
  const after = await play(changed, course)
  const noLongerAsked = before.asked.filter((place) => !after.asked.includes(place))
  const newlyAsked = after.asked.filter((place) => !before.asked.includes(place))
  const common = (asked: readonly string[], other: readonly string[]): string =>
    asked.filter((place) => other.includes(place)).join(' ')
  const changes: Changes = {
    name: course.name,
    route: difference(before.route, after.route),
    disposition: difference(before.disposition, after.disposition),
    noLongerAsked,
    newlyAsked,
    isReordered: common(before.asked, after.asked) !== common(after.asked, before.asked),
    words: changedWords(before.words, after.words),
  }
  const isSame =
    changes.route === null &&
    changes.disposition === null &&
    noLongerAsked.length + newlyAsked.length + changes.words.length === 0 &&
    !changes.isReordered
  return isSame ? null : changes
}

function difference(before: string, after: string): { before: string; after: string } | null {
  return before === after ? null : { before, after }
}

function changedWords(before: Outcome['words'], after: Outcome['words']): Changes['words'] {
  return [...before].flatMap(([place, old]) => {
    const fresh = after.get(place)
    if (!fresh) return []
    const gone = old.find((text) => !fresh.includes(text))
    const come = fresh.find((text) => !old.includes(text))
    return gone === undefined || come === undefined ? [] : [{ place, before: gone, after: come }]
  })
}

async function play(world: World, course: Course): Promise<Outcome> {
  const clock = { at: new Date(course.at) }
  const house = houseInMemory({ world, clock: { now: () => clock.at }, deploymentKey: randomBytes(32) })
  const conversation = 'what-if'
  await begin(house, { id: conversation, program: course.program, user: 'dl_what-if', locale: course.locale })
  const said: StoredActivity[] = []
  said.push(...(await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })).activities)
  for (const { text, at } of course.said) {
    clock.at = new Date(at)
    said.push(...(await takeTurn(house, { conversation, activity: { type: 'message', text } })).activities)
  }
  const state = (await house.conversations.load(conversation))?.state
  await house.store.close()
  return {
    route: state?.route?.primary ?? 'none',
    disposition: state?.disposition ?? 'open',
    ...readSaid(said.filter((activity) => activity.from.role === 'bot')),
  }
}

function readSaid(said: readonly StoredActivity[]): Pick<Outcome, 'asked' | 'words'> {
  const asked: string[] = []
  const words = new Map<string, string[]>()
  for (const activity of said) {
    const { kind, flow, step } = dataOf(activity)
    if (flow === undefined || step === undefined) continue
    const place = `${flow}/${step}`
    if ((kind === 'question' || kind === 'check-in') && asked.at(-1) !== place) asked.push(place)
    const texts = words.get(place) ?? []
    if (activity.text && !texts.includes(activity.text)) words.set(place, [...texts, activity.text])
  }
  return { asked, words }
}
