import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Stage, seeText, sendText } from './built-widget.ts'

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

test('a quick reply is chosen first and sent second', async () => {
  const page = await stage.openChat()
  await page.click('.reply >> text=Check my insurance')
  expect(await page.locator('.visitor').count()).toBe(0)
  await page.click('.reply >> text=Ask a question')
  await page.locator('.reply .main').click()
  await seeText(page, 'You said: Ask a question')
  expect(await page.locator('.visitor .words').allTextContents()).toEqual(['Ask a question'])
  await page.context().close()
})

test('Enter sends, Shift+Enter breaks the line, and markup stays text', async () => {
  const page = await stage.openChat()
  await page.fill('#box', '<img src=x onerror=alert(1)>')
  await page.press('#box', 'Shift+Enter')
  await page.keyboard.type('second line')
  await page.press('#box', 'Enter')
  await seeText(page, 'You said: <img')
  expect(await page.locator('.visitor .words').textContent()).toBe('<img src=x onerror=alert(1)>\nsecond line')
  expect(await page.locator('.log img').count()).toBe(0)
  await page.context().close()
})

test('Enter that ends a composition does not send', async () => {
  const page = await stage.openChat()
  await page.fill('#box', 'にほん')
  await page.dispatchEvent('#box', 'keydown', { key: 'Enter', isComposing: true })
  await page.dispatchEvent('#box', 'keydown', { key: 'Enter', keyCode: 229 })
  expect(await page.inputValue('#box')).toBe('にほん')
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

test('the card stays, small, when the talk goes on, and a lesser word never takes it away', async () => {
  const page = await stage.openChat()
  await sendText(page, 'I want to end it')
  await page.locator('.crisis:not(.small) .first').waitFor()
  await sendText(page, 'thank you')
  await page.locator('.crisis.small').waitFor()
  expect(await page.locator('.crisis .first').isVisible()).toBe(true)
  await page.context().close()
})

test('every new message is spoken once, and history is not spoken after a reload', async () => {
  const page = await stage.openChat()
  const spoken: string[] = []
  await page.exposeFunction('heard', (text: string) => spoken.push(text))
  await page.evaluate(() => {
    const status = document.querySelector('[role=status]') as HTMLElement
    new MutationObserver(() =>
      (globalThis as unknown as { heard(text: string): void }).heard(status.textContent ?? ''),
    ).observe(status, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  await sendText(page, 'hello')
  await seeText(page, 'You said: hello')
  await page.waitForTimeout(500)
  expect(spoken.filter((text) => text.includes('You said: hello'))).toHaveLength(1)
  await page.reload()
  await seeText(page, 'You said: hello')
  await page.waitForTimeout(500)
  expect(await page.locator('[role=status]').textContent()).toBe('')
  await page.context().close()
})

test('a member id is hidden while typed, shown on purpose, and never stands whole in the log', async () => {
  const page = await stage.openChat()
  await sendText(page, 'member')
  const field = page.locator('#answer')
  await field.fill('XYZ123456')
  expect(await field.getAttribute('autocomplete')).toBe('off')
  expect(await field.evaluate((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security'))).toBe(
    'disc',
  )
  await page.click('text=Show')
  expect(await field.evaluate((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security'))).toBe(
    'none',
  )
  await field.press('Enter')
  await page.locator('.visitor .words', { hasText: '•••• 3456' }).waitFor()
  await expect.poll(() => stage.service.said).toContain('XYZ123456')
  await page.context().close()
})

test('fields carry autofill names, tell a slip in words, and offer to skip where one may', async () => {
  const page = await stage.openChat()
  await sendText(page, 'date')
  await page.locator('.field').waitFor()
  const names = await page
    .locator('.field input')
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('autocomplete')))
  expect(names).toEqual(['bday-month', 'bday-day', 'bday-year'])
  await page.click('.field .main')
  expect(await page.locator('.mend').isVisible()).toBe(true)
  for (const [name, value] of [
    ['month', '3'],
    ['day', '14'],
    ['year', '1985'],
  ])
    await page.fill(`[name=${name}]`, value ?? '')
  await page.click('.field .main')
  await seeText(page, '1985-03-14')
  await sendText(page, 'multi')
  await page.check('text=Opioids')
  await page.check('text=Nicotine')
  await page.click('.field .main')
  await seeText(page, 'Opioids, Nicotine')
  await sendText(page, 'the email')
  expect(await page.locator('#answer').getAttribute('autocomplete')).toBe('email')
  await page.click('text=Skip')
  await seeText(page, 'You said: Skip')
  await page.context().close()
})

test('an answer shows its source folded, with the day and that a review is awaited', async () => {
  const page = await stage.openChat()
  await sendText(page, 'how long is it?')
  const fold = page.locator('.source')
  await fold.waitFor()
  expect(await fold.locator('summary').textContent()).toBe(
    'From the program’s page · checked Nov 21, 2026 · not yet reviewed',
  )
  expect(await fold.locator('blockquote').isVisible()).toBe(false)
  await page.context().close()
})

test('the language changes in the middle of the talk, for page, words and service', async () => {
  const page = await stage.openChat()
  await page.click('#idioma')
  await page.locator('label', { hasText: 'Su mensaje' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
  expect(await page.locator('#ayuda').isVisible()).toBe(true)
  expect(await page.locator('#help').isVisible()).toBe(false)
  await expect
    .poll(() => stage.service.received.at(-1)?.body)
    .toMatchObject({ name: 'porchlight/language', locale: 'es-US' })
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

test('without script the numbers and the way out are there', async () => {
  const page = await stage.open('/chat/inspira?lang=es', { javaScriptEnabled: false })
  expect(await page.locator('#ayuda a').first().isVisible()).toBe(true)
  expect(await page.locator('#help').isVisible()).toBe(false)
  await page.click('#leave')
  await page.waitForURL('**/elsewhere')
  await page.context().close()
})
