/**
 * The stages of the work, each timed for the figures and, where traces are wanted, told as a span.
 *
 * What may be said about a stage are codes: a program, a kind, an outcome. Never words, and no id of a
 * conversation either: a trace goes to another system, and there an id beside "danger" would be about somebody.
 */
import type { Histogram } from 'prom-client'
import { AdmissionsError } from '../errors.ts'

export type Stage = 'turn' | 'load' | 'decide' | 'commit' | 'effect'
export type AboutStage = Readonly<Record<string, string>>

/** A span that is under way. */
export interface OpenSpan {
  /** @param code - of the error that ended it, or null. */
  end(code: string | null): void
}

export interface Tracer {
  /** Runs the work inside a new span, so that spans that begin in it are its children. */
  within<T>(stage: Stage, about: AboutStage, work: (span: OpenSpan) => Promise<T>): Promise<T>
  /** Sends what is left. */
  stop(): Promise<void>
}

export interface Stages {
  run<T>(stage: Stage, about: AboutStage, work: () => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export function createStages(seconds: Histogram<'stage'>, tracer: Tracer | null): Stages {
  // Looked up once: a turn has four of them.
  const ofStage = new Map<Stage, { observe(value: number): void }>()
  const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const figure = ofStage.get(stage) ?? seconds.labels(stage)
    ofStage.set(stage, figure)
    try {
      return await work()
    } finally {
      figure.observe((performance.now() - begun) / 1000)
    }
  }
  return {
    run(stage, about, work) {
      if (!tracer) return timed(stage, work)
      return tracer.within(stage, about, (span) =>
        timed(stage, work).then(
          (value) => {
            span.end(null)
            return value
          },
          (error: unknown) => {
            span.end(error instanceof AdmissionsError ? error.code : 'unknown')
            throw error
          },
        ),
      )
    },
    stop: async () => tracer?.stop(),
  }
}
