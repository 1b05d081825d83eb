/**
 * A script file that can still say where each of its parts stands, so that every finding names its place.
 */
import type { Flow } from './flow.ts'
import type { Instrument } from './instrument.ts'
import type { Problem } from './library.ts'
import type { PhraseScript } from './phrases.ts'
import type { CrisisScript } from './protocol.ts'
import type { ReadingLimits } from './reading.ts'
import type { Routing } from './routing.ts'

export interface Source {
  readonly path: string
  locate(path: readonly PropertyKey[]): { line: number; column: number }
}

/** What was parsed, each with the file that can say where its parts stand. */
export interface Sources {
  readonly flows: readonly (readonly [Flow, Source])[]
  readonly instruments: readonly (readonly [Instrument, Source])[]
  readonly routing: readonly [Routing, Source]
  readonly crisis: readonly [CrisisScript, Source]
  readonly phrases: readonly [PhraseScript, Source]
  /** Absent in versions that were kept before there were limits. */
  readonly reading?: readonly [ReadingLimits, Source]
}

/** A mistake that keeps the service from starting. */
export function problem(source: Source, path: readonly PropertyKey[], message: string): Problem {
  return { file: source.path, ...source.locate(path), message, severity: 'problem' }
}

/** A known gap: reported, and no reason to stop. */
export function warning(source: Source, path: readonly PropertyKey[], message: string): Problem {
  return { file: source.path, ...source.locate(path), message, severity: 'warning' }
}
