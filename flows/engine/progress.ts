/**
 * "Question 4 of about 9": how many questions this path has, as far as can be known now.
 *
 * The script is walked in thought with the answers given; a question that depends on an answer still
 * open is not counted yet, so the number may grow a little but never promises too few of the rest.
 */
import { answersIn, type Condition, type Facts, testOf } from './condition.ts'
import { factsOf, type Moment } from './context.ts'
import { answerOf, type Flow, type Step } from './flow.ts'
import { isSpoken } from './instrument.ts'
import { type FlowLibrary, indexOf, itemOf, ROOT_FLOW } from './library.ts'

const STEPS_AT_MOST = 1_000

/**
 * One count over the whole way, on every question: `done` were asked and answered, of about `of` with
 * those that are still open on the way. What was told unasked shortens the way; only taking an answer
 * back lets `done` fall.
 */
export function progressOf(moment: Moment): { done: number; of: number } {
  const { answers, trail } = moment.state
  const ways = waysOf(moment.world.flows)
  let done = 0
  for (const { flow, step } of trail) {
    const stop = ways.get(flow)?.stops.get(step)
    if (stop?.counts && isAnswered(stop, answers)) done += 1
  }
  return { done, of: done + openOnTheWay(moment, ways) }
}

function isAnswered({ answer }: Stop, answers: Moment['state']['answers']): boolean {
  return answers[answer ?? ''] !== undefined
}

/** How many questions of the way, from its beginning, count and are not answered. */
function openOnTheWay(moment: Moment, ways: Ways): number {
  const { answers, locale } = moment.state
  const facts = factsOf(moment)
  const stack: Point[] = [{ way: ways.get(ROOT_FLOW), index: 0 }]
  let open = 0
  for (let count = 0; count < STEPS_AT_MOST; count += 1) {
    const point = stack.at(-1)
    if (!point) return open
    const stop = point.way?.steps[point.index]
    if (!stop) {
      stack.pop()
      continue
    }
    const applies = stop.applies(facts)
    if (applies && stop.counts && stop.asksIn(locale) && !isAnswered(stop, answers)) open += 1
    if (applies && stop.leads === 'end') return open
    if (applies && stop.leads === 'become') stack.pop()
    else point.index = point.way!.next[applies ? stop.goesTo(facts) : stop.after] ?? point.way!.steps.length
    if (applies && stop.flow !== null) stack.push({ way: ways.get(stop.flow), index: 0 })
  }
  return open
}

/** A place on the way: the flow and the step that is next in it. */
interface Point {
  readonly way: Way | undefined
  index: number
}

/** A flow as the count walks it: every kind of step in one form, for hundreds of them are looked at in a turn. */
interface Way {
  readonly steps: readonly Stop[]
  /** By id; of two with one id the first. */
  readonly stops: ReadonlyMap<string, Stop>
  /** From each place on the first step that asks or leads elsewhere: what is said or set is passed over unread. */
  readonly next: readonly number[]
}

interface Stop {
  applies(facts: Facts): boolean
  /** Whether it is a question for the progress line, and under which name its answer is kept. */
  readonly counts: boolean
  readonly answer: string | null
  /** Whether the question has words in this language. */
  asksIn(locale: Moment['state']['locale']): boolean
  readonly leads: 'on' | 'call' | 'become' | 'end'
  /** Where `call` and `become` lead. */
  readonly flow: string | null
  /** Place of the step after it, and of the one that it goes to. */
  readonly after: number
  goesTo(facts: Facts): number
}

type Ways = ReadonlyMap<string, Way>

const waysByLibrary = new WeakMap<FlowLibrary, Ways>()

function waysOf(library: FlowLibrary): Ways {
  const known = waysByLibrary.get(library)
  if (known) return known
  const ways = new Map([...library.flows].map(([name, flow]) => [name, wayOf(flow, library)]))
  waysByLibrary.set(library, ways)
  return ways
}

function wayOf(flow: Flow, library: FlowLibrary): Way {
  const steps = flow.steps.map((step, at) => stopOf(step, { flow, at, library }))
  const stops = new Map(flow.steps.map((step, at) => [step.id, steps[at]!] as const).reverse())
  const next: number[] = []
  for (let at = steps.length - 1; at >= 0; at -= 1) next[at] = tells(flow.steps[at]!) ? at : (next[at + 1] ?? at + 1)
  return { steps, stops, next }
}

function tells(step: Step): boolean {
  return ['ask', 'item', 'call', 'become', 'end', 'go', 'branch'].some((kind) => kind in step)
}

const always = (): boolean => true
const never = (): boolean => false

function stopOf(step: Step, { flow, at, library }: { flow: Flow; at: number; library: FlowLibrary }): Stop {
  return {
    applies: step.when === undefined ? always : testOf(step.when),
    counts: 'item' in step || ('ask' in step && step.counts),
    answer: answerOf(step),
    asksIn: asksIn(step, library),
    leads: 'call' in step ? 'call' : 'become' in step ? 'become' : 'end' in step ? 'end' : 'on',
    flow: 'call' in step ? step.call : 'become' in step ? step.become : null,
    after: at + 1,
    goesTo: goesTo(step, flow, at + 1),
  }
}

function asksIn(step: Step, library: FlowLibrary): Stop['asksIn'] {
  if ('ask' in step) return always
  const found = 'item' in step ? itemOf(library, step.item) : null
  return found === null ? never : (locale) => isSpoken(found.instrument, found.item, locale)
}

function goesTo(step: Step, flow: Flow, after: number): Stop['goesTo'] {
  if ('go' in step) {
    const place = indexOf(flow, step.go)
    return () => place
  }
  if (!('branch' in step)) return () => after
  const ways = step.branch.map(({ when, go }) => ({ isChosen: chosenFor(when), place: indexOf(flow, go) }))
  return (facts) => ways.find(({ isChosen }) => isChosen(facts))?.place ?? after
}

function chosenFor(when: Condition | undefined): (facts: Facts) => boolean {
  if (when === undefined) return always
  const test = testOf(when)
  const names = hasNot(when) ? answersIn(when) : []
  return (facts) => test(facts) && names.every((name) => facts.answer(name) !== undefined)
}

/** What holds without a "not" goes on holding, whatever is answered next. */
function hasNot(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(hasNot)
  if ('any' in condition) return condition.any.some(hasNot)
  return 'not' in condition
}
