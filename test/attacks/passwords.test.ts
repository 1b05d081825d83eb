/** No password that is guessed first, put together from such, or known from a breach becomes a password here. */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { isCommonPassword } from '../../bot/console/common-passwords.ts'
import { hashPassword } from '../../bot/console/passwords.ts'
import { refuseBreached } from '../../bot/providers/breached-passwords.ts'
import { TestDesk } from '../bot/desk-in-test.ts'

const KNOWN = 'lanternfish was leaked'
let asked: string[]
let answers: number
let ranges: Server
let url: string
beforeAll(async () => {
  asked = []
  answers = 200
  const hash = createHash('sha1').update(KNOWN).digest('hex').toUpperCase()
  const padded = createHash('sha1').update('mi perro come peras').digest('hex').toUpperCase()
  ranges = createServer((request, response) => {
    asked.push(request.url ?? '')
    const prefix = request.url?.slice(-5)
    const lines = [hash, padded].filter((one) => one.startsWith(prefix ?? '-'))
    const counted = lines.map((one) => `${one.slice(5)}:${one === hash ? 7 : 0}`)
    response.writeHead(answers).end(['0123456789ABCDEF0123456789ABCDEF012:3', ...counted].join('\r\n'))
  })
  await new Promise<void>((resolve) => ranges.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(ranges.address() as AddressInfo).port}/range`
})
afterAll(() => ranges.close())

test.each(['Password12345!', 'P@ssw0rd1234', 'iloveyou1234', 'michael19851985', 'liverpool2024!', 'trustno1trustno1'])(
  '%s is one of those that are tried first',
  async (password) => {
    expect(await isCommonPassword(password, 'dana')).toBe(true)
    await expect(hashPassword(password, 'dana')).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  },
)

test.each(['a long passphrase', 'correct horse battery', 'mi perro come peras', 'T7#kq!vR2m@z', 'xxxKq7 ferry lamp'])(
  '%s may be taken',
  async (password) => {
    expect(await isCommonPassword(password, 'dana')).toBe(false)
  },
)

test('only five signs of a hash leave, a known password is refused, padding and an unknown one are not', async () => {
  const service = { url, allowInside: ['127.0.0.1'] }
  await expect(refuseBreached(service, KNOWN)).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  await refuseBreached(service, 'mi perro come peras')
  await refuseBreached(service, 'nobody ever had this one')
  expect(asked.every((one) => /^\/range\/[0-9A-F]{5}$/.test(one))).toBe(true)
  answers = 503
  await expect(refuseBreached(service, 'nobody ever had this one')).rejects.toMatchObject({ code: 'ServiceError' })
  answers = 200
  await refuseBreached(null, KNOWN)
})

test('on the desk a password from a breach is refused, and the old one stays', async () => {
  const desk = await TestDesk.open({ BREACHED_PASSWORDS_URL: url })
  try {
    const ana = await desk.as('ana')
    const change = (next: string) => ana('password', { body: { current: 'a long passphrase', next } })
    expect((await change(KNOWN)).body.error.message).toContain('breach')
    expect((await desk.signIn('ana')).status).toBe(200)
  } finally {
    await desk.close()
  }
})

test('in production the service of breaches is asked over TLS', () => {
  const settings = {
    NODE_ENV: 'production',
    KEY: Buffer.alloc(32, 1).toString('base64'),
    DIRECT_LINE_SECRET: 'x'.repeat(20),
  }
  expect(() => readConfig({ ...settings, BREACHED_PASSWORDS_URL: 'http://ranges.example' })).toThrow(
    /BREACHED_PASSWORDS_URL/,
  )
})
