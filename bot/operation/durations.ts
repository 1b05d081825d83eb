/**
 * Durations in buckets, as Prometheus reads them, counted without a look at labels for each: a turn has five.
 *
 * The library's own histogram checks and hashes the labels of every observation. Here each label's counts are
 * found once, and told in the library's form when they are asked for.
 */
import type { Metric, Registry } from 'prom-client'

/** Counts durations of one kind. */
export interface Duration {
  observe(seconds: number): void
}

export interface Durations {
  of(label: string): Duration
}

interface Described {
  readonly name: string
  readonly help: string
  /** Upper bounds in seconds, ascending. */
  readonly buckets: readonly number[]
  /** What the label is called; absent = all in one. */
  readonly label?: string
}

interface Counts {
  /** How many fell into each bucket; the last is for those beyond all bounds. */
  readonly each: Float64Array
  sum: number
}

export function createDurations(registry: Registry, described: Described): Durations {
  const counts = new Map<string, Counts & Duration>()
  const { name, help } = described
  registry.registerMetric({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    async get() {
      const values = [...counts].flatMap(([label, one]) => valuesOf(described, label, one))
      return { name, help, type: 'histogram', aggregator: 'sum', values }
    },
    reset: () => counts.clear(),
  } as unknown as Metric)
  return {
    of(label) {
      const known = counts.get(label) ?? countsFor(described.buckets)
      counts.set(label, known)
      return known
    },
  }
}

function countsFor(buckets: readonly number[]): Counts & Duration {
  const each = new Float64Array(buckets.length + 1)
  return {
    each,
    sum: 0,
    observe(seconds) {
      let bucket = 0
      while (bucket < buckets.length && seconds > (buckets[bucket] as number)) bucket += 1
      each[bucket] = (each[bucket] as number) + 1
      this.sum += seconds
    },
  }
}

/** A bucket counts all that are no longer than its bound. */
function valuesOf({ name, buckets, label: labelName }: Described, label: string, { each, sum }: Counts): object[] {
  const labels = labelName === undefined ? {} : { [labelName]: label }
  let count = 0
  const bounds = [...buckets, '+Inf'].map((le, index) => {
    count += each[index] as number
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count }
  })
  return [
    ...bounds,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
