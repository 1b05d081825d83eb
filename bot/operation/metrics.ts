/**
 * Figures about the service for Prometheus: counts and durations by code, never words or ids.
 */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly turns: Counter<'outcome'>
  readonly turnSeconds: Histogram
  readonly stageSeconds: Histogram<'stage'>
  readonly gate: Counter<'outcome' | 'label'>
  readonly answers: Counter<'kind'>
  readonly leads: Counter<'route'>
  readonly effects: Counter<'kind' | 'outcome'>
  readonly ended: Counter<'kind'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'porchlight_' })
  const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counter<T> =>
    new Counter({ name: `porchlight_${name}`, help, labelNames, registers: [registry] })
  return {
    registry,
    turns: counter('turns_total', 'Turns by outcome', ['outcome']),
    turnSeconds: new Histogram({
      name: 'porchlight_turn_seconds',
      help: 'Seconds from a parsed activity to its commit',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
    stageSeconds: new Histogram({
      name: 'porchlight_stage_seconds',
      help: 'Seconds of each stage: turn, load, decide, commit, effect',
      labelNames: ['stage'],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
    gate: counter('gate_verdicts_total', 'Verdicts of the safety gate; escalations are referrals to crisis services', [
      'outcome',
      'label',
    ]),
    answers: counter('answers_total', 'Answers by kind', ['kind']),
    leads: counter('leads_opened_total', 'Leads opened by route', ['route']),
    ended: counter('retention_ended_total', 'What ended because of its age, by kind', ['kind']),
    effects: counter('effects_total', 'Stored effects carried out, by outcome', ['kind', 'outcome']),
  }
}
