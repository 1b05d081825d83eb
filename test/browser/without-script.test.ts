/**
 * The chat in a browser that runs no script: the real service, plain forms, the same turn and gate.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWidget } from '../../bot/build-widget.ts'
import { AdmissionsError } from '../../bot/errors.ts'
import type { Service } from '../../bot/service.ts'
import { unavailableStore } from '../../bot/stores/unavailable.ts'
import { startTestService } from '../bot/service-in-test.ts'
import { startChromium } from './chromium.ts'

const pictures = process.env.PICTURES
let service: Service
let browser: Browser

beforeAll(async () => {
  await buildWidget()
  service = await startTestService()
  browser = await startChromium()
})
afterAll(async () => {
  await browser.close()
  await service.stop()
})

async function open(path = '/chat/inspira', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...options,
  })
  const page = await context.newPage()
  await page.goto((path.startsWith('http') ? '' : service.address) + path)
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await page.fill('#box', text)
  await page.click('.main')
}

const last = (page: Page) => page.locator('.words').last().innerText()

test('words are said and answered with their source, and nothing is kept in the browser or the address', async () => {
  const page = await open()
  await say(page, 'how long is the program?')
  await expect.poll(() => page.locator('.log').innerText()).toMatch(/six to eight weeks/)
  expect(await page.locator('.source blockquote').count()).toBeGreaterThan(0)
  expect(await page.context().cookies()).toEqual([])
  expect(page.url()).toBe(`${service.address}/chat/inspira#news`)
  await page.context().close()
})

test('danger brings the card where the page opens, its first number first in focus', async () => {
  const page = await open()
  await say(page, 'I want to kill myself')
  const first = page.locator('.crisis .first')
  expect(await first.getAttribute('href')).toBe('tel:988')
  expect(await first.evaluate((link) => link === document.activeElement)).toBe(true)
  expect(await first.evaluate((link) => link.getBoundingClientRect().top < innerHeight)).toBe(true)
  if (pictures) await page.screenshot({ path: `${pictures}/no-script-crisis-390-light.png` })
  await page.check('text=I am not sure')
  await page.click('.main')
  expect(await page.locator('.crisis .first').isVisible()).toBe(true)
  await page.context().close()
})

test('a page that is loaded again says nothing twice', async () => {
  const page = await open()
  await say(page, 'do you take medicaid?')
  await expect.poll(() => page.locator('.visitor').count()).toBe(1)
  await page.waitForLoadState()
  await page.reload()
  await expect.poll(() => page.locator('.visitor').count()).toBe(1)
  await page.context().close()
})

test('a whole way through fields: choices, numbers, dates and slips, in Spanish', { timeout: 40_000 }, async () => {
  const page = await open('/chat/inspira?lang=es', { locale: 'es-US' })
  await say(page, 'quiero revisar mi seguro')
  const kinds = new Set<string>()
  for (let turn = 0; turn < 30; turn += 1) {
    const field = page.locator('.field')
    if ((await field.count()) === 0) {
      if (turn > 3 && kinds.size > 2) break
      await say(page, 'Aetna')
      continue
    }
    const kind = await fill(page)
    kinds.add(kind)
    await page.click('.main')
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['radio', 'text']))
  expect(kinds.size).toBeGreaterThan(2)
  await page.context().close()
})

/** Fills the pending field with something that fits; gives back its kind. */
async function fill(page: Page): Promise<string> {
  const year = page.locator('[name=year]')
  if (await year.count()) {
    await page.fill('[name=month]', '3')
    await page.fill('[name=day]', '14')
    await year.fill('1985')
    return 'date'
  }
  const input = page.locator('[name=answer]').first()
  const kind = (await input.getAttribute('type')) ?? ''
  if (kind === 'radio' || kind === 'checkbox') await input.check()
  else await input.fill({ tel: '201 555 0123', email: 'sam@example.org', text: '34' }[kind] ?? 'Sam')
  return `${kind}${(await input.getAttribute('inputmode')) ?? ''}`.replace('texttext', 'text')
}

