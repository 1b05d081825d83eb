import { get } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWidget } from '../../bot/build-widget.ts'
import type { Service } from '../../bot/service.ts'
import { startTestService } from './service-in-test.ts'

let service: Service

beforeAll(async () => {
  await buildWidget()
  service = await startTestService()
})
afterAll(() => service.stop())

/** A request whose answer is left as it came. */
function raw(path: string, encoding: string): Promise<{ headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(service.address + path, { headers: { 'accept-encoding': encoding } }, async (response) => {
      resolve({ headers: response.headers, body: Buffer.concat(await response.toArray()) })
    }).on('error', reject)
  })
}

test('the tag comes packed where the browser takes it so, and the same without', async () => {
  const packed = await raw('/widget/porchlight-chat.js', 'gzip, br')
  const plain = await raw('/widget/porchlight-chat.js', 'identity')
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    vary: 'Accept-Encoding',
    'access-control-allow-origin': '*',
  })
  expect(packed.body.length).toBeLessThanOrEqual(1_500)
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(brotliDecompressSync(packed.body)).toEqual(plain.body)
  const gzip = await raw('/widget/porchlight-chat.js', 'gzip')
  expect(gzip.headers['content-encoding']).toBe('gzip')
})

test('the chat’s page may do nothing with a device, is kept by no cache and is held by the program’s sites only', async () => {
  const { headers } = await raw('/chat/inspira', 'identity')
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
  expect(headers['permissions-policy']).toMatch(/camera=\(\).*microphone=\(\).*geolocation=\(\)/)
  expect(headers['content-security-policy']).toMatch(/frame-ancestors 'self' https:\/\/www\.inspirahealthnetwork\.org/)
  expect(headers['set-cookie']).toBeUndefined()
})

test('asked discreetly, the page does not say whose it is in its header', async () => {
  const { body } = await raw('/chat/inspira?discreet', 'identity')
  expect(String(body)).toMatch(/<h1>Messages<small>/)
  expect(String(body)).toMatch(/<title>Chat<\/title>/)
})
