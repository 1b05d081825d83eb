/**
 * What a bad night brings: a busy service, a café's sign-in page, a token too old, no network, a clock that is wrong.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Stage, seeText, sendText } from './built-widget.ts'
import type { Trouble } from './fake-service.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage.clear())
afterEach(() => {
  stage.service.trouble = { path: /^$/, kind: 'none', times: 0 }
})

const troubles: readonly (readonly [string, Trouble])[] = [
  ['a busy service (429)', 'busy'],
  ['a service that is down (503)', 'down'],
  ['a café’s sign-in page', 'portal'],
  ['a token that is too old', 'denied'],
]

test.each(troubles)('words sent into %s stay on the screen and arrive', async (_, kind) => {
  const page = await stage.openChat()
  stage.service.trouble = { path: /activities$/, kind, times: 1 }
  await sendText(page, `through ${kind}`)
  await page.locator('.visitor .words', { hasText: `through ${kind}` }).waitFor()
  expect(await page.locator('nav:visible a').count()).toBeGreaterThan(1)
  await seeText(page, `You said: through ${kind}`)
  expect(await page.locator('.visitor .words', { hasText: `through ${kind}` }).count()).toBe(1)
  await page.context().close()
})

test('without a network it says so in plain words, and what was written goes out when it is back', async () => {
  const page = await stage.openChat()
  await page.context().setOffline(true)
  await sendText(page, 'is anybody there')
  await page.locator('.trouble', { hasText: 'no connection' }).waitFor()
  await page.fill('#box', 'half a sent')
  await page.context().setOffline(false)
  await seeText(page, 'You said: is anybody there')
  expect(await page.inputValue('#box')).toBe('half a sent')
  await page.context().close()
})

test('a clock that is a day wrong changes nothing of the talk', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 390, height: 780 } })
  const page = await context.newPage()
  await page.clock.setSystemTime(Date.now() - 86_400_000)
  await page.goto(`${stage.service.base}/chat/inspira?lang=en`)
  await page.locator('.reply').first().waitFor()
  await sendText(page, 'what day is it')
  await seeText(page, 'You said: what day is it')
  const words = await page.locator('.words').allTextContents()
  expect(words.indexOf('what day is it')).toBe(words.indexOf('You said: what day is it') - 1)
  await context.close()
})

test('eight thousand pasted characters arrive whole', async () => {
  const page = await stage.openChat()
  const long = `${'a long night '.repeat(615)}end`
  await page.fill('#box', long)
  await page.press('#box', 'Enter')
  await expect.poll(() => stage.service.said.includes(long)).toBe(true)
  await page.context().close()
})

test('two tabs hold two talks that know nothing of each other', async () => {
  const page = await stage.openChat()
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.locator('.reply').first().waitFor()
  await sendText(page, 'the first tab')
  await seeText(page, 'You said: the first tab')
  expect(await other.locator('.words', { hasText: 'the first tab' }).count()).toBe(0)
  await page.context().close()
})

test('back from another page the talk is there again', async () => {
  const page = await stage.openChat()
  await sendText(page, 'before I went')
  await seeText(page, 'You said: before I went')
  await page.goto(`${stage.service.base}/elsewhere`)
  await page.goBack()
  await seeText(page, 'You said: before I went')
  await page.context().close()
})

test('a screen reader walks through names and roles that say what each thing is', async () => {
  const page = await stage.openChat()
  await sendText(page, 'I want to end it')
  await page.locator('.crisis details').waitFor()
  await page.locator('.reply', { hasText: 'I am not sure' }).waitFor()
  const tree = await page.locator('body').ariaSnapshot()
  const order = [
    'banner',
    'link "Leave this page"',
    'heading "Inspira IOP automated assistant" [level=1]',
    'link "ES Español"',
    'navigation "Help in danger"',
    'link "Call 988"',
    'main',
    'region "Help now"',
    'heading "You wrote that you want to end your life. Thank you for telling me." [level=2]',
    'link "Call 988 now"',
    'log "Conversation"',
    'group "Your answer"',
    'button "Yes"',
    'textbox "Your message"',
    'button "Send"',
  ]
  let at = 0
  for (const line of order) {
    const found = tree.indexOf(line, at)
    expect(found, `${line} after ${tree.slice(Math.max(0, at - 60), at)}\n${tree}`).toBeGreaterThanOrEqual(0)
    at = found
  }
  await page.context().close()
})

test('a tab that the browser froze shows what was said meanwhile as soon as it thaws', async () => {
  const page = await stage.openChat()
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  stage.service.push({ text: 'A person has read it.', channelData: { porchlight: { kind: 'notice' } } })
  stage.service.hangUp()
  await new Promise((resolve) => setTimeout(resolve, 500))
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await seeText(page, 'A person has read it.')
  expect(await page.locator('.words', { hasText: 'A person has read it.' }).count()).toBe(1)
  await page.context().close()
})

test('with every third call lost on the way, each word arrives once and in its order', async () => {
  const page = await stage.openChat()
  let calls = 0
  await page.route('**/activities*', (route) => {
    calls += 1
    return calls % 3 === 1 ? route.abort('connectionreset') : route.continue()
  })
  const words = ['first of all', 'then this', 'and that', 'and the last']
  for (const word of words) {
    await sendText(page, word)
    await seeText(page, `You said: ${word}`)
  }
  const own = await page.locator('.visitor .words').allTextContents()
  expect(own).toEqual(words)
  expect(stage.service.said.filter((said) => words.includes(said))).toEqual(words)
  await page.context().close()
})

test('a page that wakes after a night with a token too old starts the talk again, says so and keeps the words', async () => {
  const page = await stage.openChat()
  await sendText(page, 'before I slept')
  await seeText(page, 'You said: before I slept')
  stage.service.trouble = { path: /conversations\/[^/]+$/, kind: 'denied', times: 1 }
  stage.service.hangUp()
  await page.locator('.trouble', { hasText: 'start again' }).waitFor()
  expect(await page.locator('.visitor .words', { hasText: 'before I slept' }).count()).toBe(1)
  await sendText(page, 'and now it is morning')
  await seeText(page, 'You said: and now it is morning')
  await page.context().close()
})
