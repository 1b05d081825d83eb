/**
 * Every snippet of docs/embedding.md on a page of another site, as it stands there but for the address.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage } from './built-widget.ts'

let stage: Stage
let blocks: Map<string, string>
let shown = ''
const site = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(shown))

beforeAll(async () => {
  stage = await Stage.set()
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const guide = await readFile('docs/embedding.md', 'utf8')
  const sections = guide.split(/^## /m).slice(1)
  const firstCode = (section: string): string => section.split(/^```\w*\n/m)[1]?.split(/^```/m)[0] ?? ''
  blocks = new Map(
    sections.map((section) => [
      section.split('\n', 1)[0] ?? '',
      firstCode(section).replaceAll('https://chat.example.org', stage.service.base),
    ]),
  )
})
afterAll(async () => {
  await stage.clear()
  site.closeAllConnections()
  site.close()
})

/** A provider's page with this in its body, on a site of its own. */
async function pageWith(body: string, options: BrowserContextOptions = {}): Promise<Page> {
  shown = `<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1>${body}</html>`
  const page = await (await stage.browser.newContext(options)).newPage()
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`)
  return page
}

const snippet = (title: string): string => {
  const code = blocks.get(title)
  if (code === undefined) throw new Error(`docs/embedding.md has no snippet under "${title}"`)
  return code
}

async function chatOpens(page: Page): Promise<void> {
  await page.locator('porchlight-chat button[aria-expanded]').click()
  await page.frameLocator('porchlight-chat iframe').locator('.reply').first().waitFor()
  await page.context().close()
}

test('any page: the tag opens the chat', async () => chatOpens(await pageWith(snippet('Any page'))))

test('any page without script: the number and the way to the chat’s own page', async () => {
  const page = await pageWith(snippet('Any page'), { javaScriptEnabled: false })
  expect(await page.locator('porchlight-chat a').first().isVisible()).toBe(true)
  await page.locator('porchlight-chat a').last().click()
  await page.waitForURL('**/chat/inspira')
  await page.context().close()
})

test('a link: the chat on a page of its own', async () => {
  const page = await pageWith(snippet('A link, without tag and script'))
  await page.click('text=Chat with admissions')
  await page.locator('.reply').first().waitFor()
  await page.context().close()
})

test('your own button opens and closes it', async () => {
  const page = await pageWith(snippet('Your own button'))
  await page.waitForFunction(() => customElements.get('porchlight-chat'))
  await page.click('#talk')
  await page.frameLocator('porchlight-chat iframe').locator('.reply').first().waitFor()
  await page.click('#talk')
  await expect.poll(() => page.locator('porchlight-chat iframe').isVisible()).toBe(false)
  await page.context().close()
})

test('WordPress: what the hook prints', async () =>
  chatOpens(
    await pageWith(
      snippet('WordPress')
        .replace(/.*\?>\n/, '')
        .replace(/<\?php.*/, ''),
    ),
  ))

test('a tag manager: the script run late on a finished page', async () => {
  const page = await pageWith('')
  await page.addScriptTag({ content: snippet('Google Tag Manager').replace(/<\/?script>/g, '') })
  await chatOpens(page)
})

test('React: the tag is there first, the script comes late, and a route takes both away and back', async () => {
  const page = await pageWith(
    '<porchlight-chat program="inspira"><a href="tel:988">In danger? Call 988</a></porchlight-chat>',
  )
  expect(snippet('React')).toContain('loadPorchlight(CHAT)')
  await page.evaluate(`import('${stage.service.base}/widget/porchlight-chat.js').then(() => undefined)`)
  await page.evaluate(() => {
    const tag = document.querySelector('porchlight-chat') as HTMLElement
    tag.remove()
    document.body.append(tag)
  })
  await chatOpens(page)
})

test('the npm package: its loader defines the tag once, and everything that it says it holds is there', async () => {
  const described = JSON.parse(await readFile('widget/npm/package.json', 'utf8')) as { files: string[] }
  for (const file of described.files) expect(await readFile(`widget/npm/${file}`, 'utf8')).not.toBe('')
  const page = await pageWith('<porchlight-chat program="inspira"></porchlight-chat>')
  const loader = (await readFile('widget/npm/index.js', 'utf8')).replace('export ', '')
  await page.evaluate(`(async () => { ${loader}
    await loadPorchlight('${stage.service.base}'); await loadPorchlight('${stage.service.base}/') })()`)
  await chatOpens(page)
})

test('colours and discretion: the button is in the page’s colour, at the start, without a lamp', async () => {
  const script = `<script type="module" crossorigin src="${stage.service.base}/widget/porchlight-chat.js"></script>`
  const page = await pageWith(script + snippet('Colours, words, discretion'))
  const button = page.locator('porchlight-chat button[aria-expanded]')
  expect(await button.innerText()).toBe('Questions?')
  expect(await button.evaluate((own) => getComputedStyle(own).backgroundColor)).toBe('rgb(31, 92, 74)')
  expect((await button.boundingBox())?.x).toBeLessThan(50)
  await page.context().close()
})
