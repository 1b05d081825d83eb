/**
 * What the chat weighs on a visitor's device once it runs: memory and elements, closed and open, as Chromium counts them.
 */
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage } from './built-widget.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage.clear())

/** Megabytes in use by script after the garbage is collected, workers apart. */
async function heapMb(session: CDPSession): Promise<number> {
  for (let times = 0; times < 2; times++) await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1_048_576
}

/** Elements of the tag, of its shadow and of the chat's page in the frame. */
function elements(page: Page): Promise<number> {
  return page.evaluate(() => {
    const tag = document.querySelector('porchlight-chat')
    const frame = tag?.shadowRoot?.querySelector('iframe')?.contentDocument?.body
    const inside = [...(tag?.shadowRoot?.querySelectorAll('*') ?? []), ...(frame?.querySelectorAll('*') ?? [])]
    return 1 + (tag?.querySelectorAll('*').length ?? 0) + inside.length
  })
}

test('closed the chat takes at most 0.9 MB and 8 elements of a page, open 1.5 MB and 60', async () => {
  const page = await stage.open('/elsewhere')
  const session = await page.context().newCDPSession(page)
  const before = await heapMb(session)
  // The same origin, so that one measure sees page and frame.
  await page.goto(`${stage.service.base}/host?from=${stage.service.base}`)
  await expect.poll(() => page.evaluate(() => customElements.get('porchlight-chat') !== undefined)).toBe(true)
  expect(await elements(page)).toBeLessThanOrEqual(8)
  expect((await heapMb(session)) - before).toBeLessThanOrEqual(0.9)
  // No locator of the test's: the script behind it would be weighed too.
  await page.evaluate(() => (document.querySelector('porchlight-chat') as HTMLElement & { open(): void }).open())
  await expect
    .poll(() =>
      page.evaluate(() => {
        const frame = document.querySelector('porchlight-chat')?.shadowRoot?.querySelector('iframe')
        return frame?.contentDocument?.querySelectorAll('.reply').length
      }),
    )
    .toBeGreaterThan(1)
  await expect.poll(() => page.workers().length).toBe(1)
  expect(await elements(page)).toBeLessThanOrEqual(60)
  await expect.poll(async () => (await heapMb(session)) - before).toBeLessThanOrEqual(1.5)
  await page.context().close()
})

test('before the first message nothing is asked of another address and nothing is kept', async () => {
  const page = await stage.open('/elsewhere')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${stage.service.base}/host?from=${stage.service.base}`)
  await page.locator('porchlight-chat button[aria-expanded]').click()
  await page.frameLocator('porchlight-chat iframe').locator('.reply').first().waitFor()
  await expect.poll(() => asked.some((url) => url.includes('/gate-'))).toBe(true)
  expect(asked.filter((url) => !url.startsWith(stage.service.base))).toEqual([])
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ''])
  await page.context().close()
})
