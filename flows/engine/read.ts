/**
 * Reads all scripts from their texts and reports every mistake with file, line and column.
 *
 * Nothing here touches a disk: the service passes the files. A step is parsed by the schema of the one
 * key that says what it does, so a message names the real fault and not twelve failed guesses.
 */
import type { z } from 'zod'
import { checkLibrary } from './check.ts'
import { Flow, Step, stepKeys } from './flow.ts'
import { Instrument } from './instrument.ts'
import { type FlowLibrary, fingerprint, type Problem } from './library.ts'
import { applyOverride, Override } from './override.ts'
import { type Parsed, parseFile, parseWith, type ScriptFile } from './parse-file.ts'
import { PhraseScript } from './phrases.ts'

export type { ScriptFile } from './parse-file.ts'

import { CrisisScript } from './protocol.ts'
import { ReadingLimits } from './reading.ts'
import { Routing } from './routing.ts'
import { problem, type Source, type Sources } from './source.ts'

type Found = {
  flows: [Flow, Source][]
  instruments: [Instrument, Source][]
  routing?: [Routing, Source]
  crisis?: [CrisisScript, Source]
  phrases?: [PhraseScript, Source]
  reading?: [ReadingLimits, Source]
  overrides: [Override, Source][]
}

/** @returns the library, to be used only when no entry of `problems` has the severity `problem`. */
export function readFlows(files: readonly ScriptFile[]): { flows: FlowLibrary; problems: Problem[] } {
  const problems: Problem[] = []
  const found: Found = { flows: [], instruments: [], overrides: [] }
  for (const file of files) {
    const parsed = parseFile(file, problems)
    if (parsed) take(parsed, found, problems)
  }
  for (const [override, source] of found.overrides) {
    const changed = applyOverride(
      found.flows.map(([flow]) => flow),
      override,
      { source, problems },
    )
    found.flows = found.flows.map(([, place], index) => [changed[index]!, place])
  }
  for (const part of ['routing', 'crisis', 'phrases'] as const) {
    const message = `the ${part} file is missing or broken: add or mend it`
    if (!found[part]) problems.push({ file: 'flows', line: 1, column: 1, message, severity: 'problem' })
  }
  const flows = {
    flows: new Map(found.flows.map(([flow]) => [flow.flow, flow])),
    instruments: new Map(found.instruments.map(([instrument]) => [instrument.id, instrument])),
    routing: found.routing?.[0],
    crisis: found.crisis?.[0],
    phrases: found.phrases?.[0],
    version: fingerprint(versionText(files)),
  } as FlowLibrary
  const isWhole = !problems.some((one) => one.severity === 'problem')
  if (isWhole) problems.push(...checkLibrary(flows, found as Sources))
  return { flows, problems }
}

function versionText(files: readonly ScriptFile[]): string {
  return files
    .map((file) => `${file.path}\n${file.text}`)
    .toSorted()
    .join('\n')
}

const NO_SCRIPT =
  'is no script: begin it with `flow:`, `crisis:`, `phrases:`, `rules:`, `overrides:` or, for an instrument, `id:` and `items:`'

function take(parsed: Parsed, found: Found, problems: Problem[]): void {
  const read = <T>(schema: z.ZodType<T>): [T, Source][] => {
    const content = parseWith(schema, { parsed, at: [] }, problems)
    return content === undefined ? [] : [[content, parsed]]
  }
  const keep = <K extends 'routing' | 'crisis' | 'phrases' | 'reading'>(
    part: K,
    schema: z.ZodType<NonNullable<Found[K]>[0]>,
  ): void => {
    const [one] = read(schema)
    if (one) found[part] = one as Found[K]
  }
  switch (kindOf(parsed.content)) {
    case 'flow':
      if (checkSteps(parsed, stepsOf(parsed.content), problems)) found.flows.push(...read(Flow))
      return
    case 'instrument':
      found.instruments.push(...read(Instrument))
      return
    case 'routing':
      keep('routing', Routing)
      return
    case 'crisis':
      keep('crisis', CrisisScript)
      return
    case 'phrases':
      keep('phrases', PhraseScript)
      return
    case 'reading':
      keep('reading', ReadingLimits)
      return
    case 'override':
      if (checkSteps(parsed, insertedIn(parsed.content), problems)) found.overrides.push(...read(Override))
      return
    default:
      problems.push(problem(parsed, [], NO_SCRIPT))
  }
}

type Kind = 'flow' | 'instrument' | 'routing' | 'crisis' | 'phrases' | 'reading' | 'override'

function kindOf(content: unknown): Kind | null {
  if (content === null || typeof content !== 'object') return null
  if ('flow' in content) return 'flow'
  if ('crisis' in content) return 'crisis'
  if ('phrases' in content) return 'phrases'
  if ('reading' in content) return 'reading'
  if ('overrides' in content) return 'override'
  if ('rules' in content) return 'routing'
  return 'items' in content ? 'instrument' : null
}

type PlacedStep = readonly [step: unknown, at: readonly PropertyKey[]]

function stepsOf(content: unknown): PlacedStep[] {
  const { steps } = content as { steps?: unknown }
  return Array.isArray(steps) ? steps.map((step: unknown, index) => [step, ['steps', index]]) : []
}

/** The steps that a program adds to a flow. */
function insertedIn(content: unknown): PlacedStep[] {
  const { insert } = content as { insert?: unknown }
  if (!Array.isArray(insert)) return []
  return insert.flatMap((one: unknown, index): PlacedStep[] =>
    one !== null && typeof one === 'object' && 'step' in one ? [[one.step, ['insert', index, 'step']]] : [],
  )
}

/** Each step by the schema of its own key; true when the whole file may be parsed. */
function checkSteps(parsed: Parsed, steps: readonly PlacedStep[], problems: Problem[]): boolean {
  const before = problems.length
  for (const [step, at] of steps) {
    const keys = step !== null && typeof step === 'object' ? stepKeys.filter((key) => key in step) : []
    if (keys.length === 1) {
      const schema = Step.options[stepKeys.indexOf(keys[0]!)] as z.ZodType<unknown>
      parseWith(schema, { parsed, at }, problems)
      continue
    }
    const what = keys.length === 0 ? 'does nothing known' : `does ${keys.length} things (${keys.join(', ')})`
    problems.push(problem(parsed, at, `this step ${what}: give it exactly one of ${stepKeys.join(', ')}`))
  }
  return problems.length === before
}
