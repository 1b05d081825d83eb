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

test('an answer that grows is seen growing and spoken once, and one that is taken back is gone', async () => {
  const page = await stage.openChat()
  await sendText(page, 'parking?')
  await seeText(page, 'You said: parking?')
  const step = (text: string, streamSequence: number, streamId: string) =>
    stage.service.push({ type: 'typing', text, channelData: { streamType: 'streaming', streamId, streamSequence } })
  step('There is parking.', 1, 's1')
  await seeText(page, 'There is parking.')
  step('There is parking. It costs nothing.', 2, 's1')
  await seeText(page, 'It costs nothing.')
  expect(await page.locator('[role=status]').allTextContents()).not.toContainEqual(expect.stringContaining('parking.'))
  stage.service.push({
    text: 'There is parking. It costs nothing.',
    channelData: { streamType: 'final', streamId: 's1', porchlight: { kind: 'answer' } },
  })
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[role=status]')].some((one) => one.textContent?.includes('It costs nothing.')),
  )
  expect(await page.locator('.log .words', { hasText: 'There is parking.' }).count()).toBe(1)
  step('A second thought.', 1, 's2')
  await seeText(page, 'A second thought.')
  stage.service.push({ type: 'typing', channelData: { streamType: 'final', streamId: 's2' } })
  await page.locator('.log .words', { hasText: 'A second thought.' }).waitFor({ state: 'detached' })
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
  await expect.poll(() => spoken.join()).toContain('You said: hello')
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
  await page.locator('label', { hasText: 'Mensaje' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
  expect(await page.locator('#ayuda').isVisible()).toBe(true)
  expect(await page.locator('#help').isVisible()).toBe(false)
  await expect
    .poll(() => stage.service.received.at(-1)?.body)
    .toMatchObject({ name: 'porchlight/language', locale: 'es-US' })
  await page.context().close()
})

test('whoever reads further up is left in peace and offered the way down', async () => {
  const page = await stage.openChat()
  for (const word of ['one', 'two', 'three', 'four', 'five']) {
    await sendText(page, `${word} choice`)
    await page.locator('.entry.visitor', { hasText: word }).waitFor()
    await page.waitForFunction(() => ![...document.querySelectorAll('.entry')].at(-1)?.classList.contains('visitor'))
  }
  await page.locator('.log').evaluate((log) => log.scrollTo(0, 0))
  stage.service.push({ text: 'news', channelData: { porchlight: { kind: 'notice' } } })
  await seeText(page, 'news')
  expect(await page.locator('.log').evaluate((log) => log.scrollTop)).toBe(0)
  await page.click('.latest')
  await expect.poll(() => page.locator('.latest').count()).toBe(0)
  await page.context().close()
})
