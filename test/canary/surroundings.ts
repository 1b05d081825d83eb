/**
 * Everything around a service that words could reach: who it writes to, what stands before it and what keeps its data.
 *
 * Real ones where there are: a mail server, a caching proxy with its access log (nginx), Redis with its files.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { freePort } from '../contracts/redis-server.ts'
import { MARK } from './night.ts'

export interface Surroundings {
  readonly folder: string
  /** What came in at each path, with its headers. */
  readonly taken: ReadonlyMap<string, string>
  /** Settings under which the service tells all of them. */
  readonly settings: Record<string, string>
  /** Puts a caching proxy before an address. */
  proxy(target: string): Promise<string>
  end(): Promise<void>
}

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

export async function openSurroundings(): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-canary-'))
  const taken = new Map<string, string>()
  const keep = (place: string, text: string): void => void taken.set(place, (taken.get(place) ?? '') + text)
  const outside = await listenTo(keep)
  const mail = await mailServer(keep)
  const children: ChildProcess[] = []
  return {
    folder,
    taken,
    settings: settingsFor(outside.address, mail.port),
    proxy: (target) => cachingProxy(folder, target, children),
    async end() {
      for (const child of children) child.kill('SIGTERM')
      outside.close()
      mail.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function settingsFor(address: string, mailPort: number): Record<string, string> {
  return {
    ON_CALL_WEBHOOK: `${address}/on-call`,
    ON_CALL_WEBHOOK_SECRET: secret,
    WEBHOOK_URL: `${address}/subscribers`,
    WEBHOOK_SECRETS: secret,
    HUB_URL: `${address}/hub`,
    HUB_SECRETS: secret,
    FHIR_URL: `${address}/fhir`,
    CRM: 'salesforce',
    CRM_URL: `${address}/crm`,
    CRM_TOKEN: 'token',
    OPENAI_MODEL: 'local',
    OPENAI_BASE_URL: `${address}/model`,
    BOT_APP_ID: '00000000-0000-4000-8000-000000000001',
    BOT_APP_PASSWORD: 'not-a-real-password',
    PUBLIC_URL: 'https://desk.example',
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    SMTP_FROM: 'desk@example.org',
    ON_CALL_EMAIL: 'night@example.org',
    LEADS_EMAIL: 'team@example.org',
    MANAGER_EMAIL: 'boss@example.org',
    OTEL_EXPORTER_OTLP_ENDPOINT: `${address}/otlp`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${address}/logs`,
  }
}

/** Takes whatever comes; the record system answers as one that took it. */
async function listenTo(keep: (place: string, text: string) => void) {
  const server = createServer(async (request, response) => {
    const place = request.url?.split('/')[1] ?? ''
    const body = await buffer(request)
    keep(place, `${request.method} ${request.url} ${JSON.stringify(request.headers)}\n${body.toString('latin1')}\n`)
    if (place === 'model') return answerAsModel(body, response)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { address: `http://127.0.0.1:${port}`, close }
}

/** A model that says words back which no fact holds, piece by piece; it is never sure of danger. */
function answerAsModel(asked: Buffer, response: ServerResponse): void {
  if (asked.includes('"name":"danger"')) return void response.writeHead(503).end()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const said = `{"sentences":[{"text":"${MARK} is what you asked for.","facts":["inspira.session-length"]}]}`
  for (const content of said.match(/.{1,12}/g) ?? [])
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`)
  response.end('data: [DONE]\n\n')
}

async function mailServer(keep: (place: string, text: string) => void) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      stream.on('data', (chunk: Buffer) => keep('mail', chunk.toString('latin1')))
      stream.on('end', () => done())
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close(() => undefined) }
}

/** Keeps every answer that its headers let it keep, and writes down every address that was asked for. */
async function cachingProxy(folder: string, target: string, children: ChildProcess[]): Promise<string> {
  const port = await freePort()
  for (const name of ['cache', 'temp']) mkdirSync(join(folder, name), { recursive: true })
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(folder, 'temp', kind)};`)
    .join(' ')
  const file = join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; ${process.getuid?.() === 0 ? 'user root;' : ''} pid ${join(folder, 'nginx.pid')}; events {}
     http { ${temporary} access_log ${join(folder, 'access.log')};
       proxy_cache_path ${join(folder, 'cache')} keys_zone=all:1m;
       server { listen 127.0.0.1:${port};
         location / { proxy_pass ${target}; proxy_http_version 1.1; proxy_cache all; proxy_cache_methods GET HEAD POST;
           proxy_cache_key $request_method$request_uri; proxy_cache_valid any 10m; proxy_set_header Host $host; } } }`,
  )
  children.push(spawn('/usr/sbin/nginx', ['-p', folder, '-c', file, '-e', join(folder, 'error.log')]))
  const address = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(`${address}/healthz`).catch(() => null)) return address
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('the proxy does not answer')
}
