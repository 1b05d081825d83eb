/**
 * How a provider of OpenID Connect asked somebody is read from what it states, and what it does not state counts as not asked.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestDesk } from './desk-in-test.ts'
import { browse, openProvider, type ProviderInTest } from './open-id-provider.ts'

const CALLBACK = 'https://desk.example/desk/api/open-id/callback'
let provider: ProviderInTest
beforeAll(async () => {
  provider = await openProvider({ id: 'porchlight', secret: 'secret-of-the-client', redirectUri: CALLBACK })
  provider.subject = 'subject-of-chris'
})
afterAll(() => provider.close())

async function endOf(settings: Record<string, string>, asked: ProviderInTest['asked']): Promise<string> {
  const desk = await TestDesk.open({
    PUBLIC_URL: 'https://desk.example',
    OPENID_ISSUER: provider.issuer,
    OPENID_CLIENT_ID: 'porchlight',
    OPENID_CLIENT_SECRET: 'secret-of-the-client',
    ...settings,
  })
  await desk.service.house.store.changeStaff('chris', { openId: `${provider.issuer} ${provider.subject}` })
  provider.asked = asked
  const cookies = new Map<string, string>()
  const back = await browse(`${desk.api}/open-id/start`, cookies, (url) => url.href.startsWith(CALLBACK))
  const end = await browse(
    `${desk.api}/open-id/callback${back.search}`,
    cookies,
    ({ pathname }) => pathname === '/desk',
  )
  await desk.close()
  return end.search
}

const required = { SECOND_FACTOR: 'required' }

test.each([
  ['a password alone, where nothing is asked for', {}, { amr: ['pwd'] }, ''],
  ['a password alone', required, { amr: ['pwd'] }, '?sign-in=weak'],
  ['two passwords', required, { amr: ['pwd', 'pin'] }, '?sign-in=weak'],
  ['nothing said', required, {}, '?sign-in=weak'],
  ['several factors, said so', required, { amr: ['mfa'] }, ''],
  ['a password and a key', required, { amr: ['pwd', 'hwk'] }, ''],
  ['nothing said, its word taken by name', { ...required, OPENID_ACR: 'trusted' }, {}, ''],
  ['a class that is asked for', { OPENID_ACR: 'gold,platinum' }, { acr: 'gold' }, ''],
  ['another class', { OPENID_ACR: 'gold' }, { acr: 'silver', amr: ['mfa'] }, '?sign-in=weak'],
] as const)('%s', async (_, settings, asked, end) => {
  expect(await endOf(settings, asked as ProviderInTest['asked'])).toBe(end)
})
