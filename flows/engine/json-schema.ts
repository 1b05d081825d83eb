/**
 * The script language as JSON Schema, so that an editor completes and marks scripts while they are written.
 *
 * Generated from the same Zod schemas that read the files; refinements that JSON Schema cannot say are
 * left to `check`.
 */
import { z } from 'zod'
import { Flow } from './flow.ts'
import { Instrument } from './instrument.ts'
import { Override } from './override.ts'
import { PhraseScript } from './phrases.ts'
import { CrisisScript } from './protocol.ts'
import { ReadingLimits } from './reading.ts'
import { Routing } from './routing.ts'

export const scriptSchemas = {
  flow: Flow,
  instrument: Instrument,
  routing: Routing,
  crisis: CrisisScript,
  phrases: PhraseScript,
  reading: ReadingLimits,
  override: Override,
} as const

/** @returns one JSON Schema (2020-12) of the named kind of file, as a plain object. */
export function jsonSchemaOf(kind: keyof typeof scriptSchemas): Record<string, unknown> {
  return z.toJSONSchema(scriptSchemas[kind], { io: 'input' }) as Record<string, unknown>
}
