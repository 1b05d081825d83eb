/**
 * A page in a language that there is not here: English, and a word about it; never in silence.
 */
import { expect, test } from 'vitest'
import { startTestService, visit } from './service-in-test.ts'

test.each([
  ['fr-FR', /I can write in English or Spanish/],
  ['zh', /I can write in English or Spanish/],
])('who comes with %s is told which languages there are', async (locale, words) => {
  const service = await startTestService()
  const talk = await visit(service.address, 'inspira', locale)
  await talk.post({ type: 'event', name: 'porchlight/open', locale })
  expect((await talk.activities()).map((one) => one.text ?? '').join('\n')).toMatch(words)
  await service.stop()
})

test.each(['en', 'en-GB', 'es', 'es-MX'])('who comes with %s is not', async (locale) => {
  const service = await startTestService()
  const talk = await visit(service.address, 'inspira', locale)
  await talk.post({ type: 'event', name: 'porchlight/open', locale })
  expect((await talk.activities()).map((one) => one.text ?? '').join('\n')).not.toMatch(
    /English or Spanish|inglés o en/,
  )
  await service.stop()
})
