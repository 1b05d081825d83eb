import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { objections } from './axe.ts'
import { Stage, seeText, sendText } from './built-widget.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage.clear())

/** Each state that a visitor can bring about, by the words that bring it. */
const states = [
  'choice',
  'multi',
  'date',
  'phone',
  'email',
  'number',
  'member',
  'name',
  'photo',
  'a staff answer',
  'how long',
  'I want to end it',
]

const settings: readonly (readonly [string, BrowserContextOptions, string])[] = [
  ['a phone in the light', { colorScheme: 'light' }, 'en'],
  ['a phone in the dark, in Spanish', { colorScheme: 'dark' }, 'es'],
  ['a screen enlarged to 400 %', { viewport: { width: 320, height: 256 } }, 'en'],
]

test.each(settings)(
  'axe finds nothing in any state on %s',
  async (_, options, lang) => {
    const page = await stage.openChat({ ...options, bypassCSP: true }, lang)
    const found = [await objections(page)]
    for (const words of states) {
      await sendText(page, words)
      await page.waitForFunction(() => ![...document.querySelectorAll('.entry')].at(-1)?.classList.contains('visitor'))
      found.push(await objections(page))
    }
    await page.click('.plain')
    await page.locator('dialog').waitFor()
    found.push(await objections(page))
    await page.keyboard.press('Escape')
    stage.service.trouble = { path: /activities/, kind: 'hang-up', times: 9 }
    await sendText(page, 'is anybody there')
    await page.locator('.failed button').waitFor()
    stage.service.trouble = { path: /^$/, kind: 'none', times: 0 }
    found.push(await objections(page))
    expect(found.flat()).toEqual([])
    expect(found).toHaveLength(states.length + 3)
    await page.context().close()
  },
  60_000,
)

test('axe finds nothing on the demo page with the tag, closed and opened', async () => {
  const page = await stage.open('/', { bypassCSP: true })
  await page.locator('porchlight-chat button').first().waitFor()
  expect(await objections(page)).toEqual([])
  await page.locator('porchlight-chat button[aria-expanded]').click()
  await page.frames()[1]?.locator('.reply').first().waitFor()
  expect(await objections(page)).toEqual([])
  await page.context().close()
})

test('everything is reached by Tab, in the order in which it stands', async () => {
  const page = await stage.openChat()
  await sendText(page, 'I want to end it')
  await page.locator('.crisis details').waitFor()
  await page.evaluate(() => {
    document.body.tabIndex = -1
    document.body.focus()
  })
  const walked: string[] = []
  for (let i = 0; i < 24; i++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      return element === document.body
        ? ''
        : element.id || element.getAttribute('role') || (element.textContent ?? '').trim()
    })
    if (name === '') break
    walked.push(name)
  }
  expect(walked).toEqual([
    'leave',
    'idioma',
    'Call 988',
    'Text 988',
    '911',
    'Call 988 now',
    'Text 988',
    'Chat',
    'More ways to get help',
    'log',
    'Yes',
    'No',
    'I am not sure',
    'What happens with my words',
    'box',
    'Send',
  ])
  await page.context().close()
})

test('a reply is chosen and sent with Enter alone', async () => {
  const page = await stage.openChat()
  await page.focus('.reply button')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Send: Find out if this fits me')
  await page.keyboard.press('Enter')
  await seeText(page, 'You said: Find out if this fits me')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('box')
  await page.context().close()
})

test('every control is at least 44 px high and none sticks out of a small screen', async () => {
  const page = await stage.openChat({ viewport: { width: 320, height: 640 } })
  await sendText(page, 'I want to end it')
  await page.locator('.crisis details').waitFor()
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('a, button, summary, textarea, input')].flatMap((element) => {
      const { width, height, left, right } = element.getBoundingClientRect()
      const isShown = element.checkVisibility()
      return isShown && (height < 44 || width < 24 || left < 0 || right > innerWidth)
        ? [`${element.textContent} ${width}×${height}`]
        : []
    }),
  )
  expect(small).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  await page.context().close()
})

test('at 320×256 at least 96 px of the log are seen, and the way out stays in sight', async () => {
  const page = await stage.openChat({ viewport: { width: 320, height: 256 } })
  await sendText(page, 'choice')
  await page.locator('.reply', { hasText: 'Several days' }).waitFor()
  const seen = await page.evaluate(() => {
    const log = (document.querySelector('.log') as HTMLElement).getBoundingClientRect()
    const header = (document.querySelector('header') as HTMLElement).getBoundingClientRect()
    return { log: Math.min(log.bottom, innerHeight) - Math.max(log.top, header.bottom), header: header.top }
  })
  expect(seen.log).toBeGreaterThanOrEqual(96)
  expect(seen.header).toBe(0)
  const box = await page.locator('#box').boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(256)
  expect((box?.y ?? 0) - 56).toBeGreaterThanOrEqual(96)
  await page.context().close()
})

test('nothing moves for those who asked for stillness', async () => {
  const page = await stage.openChat({ reducedMotion: 'reduce' })
  await sendText(page, 'say nothing')
  await page.locator('.dots').waitFor()
  const running = await page.evaluate(
    () => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0).length,
  )
  expect(running).toBe(0)
  await page.context().close()
})
