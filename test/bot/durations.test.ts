/**
 * Durations are told to Prometheus exactly as its library's own histogram tells them.
 */
import { Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createDurations } from '../../bot/operation/durations.ts'

const name = 'some_seconds'
const help = 'Seconds of something'
const buckets = [0.001, 0.01, 1]
const observed = [0, 0.001, 0.0011, 0.5, 1, 7]

test('with a label', async () => {
  const [ours, theirs] = [new Registry(), new Registry()]
  const durations = createDurations(ours, { name, help, buckets, label: 'stage' })
  const histogram = new Histogram({ name, help, buckets, labelNames: ['stage'], registers: [theirs] })
  for (const stage of ['turn', 'load'])
    for (const seconds of observed) {
      durations.of(stage).observe(seconds)
      histogram.labels(stage).observe(seconds)
    }
  expect(await ours.metrics()).toBe(await theirs.metrics())
})

test('without one, before anything was observed and after', async () => {
  const [ours, theirs] = [new Registry(), new Registry()]
  const duration = createDurations(ours, { name, help, buckets }).of('all')
  const histogram = new Histogram({ name, help, buckets, registers: [theirs] })
  expect(await ours.metrics()).toBe(await theirs.metrics())
  for (const seconds of observed) {
    duration.observe(seconds)
    histogram.observe(seconds)
  }
  expect(await ours.metrics()).toBe(await theirs.metrics())
})
