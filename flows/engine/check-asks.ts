/**
 * Questions that cannot be answered, and conditions on answers that nobody is asked for.
 */
import { answersIn, type Condition } from './condition.ts'
import { type AskStep, answerOf, type Flow, type Option, type Step } from './flow.ts'
import type { FlowLibrary, Problem } from './library.ts'
import { problem, type Source, type Sources, warning } from './source.ts'
import { fold } from './understand/fold.ts'

const needsOptions = ['choice', 'multi', 'photo']

export function checkAsks(library: FlowLibrary, sources: Sources): Problem[] {
  const known = knownAnswers(library)
  return sources.flows.flatMap(([flow, source]) =>
    flow.steps.flatMap((step, index) => [
      ...('ask' in step ? askProblems(step, source, index) : []),
      ...('wait' in step ? waitProblems(step.options, source, index) : []),
      ...conditionProblems(step, { source, index, known }),
    ]),
  )
}

/** Every answer that some step asks or sets. */
function knownAnswers(library: FlowLibrary): ReadonlySet<string> {
  const asked = library.crisis.protocols.flatMap((one) => one.steps.map((step) => `danger-${step.id}`))
  const known = new Set<string>(['wants-person', 'came-back', 'court', 'veteran', ...asked])
  for (const flow of library.flows.values()) {
    for (const step of flow.steps) {
      const name = answerOf(step)
      if (name !== null) known.add(name)
      if ('set' in step) for (const one of Object.keys(step.set)) known.add(one)
    }
  }
  return known
}

function askProblems(step: AskStep, source: Source, index: number): Problem[] {
  const found: Problem[] = []
  const at = ['steps', index]
  if (needsOptions.includes(step.input) && !step.options && !step.optionsFrom) {
    found.push(
      problem(source, [...at, 'input'], `a \`${step.input}\` needs options: add \`options:\` with value, en and es`),
    )
  }
  if (step.input === 'photo' && !step.options?.some((option) => option.value === 'skip')) {
    found.push(problem(source, [...at, 'input'], 'a photo can always be skipped: add the option `skip`'))
  }
  if ((step.input === 'consent') !== (step.consent !== undefined)) {
    found.push(
      problem(
        source,
        [...at, 'input'],
        'a consent needs both `input: consent` and `consent:` with its kind (contact, payer-disclosure, pass-on, texting)',
      ),
    )
  }
  if (step.min !== undefined && step.max !== undefined && step.min > step.max) {
    found.push(problem(source, [...at, 'min'], `no number is at least ${step.min} and at most ${step.max}: swap them`))
  }
  if (!step.why && !step.open && step.counts)
    found.push(warning(source, at, `"why do you ask?" has no answer here: add \`why:\``))
  return [...found, ...optionProblems(step.options ?? [], source, at)]
}

/** What a wait keeps by itself is no choice of the visitor's. */
function waitProblems(options: readonly Option[], source: Source, index: number): Problem[] {
  return options.flatMap(({ value }, number) =>
    value === 'time-passed' || value === 'staff-came'
      ? [
          problem(
            source,
            ['steps', index, 'options', number, 'value'],
            `\`${value}\` is what a wait keeps by itself: give the option another value`,
          ),
        ]
      : [],
  )
}

/** The same words must not mean two options. */
function optionProblems(options: readonly Option[], source: Source, at: readonly PropertyKey[]): Problem[] {
  const seen = new Map<string, string>()
  return options.flatMap((option, number) => {
    const found: Problem[] = []
    const names = new Set([option.value, option.en, option.es, ...(option.synonyms ?? [])].map(fold))
    for (const name of names) {
      const other = seen.get(name)
      if (other !== undefined)
        found.push(
          problem(
            source,
            [...at, 'options', number],
            `"${name}" means both \`${other}\` and \`${option.value}\`: leave it to one of them`,
          ),
        )
      seen.set(name, option.value)
    }
    return found
  })
}

function conditionProblems(
  step: Step,
  where: { source: Source; index: number; known: ReadonlySet<string> },
): Problem[] {
  const { source, index, known } = where
  const check = (condition: Condition | undefined, path: readonly PropertyKey[]): Problem[] => {
    const unknown =
      condition === undefined
        ? []
        : answersIn(condition).filter((name) => !known.has(name) && !name.startsWith('note.'))
    return unknown.map((name) =>
      problem(source, ['steps', index, ...path], `no step asks for \`${name}\`: check the name, or ask for it before`),
    )
  }
  const branches =
    'branch' in step ? step.branch.flatMap((one, number) => check(one.when, ['branch', number, 'when'])) : []
  const options =
    'options' in step ? (step.options ?? []).flatMap((one, number) => check(one.when, ['options', number, 'when'])) : []
  const block = 'block' in step && step.block !== undefined ? check({ answer: step.block, known: true }, ['block']) : []
  return [...check(step.when, ['when']), ...branches, ...options, ...block]
}

/** The flows that ask for an answer, for messages and drawings. */
export function askedIn(library: FlowLibrary, answer: string): Flow[] {
  return [...library.flows.values()].filter((flow) => flow.steps.some((step) => answerOf(step) === answer))
}
