/**
 * Typed conditions: when a step applies, when a rule of the routing table fires.
 *
 * They are small objects, never expression strings, so that a clinician can read them and a program
 * can list every answer that a script depends on. An answer that was never given, or was refused, makes a
 * comparison false: "unknown" is never taken for "no risk".
 */
import { z } from 'zod'

const Plain = z.union([z.string(), z.number()])

const AnswerTest = z.strictObject({
  /** Name of an answer, e.g. `age`, or of a fact of the routing table. */
  answer: z.string(),
  is: Plain.optional(),
  in: z.array(Plain).min(1).optional(),
  below: z.number().optional(),
  above: z.number().optional(),
  /** true: given and not refused. */
  known: z.boolean().optional(),
  /** true: asked and refused, or "I don't know". */
  refused: z.boolean().optional(),
})

/** What the engine knows without asking; see `about` in `context.ts`. */
export const topics = [
  'locale',
  'region',
  'program',
  'audience',
  'staffed',
  'coverage',
  'route',
  'danger',
  'own-suicide-sign',
  'served',
  'promise',
  'mail',
] as const

const AboutTest = z.strictObject({
  about: z.enum(topics),
  is: z.string().optional(),
  in: z.array(z.string()).min(1).optional(),
})

export type Condition =
  | z.infer<typeof AnswerTest>
  | z.infer<typeof AboutTest>
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    AnswerTest.refine(
      testsOneThing,
      'a condition on an answer needs exactly one of is, in, below, above, known, refused',
    ),
    AboutTest.refine(testsOneThing, 'a condition about something needs exactly one of is, in'),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
)

function testsOneThing(test: object): boolean {
  return Object.keys(test).length === 2
}

export type Fact = string | number | readonly string[] | null | undefined

/** Where conditions look things up: `undefined` = never asked, `null` = refused or unknown. */
export interface Facts {
  answer(name: string): Fact
  about(topic: (typeof topics)[number]): string
}

export function holds(condition: Condition, facts: Facts): boolean {
  return testOf(condition)(facts)
}

/** A condition as a function: which of its forms it has is not asked anew in each of the hundred looks of a turn. */
export type Test = (facts: Facts) => boolean

const tests = new WeakMap<Condition, Test>()

/** Made once for each condition. */
export function testOf(condition: Condition): Test {
  const known = tests.get(condition)
  if (known !== undefined) return known
  const test = newTest(condition)
  tests.set(condition, test)
  return test
}

function newTest(condition: Condition): Test {
  if ('all' in condition) {
    const parts = condition.all.map(testOf)
    return (facts) => parts.every((part) => part(facts))
  }
  if ('any' in condition) {
    const parts = condition.any.map(testOf)
    return (facts) => parts.some((part) => part(facts))
  }
  if ('not' in condition) {
    const denied = testOf(condition.not)
    return (facts) => !denied(facts)
  }
  if ('about' in condition) {
    const { about, is } = condition
    const wanted = is === undefined ? condition.in! : [is]
    return (facts) => wanted.includes(facts.about(about))
  }
  return answerTest(condition)
}

function answerTest(test: z.infer<typeof AnswerTest>): Test {
  const { answer, known, refused, below, above } = test
  if (known !== undefined) return (facts) => known === isGiven(facts.answer(answer))
  if (refused !== undefined) return (facts) => refused === (facts.answer(answer) === null)
  if (below !== undefined || above !== undefined) {
    const isWithin = below !== undefined ? (found: number) => found < below : (found: number) => found > above!
    return (facts) => {
      const found = facts.answer(answer)
      return typeof found === 'number' && isWithin(found)
    }
  }
  const wanted = test.in ?? [test.is!]
  return (facts) => {
    const found = facts.answer(answer)
    if (found === undefined || found === null) return false
    return typeof found === 'object' ? found.some((one) => wanted.includes(one)) : wanted.includes(found)
  }
}

function isGiven(found: Fact): boolean {
  return found !== undefined && found !== null
}

/** A condition's single tests. */
export function testsIn(condition: Condition | undefined): Condition[] {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(testsIn)
  if ('any' in condition) return condition.any.flatMap(testsIn)
  return 'not' in condition ? testsIn(condition.not) : [condition]
}

/** The answers that a condition looks at. */
export function answersIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(answersIn)
  if ('any' in condition) return condition.any.flatMap(answersIn)
  if ('not' in condition) return answersIn(condition.not)
  return 'answer' in condition ? [condition.answer] : []
}
