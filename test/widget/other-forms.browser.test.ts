/**
 * The chat in other forms than a screen of ours: from right to left, in letters four times as large, on paper, as a file.
 */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage, seeText, sendText } from './built-widget.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage.clear())

/** What sticks out of the window to a side, or is cut off in its own box. */
function outOfPlace(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *:not(.unseen, .unseen *)')].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      const isOut = element.checkVisibility() && width > 0 && (left < -1 || right > innerWidth + 1)
      return isOut ? [`${element.tagName}.${element.className} ${left}–${right}`] : []
    }),
  )
}

/** A made-up language: every word that the page itself says becomes longer, accented and runs from right to left. */
async function turnPseudo(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode as Text
      if (node.parentElement?.closest('script') || !node.data.trim()) continue
      node.data = `\u202b[${node.data.trim().replace(/[aeiou]/g, '$&\u0301')} ${'ـ'.repeat(node.data.length / 3)}]\u202c`
    }
  })
}

test.each([390, 320])(
  'in a language that runs from right to left everything is mirrored and fits %i px',
  async (width) => {
    const page = await stage.openChat({ viewport: { width, height: 780 } })
    await sendText(page, 'I want to end it')
    await page.locator('.crisis .first').waitFor()
    await sendText(page, 'the phone')
    await page.locator('#answer').waitFor()
    await turnPseudo(page)
    const middle = (css: string) =>
      page
        .locator(css)
        .last()
        .evaluate((element) => {
          const { left, right } = element.getBoundingClientRect()
          return (left + right) / 2 / innerWidth
        })
    expect(await middle('.entry.visitor .words')).toBeLessThan(0.5)
    expect(await middle('.entry.bot:not([hidden]) .words')).toBeGreaterThan(0.5)
    expect(await middle('.composer .main')).toBeLessThan(await middle('#box'))
    expect(await middle('#leave')).toBeLessThan(await middle('h1'))
    expect(await outOfPlace(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.context().close()
  },
)

test('the styles name no left and no right', async () => {
  for (const file of ['chat', 'fields', 'parts', 'plain']) {
    const css = await readFile(`widget/visitor/${file}.css`, 'utf8')
    const sides = css.match(/^.*\b(left|right)\b.*;|(padding|margin|inset):( [^\s;(]+(\([^)]*\))?){4};/gm)
    expect(sides, file).toBe(null)
  }
})

test('with letters four times as large every word can be read and every control be used', async () => {
  const page = await stage.openChat({ viewport: { width: 1280, height: 1024 } })
  await page.evaluate(() => {
    const large = new CSSStyleSheet()
    large.replaceSync('html{font-size:400%}')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, large]
  })
  await sendText(page, 'a choice please')
  await page.locator('.reply', { hasText: 'Several days' }).waitFor()
  expect(await outOfPlace(page)).toEqual([])
  await page.locator('.reply button', { hasText: 'Several days' }).click()
  await page.locator('.reply .main').click()
  await seeText(page, 'You said: Several days')
  const clipped = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.words, button, a, label')]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
      .map((one) => one.textContent),
  )
  expect(clipped).toEqual([])
  await page.context().close()
})

test('on paper stands the whole talk and the numbers, and nothing that only a screen can do', async () => {
  const page = await stage.openChat()
  for (const word of ['choice', 'date', 'phone', 'how long', 'I want to end it']) {
    await sendText(page, word)
    await page.waitForFunction(() => [...document.querySelectorAll('.entry')].at(-1)?.classList.contains('bot'))
  }
  await page.locator('.crisis .first').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('nav:visible a').count()).toBe(3)
  for (const gone of ['#leave', '.composer', '#box']) expect(await page.locator(gone).isVisible()).toBe(false)
  const cut = await page.evaluate(
    () =>
      [...document.querySelectorAll('.log, .crisis')].filter((one) => one.scrollHeight > one.clientHeight + 1).length,
  )
  expect(cut).toBe(0)
  await page.context().close()
})

test('the copy as a file holds each word once, says who said it, and has a name that says nothing', async () => {
  const page = await stage.openChat({ acceptDownloads: true })
  await sendText(page, 'something to keep')
  await seeText(page, 'You said: something to keep')
  await page.click('text=What happens with my words')
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Save a copy as text')])
  expect(file.suggestedFilename()).toBe('notes.txt')
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toContain('You: something to keep\n\nAssistant: You said: something to keep')
  await page.context().close()
})

test('the talk is marked for every common recorder of sessions to look away', async () => {
  const page = await stage.openChat()
  const marked =
    '.rr-block.fs-exclude.ph-no-capture.sentry-block[data-private][data-hj-suppress][data-clarity-mask=true][data-dd-privacy=hidden]'
  for (const inside of ['.log', '#box', 'porchlight-visitor'])
    expect(await page.locator(`${marked} ${inside}`).count(), inside).toBe(1)
  await page.context().close()
})
