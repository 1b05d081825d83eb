/**
 * A site to measure the widget on beside its peers: `node test/bench/widget-site.ts PEERS [PORT]`.
 *
 * PEERS is a folder with `deep-chat/` and `webchat/` (their packages' own bundles). Our chat is the real
 * service in memory behind the same address, so that a measuring script can look into its frame; a
 * peer's bundle goes out as tightly packed as ours. `?csp=strict|tt`, `?hostile=1`, `?rtl=1` as pages may be.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { join, normalize } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { startTestService } from '../bot/service-in-test.ts'
import { hostileCss, pages } from './widget-site-pages.ts'

const [peers = '.', port = '48311'] = process.argv.slice(2)
const service = await startTestService()
const { hostname, port: servicePort } = new URL(service.address)
const packed = new Map<string, Buffer>()

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://site')
  const page = /^\/pages\/([\w-]+)\.html$/.exec(url.pathname)?.[1]
  if (page !== undefined) return sendPage(response, page, url)
  if (url.pathname === '/hostile.css') return send(response, 'text/css', hostileCss)
  if (url.pathname === '/mock/chat')
    return void setTimeout(() => send(response, 'application/json', '{"text":"Thanks, got it."}'), 60)
  if (url.pathname.startsWith('/peers/')) return sendPeer(response, url.pathname.slice('/peers/'.length))
  pass(request, response)
})
server.on('upgrade', (request, socket, head) => {
  const through = connect(Number(servicePort), hostname, () => {
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`)
    through.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
    through.write(head)
    socket.pipe(through).pipe(socket)
  })
  for (const end of [through, socket])
    end.on('error', () => {
      through.destroy()
      socket.destroy()
    })
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}/pages/ours.html\n`))

function sendPage(response: ServerResponse, name: string, url: URL): void {
  const page = pages[name]
  if (page === undefined) return void response.writeHead(404).end()
  const nonce = randomBytes(12).toString('base64')
  const policy = url.searchParams.get('csp')
  if (policy !== null) {
    const trusted = policy === 'tt' ? "; require-trusted-types-for 'script'" : ''
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:*; frame-src 'self'; media-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'${trusted}`,
    )
  }
  const hostile = url.searchParams.get('hostile') ? '<link rel="stylesheet" href="/hostile.css">' : ''
  const html = page.replaceAll('__NONCE__', nonce).replace('</head>', `${hostile}</head>`)
  send(
    response,
    'text/html; charset=utf-8',
    url.searchParams.get('rtl') ? html.replace('<html lang="en">', '<html lang="ar" dir="rtl">') : html,
  )
}

function sendPeer(response: ServerResponse, path: string): void {
  const file = join(peers, normalize(path))
  if (path.includes('..') || !existsSync(file)) return void response.writeHead(404).end()
  const content = packed.get(file) ?? brotliCompressSync(readFileSync(file))
  packed.set(file, content)
  response.writeHead(200, {
    'Content-Type': 'text/javascript',
    'Content-Encoding': 'br',
    'Cache-Control': 'max-age=3600',
  })
  response.end(content)
}

function send(response: ServerResponse, type: string, body: string): void {
  response.setHeader('Content-Type', type).setHeader('Cache-Control', 'no-store').end(body)
}

/** Everything else is the service's. */
function pass(request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = request
  const through = ask({ hostname, port: servicePort, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  through.on('error', () => response.destroy())
  request.pipe(through)
}
