/**
 * Every frame hears its examples and stays silent on its counter-examples.
 */
import { describe, expect, test } from 'vitest'
import { readBackground } from '../../flows/safety/background.ts'
import { judge } from '../../flows/safety/gate.ts'
import { read } from '../../flows/safety/reading.ts'
import { isDangerLabel } from '../../flows/safety/verdict.ts'
import { applies, weigh } from '../../flows/safety/weigh.ts'
import { readFrames } from '../../scripts/compile-gate.ts'
import { withContext } from '../safety/author-lines.ts'

const CLEAR = 0.6
const frames = readFrames()

/** How strongly a frame is heard in an example: null when it is not heard at all. */
function heard(frame: string, example: string): number | null {
  const { text, context } = withContext(example)
  const background = readBackground(context)
  const reading = read(text)
  const hit = reading.hits.find(
    (found) => found.frame.id === frame && !found.denied && applies(found.frame, background),
  )
  if (hit === undefined) return null
  const signals = weigh(reading, background).filter((signal) => signal.frame === frame)
  return signals.reduce((most, { weight }) => Math.max(most, weight), 0)
}

test('every frame has examples that must fire and examples that must not', () => {
  const bare = frames.filter(({ fires = [], calm = [] }) => fires.length === 0 || calm.length === 0)
  expect(bare.map(({ frame }) => frame)).toEqual([])
})

describe.each(frames)('$frame', ({ frame, label, weight, fires = [], calm = [] }) => {
  test.each([...fires])('is heard in: %s', (example) => {
    expect(heard(frame, example)).not.toBeNull()
    const { text, context } = withContext(example)
    if (isDangerLabel(label) && weight >= 0.7) expect(judge(text, context).outcome).not.toBe('go-on')
  })

  test.each([...calm])('is not heard in: %s', (example) => {
    if (!isDangerLabel(label)) return expect(heard(frame, example)).toBeNull()
    expect(heard(frame, example) ?? 0).toBeLessThan(CLEAR)
    const { text, context } = withContext(example)
    expect(judge(text, context).outcome).not.toBe('escalate')
  })
})
