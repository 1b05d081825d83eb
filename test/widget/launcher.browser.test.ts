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

test('the tag’s links show until it starts; then its button opens a frame from the script’s origin', async () => {
  const page = await stage.open(host)
  await page.click(button)
  const frame = await chatOf(page)
  expect(new URL(frame.url()).origin).toBe(stage.service.base)
  expect(new URL(page.url()).origin).not.toBe(stage.service.base)
  await expect.poll(() => frame.evaluate(() => document.activeElement?.id)).toBe('box')
  await page.context().close()
})

test('Escape in the chat closes the panel and gives the focus back', async () => {
  const page = await stage.open(host)
  await page.focus(button)
  await page.keyboard.press('Enter')
  const frame = await chatOf(page)
  await expect.poll(() => frame.evaluate(() => document.activeElement?.id)).toBe('box')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('porchlight-chat iframe').isVisible()).toBe(false)
  const focus = () =>
    page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-expanded'))
  await expect.poll(focus).toBe('false')
  await page.context().close()
})

test('the page hears that it is ready, opened and closed, and nothing else', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(globalThis, { heard })
    const tag = document.querySelector('porchlight-chat') as HTMLElement
    for (const name of ['ready', 'open', 'close', 'error']) {
      tag.addEventListener(name, (event) => heard.push([event.type, 'detail' in event]))
    }
    addEventListener('message', (event) => heard.push(event.data))
    ;(tag as unknown as { open(): void }).open()
  })
  const frame = await chatOf(page)
  await sendText(frame as unknown as Page, 'a secret')
  await frame.locator('.words', { hasText: 'You said: a secret' }).waitFor()
  await frame.click('#close')
  await expect.poll(() => page.locator('porchlight-chat iframe').isVisible()).toBe(false)
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)
  expect(heard.filter((one) => typeof one === 'string')).toEqual(['porchlight:ready', 'porchlight:close'])
  expect(heard.filter((one) => typeof one !== 'string')).toEqual([
    ['open', false],
    ['ready', false],
    ['close', false],
  ])
  await page.context().close()
})

test('forged words from the page or another frame do nothing', async () => {
  const page = await stage.open(host)
  await page.click(button)
  await chatOf(page)
  await page.evaluate(() => {
    for (const word of ['porchlight:close', 'porchlight:exit']) window.postMessage(word, '*')
  })
  await page.waitForTimeout(200)
  expect(await page.locator('porchlight-chat iframe').isVisible()).toBe(true)
  expect(page.url()).toContain('/host')
  await page.context().close()
})

test('a recorder on the page sees no key, no value and no word of the chat', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    for (const type of ['keydown', 'keyup', 'input', 'change', 'paste', 'click', 'submit', 'message'])
      addEventListener(
        type,
        (event) => {
          const { key, data } = event as KeyboardEvent & { data?: unknown }
          const value = (event.composedPath()[0] as { value?: string }).value
          seen.push(`${type} ${key ?? ''} ${String(data ?? '')} ${value ?? ''}`)
        },
        true,
      )
  })
  await page.click(button)
  const frame = await chatOf(page)
  await expect.poll(() => frame.evaluate(() => document.activeElement?.id)).toBe('box')
  await page.keyboard.type('private 123')
  await page.keyboard.press('Enter')
  await frame.locator('.words', { hasText: 'You said: private 123' }).waitFor()
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  expect(seen.filter((one) => !/^(click|message) {2}(porchlight:ready)? ?$/.test(one))).toEqual([])
  const text = await page.evaluate(() => document.documentElement.outerHTML)
  expect(text).not.toContain('private')
  await page.context().close()
})

test('leaving takes the whole page to the neutral one', async () => {
  const page = await stage.open(host)
  await page.click(button)
  const frame = await chatOf(page)
  await frame.click('#leave')
  await page.waitForURL('**/elsewhere')
  await page.context().close()
})

test('inserted late, twice and moved, each tag has one button and one frame', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    const late = document.createElement('porchlight-chat')
    late.setAttribute('program', 'inspira')
    document.body.append(late)
    document.body.prepend(late)
    const script = document.createElement('script')
    script.type = 'module'
    script.src = `${(document.querySelector('script[src]') as HTMLScriptElement).src}?again`
    document.head.append(script)
  })
  await page.waitForTimeout(300)
  expect(await page.locator(button).count()).toBe(2)
  await page.locator(button).first().click({ force: true })
  await chatOf(page)
  expect(stage.errors.splice(0)).toEqual([])
  await page.context().close()
})

test('hostile styles of the page change nothing of the button', async () => {
  const look = async (path: string) => {
    const page = await stage.open(path)
    const style = await page.locator(button).evaluate((element) => {
      const { display, color, fontSize, fontFamily, opacity, backgroundColor, height } = getComputedStyle(element)
      return {
        display,
        color,
        fontSize,
        fontFamily,
        opacity,
        backgroundColor,
        height,
        shown: element.checkVisibility({ opacityProperty: true }),
      }
    })
    await page.context().close()
    return style
  }
  expect(await look(`${host}&hostile=1`)).toEqual(await look(host))
})

test('the strictest policy of a page changes neither looks nor work, and reports nothing', async () => {
  const page = await stage.open(`${host}&strict=1`)
  expect(await page.locator(button).evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
    'rgb(39, 64, 107)',
  )
  await page.click(button)
  await chatOf(page)
  expect(stage.errors.splice(0).filter((error) => !error.includes('inline style'))).toEqual([])
  await page.context().close()
})

test('on a page that is written from right to left the button stands on the left', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  const box = await page.locator(button).boundingBox()
  expect(box?.x).toBeLessThan(100)
  await page.context().close()
})

test('a frame that never comes leaves the links on screen and a way to close', async () => {
  const page = await stage.open(host)
  await page.route('**/chat/**', (route) => route.abort())
  await page.click(button)
  expect(await page.locator('porchlight-chat a').isVisible()).toBe(true)
  await page.locator('porchlight-chat button', { hasText: '×' }).click()
  expect(await page.locator('porchlight-chat a').isVisible()).toBe(false)
  await page.context().close()
})

test('inline isolation opens the chat as a page of its own', async () => {
  const page = await stage.open(host)
  await page.evaluate(() => document.querySelector('porchlight-chat')?.setAttribute('isolation', 'inline'))
  await page.click(button)
  await page.waitForURL('**/chat/inspira**')
  await page.context().close()
})
