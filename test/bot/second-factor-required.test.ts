import { expect, test } from 'vitest'
import { PASSWORD, TestDesk } from './desk-in-test.ts'

test('where a second factor is asked of everybody, nothing opens before it is set up', async () => {
  const desk = await TestDesk.open({ SECOND_FACTOR: 'required' })
  const ana = await desk.as('ana')
  expect((await ana('session')).body).toMatchObject({ mustEnrol: true })
  for (const path of ['leads', 'events', 'figures', 'undelivered']) {
    expect([path, (await ana(path)).body.error?.code]).toEqual([path, 'SECOND_FACTOR_REQUIRED'])
  }
  expect((await ana('second-factor', { body: { password: PASSWORD } })).status).toBe(200)
  await desk.close()
})

test('an account of the sign-in provider does not go around it by its password', async () => {
  const desk = await TestDesk.open({ SECOND_FACTOR: 'required' })
  const { store } = desk.service.house
  const ana = await store.staff('ana')
  if (!ana) throw new Error('no account of Ana')
  await store.putStaff({ ...ana, openId: 'subject-of-ana' })
  const refused = await desk.signIn('ana')
  expect([refused.status, refused.body.error.code]).toEqual([401, 'SIGN_IN_FAILED'])
  expect(refused.headers.get('set-cookie') ?? '').not.toMatch(/porchlight-desk=[\w-]{43}/)
  await desk.close()
})

test('whoever holds a session cannot guess a code: after five the name waits', async () => {
  const desk = await TestDesk.open()
  const ana = await desk.as('ana')
  await ana('second-factor', { body: { password: PASSWORD } })
  const guess = (number: number) => ana('second-factor/confirm', { body: { code: String(100_000 + number) } })
  const answers = await Promise.all(Array.from({ length: 12 }, (_, number) => guess(number)))
  const codes = answers.map((answer) => answer.body.error.code)
  expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(5)
  expect(codes.filter((code) => code === 'SIGN_IN_LOCKED')).toHaveLength(7)
  const off = await ana('second-factor', { method: 'DELETE', body: { password: PASSWORD, code: '123456' } })
  expect([off.status, off.body.error.code]).toEqual([429, 'SIGN_IN_LOCKED'])
  expect((await desk.signIn('ana')).body.error.code).toBe('SIGN_IN_LOCKED')
  await desk.close()
})
