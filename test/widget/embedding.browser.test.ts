import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launcherButton as button, chatOf, Stage, sendText } from './built-widget.ts'

let stage: Stage
let host: string

beforeAll(async () => {
  stage = await Stage.set()
  host = stage.host
})
afterAll(() => stage.clear())

test('a page’s own button can take the place of ours, and the focus goes back to it', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    const tag = document.querySelector('porchlight-chat') as HTMLElement & { toggle(): void }
    tag.setAttribute('launcher', 'none')
    const own = document.createElement('button')
    own.id = 'own'
    own.textContent = 'Talk to us'
    own.onclick = () => tag.toggle()
    document.body.append(own)
  })
  expect(await page.locator(button).isVisible()).toBe(false)
  await page.focus('#own')
  await page.keyboard.press('Enter')
  const frame = await chatOf(page)
  await expect.poll(() => frame.evaluate(() => document.activeElement?.id)).toBe('box')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('own')
  await page.context().close()
})

test('discreet, the button has no lamp and the chat is asked for no name', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => document.querySelector('porchlight-chat')?.setAttribute('discreet', ''))
  expect(await page.locator(button).evaluate((own) => getComputedStyle(own, '::before').display)).toBe('none')
  await page.click(button)
  expect((await chatOf(page)).url()).toContain('&discreet')
  await page.context().close()
})

test('on a phone the panel ends where the keyboard begins', async () => {
  const page = await stage.open(host, { viewport: { width: 390, height: 780 } })
  await page.click(button)
  await chatOf(page)
  await page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { value: 400 })
    visualViewport?.dispatchEvent(new Event('resize'))
  })
  const box = await page.locator('porchlight-chat iframe').boundingBox()
  expect([box?.y, box?.height]).toEqual([0, 400])
  await page.context().close()
})

test('a tag that a single-page site takes out and puts back works again', async () => {
  const page = await stage.open(host)
  await page.click(button)
  await chatOf(page)
  await page.evaluate(() => {
    const tag = document.querySelector('porchlight-chat') as HTMLElement
    history.pushState({}, '', '/host/other')
    tag.remove()
    document.body.append(tag)
  })
  expect(await page.locator(button).getAttribute('aria-expanded')).toBe('false')
  await page.click(button)
  await chatOf(page)
  expect(await page.locator('porchlight-chat iframe').isVisible()).toBe(true)
  await page.context().close()
})

test('a base address of the page changes nothing of where the chat comes from', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    const base = document.createElement('base')
    base.href = 'https://elsewhere.example/'
    document.head.append(base)
  })
  await page.click(button)
  expect((await chatOf(page)).url().startsWith(stage.service.base)).toBe(true)
  await page.context().close()
})

test('danger changes neither the frame’s size nor what the page hears', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(globalThis, { heard })
    addEventListener('message', (event) => heard.push(event.data))
  })
  await page.click(button)
  const frame = await chatOf(page)
  const before = await page.locator('porchlight-chat iframe').boundingBox()
  await sendText(frame as unknown as Page, 'I want to end it')
  await frame.locator('.crisis .first').waitFor()
  expect(await page.locator('porchlight-chat iframe').boundingBox()).toEqual(before)
  expect(await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)).toEqual(['porchlight:ready'])
  await page.context().close()
})

test('what lies behind the open chat is reached by no key', async () => {
  const page = await stage.open(host)
  await page.click(button)
  await chatOf(page)
  expect(await page.locator('porchlight-chat a').isVisible()).toBe(false)
  expect(await page.locator('porchlight-chat button', { hasText: '×' }).isVisible()).toBe(false)
  await page.context().close()
})

test('where a service worker of the page answers everything with a page of its own, the links stay', async () => {
  const page = await stage.open('/elsewhere')
  const worker =
    "addEventListener('fetch',(e)=>{if(e.request.mode!='navigate')e.respondWith(new Response('<h1>Offline</h1>',{headers:{'Content-Type':'text/html'}}))})"
  await page.context().route('**/sw.js', (route) => route.fulfill({ contentType: 'text/javascript', body: worker }))
  await page.evaluate(() =>
    navigator.serviceWorker.register('/sw.js').then(async () => void (await navigator.serviceWorker.ready)),
  )
  await page.goto(`${stage.service.base}/host?from=${stage.service.base}`)
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  expect(await page.evaluate(() => fetch('/widget/porchlight-chat.js').then((it) => it.text()))).toContain('Offline')
  expect(await page.evaluate(() => customElements.get('porchlight-chat') === undefined)).toBe(true)
  expect(await page.locator('porchlight-chat a').isVisible()).toBe(true)
  stage.errors.splice(0)
  await page.context().close()
})
