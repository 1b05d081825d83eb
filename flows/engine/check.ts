/**
 * Checks a whole library: names that lead nowhere, steps nobody reaches, words that may not be said.
 */
import { checkReferences } from './check-references.ts'
import type { Flow } from './flow.ts'
import type { Instrument } from './instrument.ts'
import type { FlowLibrary, Problem } from './library.ts'
import type { Source } from './read.ts'

export interface Sources {
  readonly flows: readonly (readonly [Flow, Source])[]
  readonly instruments: readonly (readonly [Instrument, Source])[]
}

export function checkLibrary(library: FlowLibrary, sources: Sources): Problem[] {
  return [...checkReferences(library, sources)]
}
