/**
 * The chat in Firefox and in WebKitGTK, against the real service: `node test/browser/other-browsers.ts [PICTURES]`.
 *
 * Not part of the suite, because not every machine has these browsers: Debian's firefox-esr,
 * webkit2gtk-driver and xvfb (`xvfb-run node …`). It prints one line for each promise and fails when one is broken.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildWidget } from '../../bot/build-widget.ts'
import { startTestService } from '../bot/service-in-test.ts'
import { type DrivenBrowser, startFirefox, startWebKit } from './driven-browser.ts'

const ENTER = '\uE007'
const SHIFT = '\uE008'
const ESCAPE = '\uE00C'
const pictures = process.argv[2]

await buildWidget()
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let broken = 0

for (const start of [startFirefox, startWebKit]) {
  const browser = await start().catch((cause: unknown) => {
    console.log(`not started: ${cause instanceof Error ? cause.message : 'no reason given'}`)
    return null
  })
  if (!browser) continue
  console.log(`\n${browser.name}`)
  await checkAll(browser).finally(() => browser.close())
}
process.exit(broken === 0 ? 0 : 1)

async function checkAll(browser: DrivenBrowser): Promise<void> {
  const service = await startTestService()
  const chat = `${service.address}/chat/inspira?lang=en`
  await browser.go(chat)
  await promise(browser, 'the chat opens with its first question', () => seen(browser, '.reply'))
  await say(browser, 'How long is the program?')
  await promise(browser, 'an answer stands there with its source', () => seen(browser, '.entry .source'))
  await promise(browser, 'axe finds nothing', () => axeFindsNothing(browser))
  await promise(browser, 'the gate runs in a worker, not on the page', async () => {
    await seenIn(browser, `performance.getEntriesByType('resource').some(({ name }) => name.includes('/gate-'))`)
    return browser.run<boolean>(`!('porchlightHear' in window)`)
  })
  await say(browser, 'I want to kill myself')
  await promise(browser, 'danger brings the card, 988 first', () => seen(browser, '.crisis .first[href="tel:988"]'))
  await promise(browser, 'axe finds nothing beside the card', () => axeFindsNothing(browser))
  await browser.go(chat)
  await promise(browser, 'a reload resumes the talk', () => seen(browser, '.entry.visitor'))
  await promise(browser, 'nothing is stored but a chat number in the tab', () =>
    browser.run<boolean>(
      `localStorage.length === 0 && document.cookie === '' && !JSON.stringify(sessionStorage).includes('kill')`,
    ),
  )
  await checkLauncher(browser, service.address)
  await browser.go(chat)
  await seen(browser, '.entry')
  await browser.press(`${SHIFT}${SHIFT}${SHIFT}`)
  await promise(browser, 'Shift three times leaves', () =>
    seenIn(browser, `!location.pathname.startsWith('/chat') || document.body.childElementCount === 0`),
  )
  await browser.go(`${service.address}/chat/inspira?lang=es`)
  await seen(browser, '.reply')
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  await service.stop()
  await say(browser, 'Quiero matarme')
  await promise(browser, 'with the service gone the card comes from the browser, in Spanish', () =>
    seen(browser, '.crisis .first[href="tel:988"]'),
  )
  await promise(browser, 'and it says that the words wait here', () => seen(browser, '.trouble'))
}

async function checkLauncher(browser: DrivenBrowser, address: string): Promise<void> {
  const root = `document.querySelector('porchlight-chat').shadowRoot`
  await browser.go(`${address}/`)
  await seenIn(browser, `!!${root}?.querySelector('button')`)
  await browser.run(`${root}.querySelector('button').click()`)
  await promise(browser, 'the tag opens the chat in a frame', () =>
    seenIn(browser, `!!${root}.querySelector('.ready')`),
  )
  await promise(browser, 'the focus is in it', () => seenIn(browser, `${root}.activeElement?.tagName === 'IFRAME'`))
  await browser.press(ESCAPE)
  await promise(browser, 'Escape closes it and gives the focus back', () =>
    seenIn(browser, `${root}.querySelector('[role=dialog]').hidden && ${root}.activeElement?.tagName === 'BUTTON'`),
  )
}

async function promise(browser: DrivenBrowser, words: string, keeps: () => Promise<boolean>): Promise<void> {
  const isKept = await keeps().catch((cause: unknown) => {
    console.log(`  ${cause instanceof Error ? cause.message : 'failed'}`)
    return false
  })
  if (!isKept) broken += 1
  console.log(`${isKept ? 'kept  ' : 'BROKEN'} ${words}`)
  if (!pictures) return
  const name = `${browser.name.split(' ')[0]}-${words.replace(/\W+/g, '-')}.png`
  await writeFile(join(pictures, name), await browser.picture())
}

async function say(browser: DrivenBrowser, words: string): Promise<void> {
  await browser.run(`document.querySelector('#box').focus()`)
  await browser.press(words)
  await browser.press(ENTER)
}

function seen(browser: DrivenBrowser, css: string): Promise<boolean> {
  return seenIn(browser, `!!document.querySelector(${JSON.stringify(css)})`)
}

/** Waits up to twenty seconds for an expression to be true. */
async function seenIn(browser: DrivenBrowser, expression: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await browser.run<boolean>(expression).catch(() => false)) return true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return false
}

async function axeFindsNothing(browser: DrivenBrowser): Promise<boolean> {
  // The page's policy forbids strangers' scripts; the driver's own are not the page's.
  await browser.run(`(() => { ${axe}; window.axe = axe ?? window.axe })()`)
  const found = await browser.run<string[]>(
    `axe.run({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } }).then(({ violations }) => violations.map(({ id }) => id))`,
  )
  for (const id of found) console.log(`  ${id}`)
  return found.length === 0
}
