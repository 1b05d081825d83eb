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
  if ('all' in condition) return condition.all.every((one) => holds(one, facts))
  if ('any' in condition) return condition.any.some((one) => holds(one, facts))
  if ('not' in condition) return !holds(condition.not, facts)
  if ('about' in condition) {
    const found = facts.about(condition.about)
    return condition.is === undefined ? condition.in!.includes(found) : found === condition.is
  }
  return answerHolds(condition, facts.answer(condition.answer))
}

function answerHolds(test: z.infer<typeof AnswerTest>, found: Fact): boolean {
  if (test.known !== undefined) return test.known === (found !== undefined && found !== null)
  if (test.refused !== undefined) return test.refused === (found === null)
  if (found === undefined || found === null) return false
  if (test.below !== undefined) return typeof found === 'number' && found < test.below
  if (test.above !== undefined) return typeof found === 'number' && found > test.above
  const wanted = test.in ?? [test.is!]
  return typeof found === 'object' ? found.some((one) => wanted.includes(one)) : wanted.includes(found)
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
