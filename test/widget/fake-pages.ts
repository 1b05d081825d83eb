/**
 * Serves the built widget and its pages as the real service must: templates filled, strict headers.
 */
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const DIST = join(import.meta.dirname, '../../dist/widget')
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self' ws://127.0.0.1:*",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ')

const HELP = '<a href="tel:988">Call 988</a><a href="sms:988">Text 988</a><a href="tel:911">Call 911</a>'
const AYUDA =
  '<a href="tel:988">Llame al 988</a><a href="sms:988?body=AYUDA">Texto al 988</a><a href="tel:911">Llame al 911</a>'

/** Fills a template as the real service does (widget/README.md). */
async function fill(page: string, url: URL): Promise<string> {
  const lang = url.searchParams.get('lang') === 'es' ? 'es' : 'en'
  const config = { program: 'inspira', name: 'Inspira IOP', region: 'US', exit: '/elsewhere', ...demoWords }
  const values: Readonly<Record<string, string>> = {
    name: 'Inspira IOP',
    program: 'inspira',
    exit: '/elsewhere',
    'help.en': HELP,
    'help.es': AYUDA,
  }
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  const template = await readFile(join(DIST, page), 'utf8')
  return template
    .replace('<html lang="en">', `<html lang="${lang}">`)
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

/** Answers page and asset requests; false when the path is none of them. */
export async function servePage(url: URL, response: ServerResponse): Promise<boolean> {
  if (url.pathname === '/elsewhere') return html(response, '<title>Weather</title><h1>Weather</h1>')
  if (url.pathname.startsWith('/chat/')) {
    response.setHeader('Content-Security-Policy', CSP)
    return html(response, await fill('chat.html', url))
  }
  if (url.pathname === '/') return html(response, await fill('demo.html', url))
  if (!url.pathname.startsWith('/widget/')) return false
  const headers = { 'Content-Type': TYPES[extname(url.pathname)] ?? 'text/plain', 'Access-Control-Allow-Origin': '*' }
  const file = await readFile(join(DIST, url.pathname.slice('/widget/'.length))).catch(() => null)
  response.writeHead(file ? 200 : 404, headers).end(file ?? '')
  return true
}

function html(response: ServerResponse, page: string): true {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(page)
  return true
}
