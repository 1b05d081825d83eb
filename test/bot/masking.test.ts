/**
 * Numbers of a card are masked in what is stored and shown, from the first moment, on every channel.
 */
import { expect, test } from 'vitest'
import { upToCard } from './insurance-talk.ts'
import { startTestService, visit } from './service-in-test.ts'

test('a member number and a social security number come back masked, and stand so in the transcript', async () => {
  const service = await startTestService()
  const visitor = await visit(service.address, 'sample-002')
  for (const text of [...upToCard, 'type it']) await visitor.say(text)
  await visitor.post({ type: 'message', value: { 'member-id': 'W987654321' }, channelData: { clientActivityID: 'c1' } })
  await visitor.post({ type: 'message', text: 'my ssn is 219-09-9999' })
  const all = JSON.stringify(await visitor.activities())
  expect(all).toContain('•••• 4321')
  expect(all).toContain('"clientActivityID":"c1"')
  expect(all).not.toMatch(/W987654321|219-09-9999/)
  await service.stop()
})
