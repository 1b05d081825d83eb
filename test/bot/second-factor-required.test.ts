import { expect, test } from 'vitest'
import { TestDesk } from './desk-in-test.ts'

test('where a second factor is asked of everybody, nothing opens before it is set up', async () => {
  const desk = await TestDesk.open({ SECOND_FACTOR: 'required' })
  const ana = await desk.as('ana')
  expect((await ana('session')).body).toMatchObject({ mustEnrol: true })
  for (const path of ['leads', 'events', 'figures', 'undelivered']) {
    expect([path, (await ana(path)).body.error?.code]).toEqual([path, 'SECOND_FACTOR_REQUIRED'])
  }
  expect((await ana('second-factor', { method: 'POST' })).status).toBe(200)
  await desk.close()
})
