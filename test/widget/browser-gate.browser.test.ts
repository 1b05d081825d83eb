/**
 * The safety gate in the visitor's browser: beside the page, on the page where there is no beside, and never too late.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Stage, sendText } from './built-widget.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage.clear())
afterEach(() => {
  stage.service.trouble = { path: /^$/, kind: 'none', times: 0 }
})

const noNetwork = () => {
  stage.service.trouble = { path: /activities/, kind: 'hang-up', times: 99 }
}

/** The browser's own card, whose words are not the service's. */
async function seeOwnCard(page: Page): Promise<void> {
  await page.locator('.crisis h2', { hasText: 'dying or hurting yourself' }).waitFor()
  expect(await page.locator('.crisis .first').getAttribute('href')).toBe('tel:988')
}

test('the gate runs in a worker: the page has none of its tables, and the card comes without the network', async () => {
  const page = await stage.openChat()
  await expect.poll(() => page.workers().length).toBe(1)
  noNetwork()
  await sendText(page, 'I want to kill myself')
  await seeOwnCard(page)
  expect(await page.evaluate(() => 'porchlightHear' in window)).toBe(false)
  expect(stage.errors.splice(0)).toEqual([])
  await page.context().close()
})

test('where a policy forbids workers the page hears danger itself', async () => {
  const page = await stage.open('/chat/inspira?lang=en&no-workers')
  await page.locator('.reply').first().waitFor()
  noNetwork()
  await sendText(page, 'I want to kill myself')
  await seeOwnCard(page)
  expect(page.workers()).toEqual([])
  stage.errors.splice(0)
  await page.context().close()
})

test('where the browser has no workers the page hears danger itself', async () => {
  const page = await stage.open('/elsewhere')
  await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'))
  await page.goto(`${stage.service.base}/chat/inspira?lang=en`)
  await page.locator('.reply').first().waitFor()
  noNetwork()
  await sendText(page, 'I want to kill myself')
  await seeOwnCard(page)
  await page.context().close()
})

test('what was written before the gate had come is heard when it has', async () => {
  stage.service.trouble = { path: /gate-/, kind: 'hang-up', times: 1 }
  const page = await stage.openChat()
  noNetwork()
  await sendText(page, 'I want to kill myself')
  await seeOwnCard(page)
  await page.context().close()
})

test('a worker that is ended by the browser leaves its work to the page', async () => {
  const page = await stage.open('/elsewhere')
  await page.addInitScript(() => {
    const { prototype } = Worker
    const post = prototype.postMessage
    prototype.postMessage = function (this: Worker, said: unknown) {
      this.terminate()
      this.dispatchEvent(new Event('error'))
      post.call(this, said)
    }
  })
  await page.goto(`${stage.service.base}/chat/inspira?lang=en`)
  await page.locator('.reply').first().waitFor()
  noNetwork()
  await sendText(page, 'I want to kill myself')
  await seeOwnCard(page)
  await page.context().close()
})

test('a card that the service has already given is not taken back by the browser’s', async () => {
  const page = await stage.open('/elsewhere')
  await page.addInitScript(() => {
    const { prototype } = Worker
    const post = prototype.postMessage
    prototype.postMessage = function (this: Worker, said: unknown) {
      setTimeout(() => post.call(this, said), 1_500)
    }
  })
  await page.goto(`${stage.service.base}/chat/inspira?lang=en`)
  await page.locator('.reply').first().waitFor()
  await sendText(page, 'he is not breathing, I want to end it')
  const card = page.locator('.crisis h2', { hasText: 'Thank you for telling me' })
  await card.waitFor()
  await page.waitForTimeout(1_800)
  expect(await card.count()).toBe(1)
  await page.context().close()
})

test('below a card a harmless word brings no other, and a graver danger does, without the network', async () => {
  const page = await stage.openChat()
  await sendText(page, 'I want to end it')
  const card = page.locator('.crisis h2')
  await page.locator('.crisis h2', { hasText: 'Thank you for telling me' }).waitFor()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/gate-')))
  noNetwork()
  await sendText(page, 'are you still there')
  await page.locator('.failed').waitFor()
  await page.waitForTimeout(1_000)
  expect(await card.textContent()).toContain('Thank you for telling me')
  await sendText(page, 'he is blue and not breathing, he used fentanyl')
  await page.locator('.crisis .first[href="tel:911"]').waitFor()
  await page.context().close()
})

test('what the page only half hears is the service’s to judge, and the page’s own where the service does not answer', async () => {
  const page = await stage.openChat()
  await expect.poll(() => page.workers().length).toBe(1)
  await sendText(page, 'i cut myself tonight')
  await page.waitForTimeout(1_500)
  expect(await page.locator('.crisis h2').count()).toBe(0)
  noNetwork()
  await sendText(page, 'i cut myself tonight, and again')
  await page.locator('.crisis h2').waitFor()
  stage.errors.splice(0)
  await page.context().close()
})

test('the card is in the language of the sentence, not of the page', async () => {
  const page = await stage.openChat()
  noNetwork()
  await sendText(page, 'me quiero matar')
  await page.locator('.crisis h2', { hasText: 'Usted escribió sobre morir' }).waitFor()
  expect(await page.locator('.crisis .first').textContent()).toContain('Llamar')
  stage.errors.splice(0)
  await page.context().close()
})
