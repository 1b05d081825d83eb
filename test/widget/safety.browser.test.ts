import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Stage, seeText, sendText } from './built-widget.ts'
import { crisis } from './scripted-bot.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage.clear())
afterEach(() => {
  expect(stage.errors.splice(0)).toEqual([])
  stage.service.trouble = { path: /^$/, kind: 'none', times: 0 }
})

test('the page works under its strict policy and keeps nothing before the first message', async () => {
  const page = await stage.openChat()
  expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([0, 0, ''])
  await sendText(page, 'hello')
  await seeText(page, 'You said: hello')
  const kept = await page.evaluate(() => [JSON.stringify(sessionStorage), localStorage.length, document.cookie])
  expect(kept[0]).not.toContain('hello')
  expect(kept[0]).toContain('conversationId')
  expect(kept.slice(1)).toEqual([0, ''])
  await page.context().close()
})

test('a reload resumes the conversation, its words and its question', async () => {
  const page = await stage.openChat()
  await sendText(page, 'a choice please')
  await page.locator('.reply', { hasText: 'Several days' }).waitFor()
  await page.reload()
  await seeText(page, 'a choice please')
  await page.locator('.reply', { hasText: 'Several days' }).waitFor()
  expect(await page.locator('.entry').count()).toBe(4)
  await sendText(page, 'the phone')
  await page.locator('#answer').waitFor()
  await page.reload()
  await page.locator('#answer').waitFor()
  await sendText(page, 'a choice please')
  await page.locator('.reply', { hasText: 'Nearly every day' }).waitFor()
  await page.setViewportSize({ width: 390, height: 420 })
  await page.reload()
  await page.locator('.reply', { hasText: 'Nearly every day' }).waitFor()
  await expect
    .poll(() =>
      page
        .locator('.reply')
        .last()
        .evaluate((last) => last.getBoundingClientRect().top < innerHeight),
    )
    .toBe(true)
  await page.context().close()
})

test('danger brings the card while the network is dead, and typed words stay', async () => {
  const page = await stage.openChat()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/gate-')))
  await page.waitForTimeout(300)
  stage.service.trouble = { path: /activities/, kind: 'hang-up', times: 99 }
  await sendText(page, 'I want to kill myself')
  await page.fill('#box', 'half a sent')
  const card = page.locator('.crisis')
  await card.waitFor()
  expect(await card.locator('.first').getAttribute('href')).toBe('tel:988')
  expect(await page.locator('[role=alert]').first().textContent()).toContain('hurting yourself')
  expect(await page.inputValue('#box')).toBe('half a sent')
  await page.locator('.failed button').waitFor()
  await page.locator('.trouble').waitFor()
  stage.service.trouble = { path: /^$/, kind: 'none', times: 0 }
  await page.click('.failed button')
  await card.locator('h2', { hasText: 'Thank you for telling me' }).waitFor()
  expect(await card.locator('.ways a').count()).toBe(3)
  expect(await page.inputValue('#box')).toBe('half a sent')
  await page.context().close()
})

test('after a slow turn the card of the service takes the place of the page’s own: it neither alarms nor grows a second time', async () => {
  const page = await stage.openChat()
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/gate-')))
  await page.waitForTimeout(300)
  const { script } = stage.service
  stage.service.script = (text, locale) => (text === null ? script(text, locale) : [])
  await sendText(page, 'I want to kill myself')
  await page.locator('.crisis:not(.small) .first').waitFor()
  const alert = page.locator('[role=alert]').first()
  const spoken = await alert.textContent()
  await sendText(page, 'are you there')
  await page.locator('.crisis.small').waitFor()
  stage.service.push(crisis)
  await page.locator('.crisis h2', { hasText: 'Thank you for telling me' }).waitFor({ state: 'attached' })
  expect(await page.locator('.crisis').count()).toBe(1)
  expect(await page.locator('.crisis.small').count()).toBe(1)
  await expect
    .poll(() => page.locator('[role=status]').allTextContents())
    .toContainEqual(expect.stringContaining('Thank you for telling me'))
  expect(await alert.textContent()).toBe(spoken)
  stage.service.script = script
  await page.context().close()
})

test('the card stays, small, when the talk goes on, and a lesser word never takes it away', async () => {
  const page = await stage.openChat()
  await sendText(page, 'I want to end it')
  await page.locator('.crisis:not(.small) .first').waitFor()
  await sendText(page, 'thank you')
  await page.locator('.crisis.small').waitFor()
  expect(await page.locator('.crisis .first').isVisible()).toBe(true)
  await page.context().close()
})

