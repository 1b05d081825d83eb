/** The service under its own certificate, for a proxy that is not on the same host. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Service } from '../../bot/service.ts'
import { startTestService } from './service-in-test.ts'

const folder = mkdtempSync(join(tmpdir(), 'tls-'))
const files = { TLS_CERT_FILE: join(folder, 'tls.crt'), TLS_KEY_FILE: join(folder, 'tls.key') }
let service: Service
let ca: string

beforeAll(async () => {
  const how = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const out = ['-keyout', files.TLS_KEY_FILE, '-out', files.TLS_CERT_FILE]
  execFileSync('openssl', [...how, ...about, ...out], { stdio: 'ignore' })
  ca = readFileSync(files.TLS_CERT_FILE, 'utf8')
  service = await startTestService({}, files)
})
afterAll(() => service.stop())

function ask(
  path: string,
  { method = 'GET', bearer = '' } = {},
): Promise<{ status: number; body: Record<string, string>; comesBackBy: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = bearer === '' ? {} : { authorization: `Bearer ${bearer}` }
    const sent = request(new URL(path, service.address), { method, ca, headers }, async (response) => {
      const text = (await response.toArray()).join('')
      const comesBackBy = response.headers['strict-transport-security']
      resolve({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : {}, comesBackBy })
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('a talk begins over TLS at every door, and its stream is a wss address that opens', async () => {
  expect(service.address).toMatch(/^https:/)
  const asked = await Promise.all(Array.from({ length: 40 }, () => ask('/healthz')))
  expect(asked.every(({ status }) => status === 200)).toBe(true)
  expect(asked[0]?.comesBackBy).toBe('max-age=31536000; includeSubDomains')
  const { token = '' } = (await ask('/programs/inspira/token', { method: 'POST' })).body
  const { streamUrl = '' } = (await ask('/v3/directline/conversations', { method: 'POST', bearer: token })).body
  expect(streamUrl).toMatch(/^wss:/)
  const socket = new WebSocket(streamUrl, { ca })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.close()
})

test('in the clear nothing is said', async () => {
  await expect(fetch(service.address.replace('https', 'http'))).rejects.toThrow()
})

test('a certificate without its key stops the start, and one setting alone is named', async () => {
  const other = join(folder, 'other.key')
  writeFileSync(other, 'no key at all')
  await expect(startTestService({}, { ...files, TLS_KEY_FILE: other })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  })
  await expect(async () => startTestService({}, { TLS_KEY_FILE: other })).rejects.toThrow(/TLS_CERT_FILE/)
})
