/**
 * Serves the built widget and its pages as the real service must: templates filled, strict headers.
 */
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self' ws://127.0.0.1:*",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html porchlight',
].join('; ')

const HELP = '<a href="tel:988">Call 988</a><a href="sms:988">Text 988</a><a href="tel:911">911</a>'
const AYUDA = '<a href="tel:988">Llamar 988</a><a href="sms:988?body=AYUDA">Texto 988</a><a href="tel:911">911</a>'

/** What a script needs to be a worker of an isolated page, and what it may do there. */
const WORKER = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Content-Security-Policy': "default-src 'none'; script-src 'self'",
}

/** Fills a template as the real service does (widget/README.md). */
async function fill(file: string, url: URL): Promise<string> {
  const lang = url.searchParams.get('lang') === 'es' ? 'es' : 'en'
  const config = { program: 'inspira', name: 'Inspira IOP', region: 'US', exit: '/elsewhere', ...demoWords }
  const values: Readonly<Record<string, string>> = {
    name: 'Inspira IOP',
    program: 'inspira',
    exit: '/elsewhere',
    plain: '<form class="late"></form>',
    'help.en': HELP,
    'help.es': AYUDA,
  }
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  const template = await readFile(file, 'utf8')
  return template
    .replace('<html lang="en">', `<html lang="${lang}">`)
    .replace('<!--{{brand}}-->', '')
    .replace('<!--{{config}}-->', () => `<script type="application/json" id="config">${json}</script>`)
    .replace(/\{\{([\w.]+)\}\}/g, (_, name: string) => values[name] ?? '')
}

const demoWords = {
  sections: [
    {
      heading: 'What is the Intensive Outpatient Program?',
      text: [
        'Inspira’s Intensive Outpatient Program (IOP) is a mental health and substance use program that offers a combination of psychotherapy and psycho-educational groups in a safe, caring environment.',
      ],
    },
    {
      heading: 'What to Expect in the Intensive Outpatient Program',
      text: [
        'The IOP is covered by most insurance plans and you can participate in-person, virtually or in a hybrid environment.',
      ],
    },
  ],
}

/** Answers page and asset requests from a build; false when the path is none of them. */
export async function servePage(dist: string, url: URL, response: ServerResponse): Promise<boolean> {
  if (url.pathname === '/elsewhere') return html(response, '<title>Weather</title><h1>Weather</h1>')
  if (url.pathname === '/host') {
    const from = url.searchParams.get('from') ?? ''
    if (url.searchParams.has('strict')) response.setHeader('Content-Security-Policy', strictPolicy(from))
    return html(response, hostPage(url))
  }
  if (url.pathname.startsWith('/chat/')) {
    const policy = url.searchParams.has('no-workers') ? CSP.replace("worker-src 'self'", "worker-src 'none'") : CSP
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    return html(response, await fill(join(dist, 'chat.html'), url))
  }
  if (url.pathname === '/') return html(response, await fill(join(dist, 'demo.html'), url))
  if (!url.pathname.startsWith('/widget/')) return false
  const headers = {
    'Content-Type': TYPES[extname(url.pathname)] ?? 'text/plain',
    'Access-Control-Allow-Origin': '*',
    ...WORKER,
  }
  const file = await readFile(join(dist, url.pathname.slice('/widget/'.length))).catch(() => null)
  response.writeHead(file ? 200 : 404, headers).end(file ?? '')
  return true
}

/** A provider's page on another origin than the chat: `?from=` says where the tag's script comes from. */
function hostPage(url: URL): string {
  const from = url.searchParams.get('from') ?? ''
  const style = url.searchParams.has('hostile') ? HOSTILE : ''
  return `<!doctype html><html lang="en"><title>Host</title><style>${style}</style>
    <script type="module" crossorigin src="${from}/widget/porchlight-chat.js"></script>
    <h1>A provider</h1><porchlight-chat program="inspira" exit="/elsewhere"><a href="tel:988">In danger? Call 988</a></porchlight-chat>`
}

/** The strictest policy under which a page can hold the tag: one script, one frame, nothing inline, no trusted type. */
function strictPolicy(from: string): string {
  return `default-src 'none'; script-src ${from}; frame-src ${from}; require-trusted-types-for 'script'; trusted-types 'none'`
}

const HOSTILE = '*,*::before{all:unset!important;color:red!important;font:30px serif!important;opacity:.1!important}'

function html(response: ServerResponse, page: string): true {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(page)
  return true
}