test('erasing empties the screen and the tab and tells the service', async () => {
  const page = await stage.openChat()
  await sendText(page, 'hello')
  await seeText(page, 'You said: hello')
  await page.click('text=What happens with my words')
  await page.click('text=Erase this chat now')
  await page.locator('.trouble', { hasText: 'erased' }).waitFor()
  expect(await page.locator('.entry').count()).toBe(0)
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  expect(stage.service.received.at(-1)?.body.name).toBe('porchlight/erase')
  await page.context().close()
})

test('three lone presses of Shift leave at once, two and a letter do not', async () => {
  const page = await stage.openChat()
  await sendText(page, 'hello')
  await seeText(page, 'You said: hello')
  for (const key of ['Shift', 'Shift', 'a', 'Shift', 'Shift']) await page.keyboard.press(key)
  expect(page.url()).toContain('/chat/')
  await page.keyboard.press('Shift')
  await page.waitForURL('**/elsewhere')
  await expect.poll(() => stage.service.received.some(({ body }) => body.name === 'porchlight/quick-exit')).toBe(true)
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  await page.goBack().catch(() => null)
  expect(page.url()).not.toContain('/chat/')
  await page.context().close()
})

test('a service that is away at the start is said in plain words, with the numbers, and nothing typed is lost', async () => {
  stage.service.trouble = { path: /token$/, kind: 'portal', times: 2 }
  const page = await stage.open('/chat/inspira?lang=en')
  await page.locator('.trouble', { hasText: 'We can’t reach our service' }).waitFor()
  expect(await page.locator('#help a').first().isVisible()).toBe(true)
  await sendText(page, 'are you there')
  await seeText(page, 'You said: are you there')
  expect(await page.locator('.trouble').count()).toBe(0)
  await page.context().close()
})

test('with storage blocked by the browser the chat works the same', async () => {
  const page = await stage.open('/elsewhere')
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  })
  await page.goto(`${stage.service.base}/chat/inspira?lang=en`)
  await sendText(page, 'hello')
  await seeText(page, 'You said: hello')
  await page.context().close()
})

test('a conversation that the service has forgotten starts again and says so', async () => {
  const page = await stage.openChat()
  await sendText(page, 'hello')
  await seeText(page, 'You said: hello')
  stage.service.trouble = { path: /activities$/, kind: 'gone', times: 1 }
  await sendText(page, 'and now')
  await seeText(page, 'You said: and now')
  expect(await page.locator('.trouble').textContent()).toContain('start again')
  expect(await page.locator('.words', { hasText: 'You said: hello' }).count()).toBe(1)
  await page.context().close()
})

test('without script the numbers and the way out are there', async () => {
  const page = await stage.open('/chat/inspira?lang=es', { javaScriptEnabled: false })
  expect(await page.locator('#ayuda a').first().isVisible()).toBe(true)
  expect(await page.locator('#help').isVisible()).toBe(false)
  await page.click('#leave')
  await page.waitForURL('**/elsewhere')
  await page.context().close()
})

test('after a long quiet the visitor is asked, then the screen and the tab forget, and the service keeps', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 390, height: 780 } })
  const page = await context.newPage()
  const taken = stage.service.received.length
  await page.clock.install()
  await page.goto(`${stage.service.base}/chat/inspira?lang=en`)
  await page.locator('.reply').first().waitFor()
  await sendText(page, 'something private')
  await page.clock.runFor(1_000)
  await seeText(page, 'You said: something private')
  await page.fill('#box', 'half a sentence')
  await page.clock.runFor('20:05')
  const question = page.locator('[role=alertdialog]')
  await question.waitFor()
  await page.clock.runFor(61_000)
  await question.getByText('I’m still here').click()
  expect(await page.locator('.visitor').count()).toBe(1)
  await page.clock.runFor('20:05')
  await question.waitFor()
  await page.clock.runFor(121_000)
  await page.locator('.trouble', { hasText: 'cleared' }).waitFor()
  expect(await page.locator('.entry').count()).toBe(0)
  expect(await page.inputValue('#box')).toBe('')
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  expect(stage.service.received.slice(taken).some(({ body }) => body.name === 'porchlight/erase')).toBe(false)
  await context.close()
})