test('an empty form is answered in words, and what was typed stands in the box when it was not taken', async () => {
  const page = await open()
  await page.click('text=Show me where to start')
  await page.click('.main')
  expect(await page.locator('.mend').innerText()).toBe('Nothing was written or chosen yet.')
  await page
    .locator('[name=talk]')
    .first()
    .evaluate((field) => field.setAttribute('value', 'long.gone'))
  for (const field of await page.locator('[name=talk]').all())
    await field.evaluate((element) => element.setAttribute('value', 'long.gone'))
  await say(page, 'are you there')
  expect(await page.locator('.trouble').innerText()).toMatch(/start again/)
  expect(await page.inputValue('#box')).toBe('are you there')
  await page.click('.main')
  expect(await page.locator('.visitor .words').allInnerTexts()).toEqual(['are you there'])
  await page.context().close()
})

test('the language changes in the middle of the talk, and erasing leaves nothing', async () => {
  const page = await open()
  await say(page, 'hello')
  await page.click('button:text-is("ES")')
  expect(await page.locator('html').getAttribute('lang')).toBe('es')
  expect(await page.locator('nav a').first().innerText()).toMatch(/Llam/)
  await page.click('summary >> text=Qué pasa con mis palabras')
  await page.click('text=Borrar esta conversación ahora')
  expect(await page.locator('.trouble').innerText()).toMatch(/borrada/)
  expect(await page.locator('.visitor').count()).toBe(0)
  await page.context().close()
})

test('a form of another site and an unknown program get a page with the numbers, programs their error', async () => {
  const foreign = await fetch(`${service.address}/chat/inspira`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', accept: 'text/html' },
    body: new URLSearchParams({ text: 'zq9' }),
  })
  expect(foreign.status).toBe(403)
  expect(await foreign.text()).toMatch(/tel:988/)
  const page = await open('/chat/nobody')
  expect(await page.locator('.trouble').innerText()).toMatch(/no program/)
  expect(await page.locator('nav a').count()).toBeGreaterThan(1)
  const json = await fetch(`${service.address}/chat/nobody`)
  expect([json.status, (await json.json()).error.code]).toEqual([404, 'PROGRAM_NOT_FOUND'])
  await page.context().close()
})

test('without a store the card still comes, and what was typed is not lost', async () => {
  const broken = await startTestService({ store: unavailableStore(new AdmissionsError('STORE_UNAVAILABLE', 'gone')) })
  const page = await open(`${broken.address}/chat/inspira`)
  await say(page, 'I want to kill myself')
  expect(await page.locator('.crisis .first').getAttribute('href')).toBe('tel:988')
  expect(await page.inputValue('#box')).toBe('I want to kill myself')
  expect(await page.locator('.trouble').innerText()).toMatch(/didn’t reach us/)
  await page.context().close()
  await broken.stop()
})

test('axe finds nothing on the page without script, fresh, asked and in danger, in the light and in the dark', {
  timeout: 60_000,
}, async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open('/chat/inspira', { colorScheme })
    for (const words of colorScheme === 'light'
      ? ['', 'check my insurance', 'I want to end my life']
      : ['I want to die']) {
      if (words) await say(page, words)
      expect(await objections(await page.content(), colorScheme), words).toEqual([])
    }
    await page.context().close()
  }
})

/** The page runs no script of its own, so axe looks at the same page in a browser that does. */
async function objections(content: string, colorScheme: 'light' | 'dark'): Promise<unknown> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.route('**/chat/inspira', (route) =>
    route.fulfill({ body: content.replace(/<script type="module".*?<\/script>/, ''), contentType: 'text/html' }),
  )
  await page.goto(`${service.address}/chat/inspira`)
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({ runOnly: { type: 'tag', values } })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
  await context.close()
  return found
}

test('where the script never comes the form is there and works', async () => {
  const page = await open('/chat/inspira', { javaScriptEnabled: true })
  await page.route('**/widget/chat-*.js', (route) => route.abort())
  await page.reload()
  await page.fill('#box', 'how long is it?')
  await page.click('.main')
  await expect.poll(() => last(page)).toMatch(/\w/)
  expect(await page.locator('.log').innerText()).toMatch(/six to eight weeks/)
  await page.context().close()
})
