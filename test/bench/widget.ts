/**
 * The widget beside its peers, in Chromium: `node test/bench/widget.ts PEERS [RUNS]`, PEERS as for `widget-site.ts`.
 *
 * Runs go round the pages in turn, medians are printed as rows of a table. "slow" is a processor four
 * times slower on a line of 1.6 Mbps with 150 ms. Milliseconds depend on the machine and its load.
 */
import { spawn } from 'node:child_process'
import { brotliCompressSync } from 'node:zlib'
import type { Browser, CDPSession, Page, Response } from 'playwright-core'
import { buildWidget } from '../../bot/build-widget.ts'
import { startChromium } from '../browser/chromium.ts'

const [peers = '.', runs = '3'] = process.argv.slice(2)
const PORT = '48391'
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }
const names = ['ours', 'deep-chat', 'web-chat'] as const

interface Figures {
  readonly launcherMs: number
  readonly openMs: number
  readonly blockedAtLoadMs: number
  readonly blockedAtOpeningMs: number
  readonly heapClosedMb: number
  readonly heapOpenMb: number
  readonly elementsClosed: number
  readonly elementsOpen: number
  readonly bytesAtLauncher: number
  readonly bytesInAll: number
}

/** What the page notes about itself, before any of its own scripts. */
function watch(): void {
  const blocked: [number, number][] = []
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) blocked.push([startTime, duration])
  }).observe({ type: 'longtask', buffered: true })
  const inside = (one: Element) => one.shadowRoot ?? (one as HTMLIFrameElement).contentDocument ?? one
  const first = (path: string) =>
    path.split(' >>> ').reduce<Element | null | undefined>((from, css, at) => {
      const roots = at === 0 ? [document] : from ? [inside(from)] : []
      return [...(roots[0]?.querySelectorAll(css) ?? [])].find((one) => one.checkVisibility() && one.clientHeight > 3)
    }, null)
  const seen = (path: string): Promise<number> =>
    new Promise((resolve) => {
      const look = () =>
        path.split(', ').some((one) => first(one)) ? resolve(performance.now()) : requestAnimationFrame(look)
      look()
    })
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((one) => [one, ...(inside(one) === one ? [] : all(inside(one)))])
  const elements = () =>
    all(document).filter(
      (one) => !one.closest('[data-host]') && !/^(HTML|HEAD|BODY|META|TITLE|LINK|SCRIPT)$/.test(one.tagName),
    ).length
  Object.assign(window, {
    bench: { blocked, seen, elements, press: (path: string) => (first(path) as HTMLElement).click() },
  })
}

interface Watched {
  readonly bench: {
    readonly blocked: [number, number][]
    seen(path: string): Promise<number>
    elements(): number
    press(path: string): void
  }
}

await buildWidget()
const site = spawn(process.execPath, ['test/bench/widget-site.ts', peers, PORT], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
await new Promise((resolve) => site.stdout.once('data', resolve))
// The site packs a peer's bundle at its first asking, which takes half a minute.
for (const name of names) {
  const html = await (await fetch(`http://127.0.0.1:${PORT}/pages/${name}.html`)).text()
  for (const [, script] of html.matchAll(/src="([^"]+)"/g)) await fetch(`http://127.0.0.1:${PORT}${script}`)
}
const browser = await startChromium()
try {
  for (const speed of ['fast', 'slow'] as const) await compare(speed)
} finally {
  await browser.close()
  site.kill()
}

async function compare(speed: 'fast' | 'slow'): Promise<void> {
  const found = new Map<string, Figures[]>(names.map((name) => [name, []]))
  for (let run = 0; run < Number(runs); run++)
    for (const name of names) found.get(name)?.push(await measure(browser, name, speed))
  console.log(`\n| ${speed} | ${names.join(' | ')} |\n|--|--|--|--|`)
  const keys = Object.keys(found.get('ours')?.[0] ?? {}) as (keyof Figures)[]
  for (const key of keys) {
    const row = names.map((name) => median((found.get(name) ?? []).map((figures) => figures[key])))
    console.log(
      `| ${key} | ${row.map((figure) => (Number.isNaN(figure) ? '–' : Math.round(figure * 100) / 100)).join(' | ')} |`,
    )
  }
}

async function measure(from: Browser, name: string, speed: 'fast' | 'slow'): Promise<Figures> {
  const context = await from.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.addInitScript(watch)
  await page.goto('data:text/html,<p>nothing')
  const empty = await heapMb(session)
  if (speed === 'slow') {
    await session.send('Network.emulateNetworkConditions', SLOW_LINE)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  }
  const came: Response[] = []
  page.on('response', (response) => came.push(response))
  await page.goto(`http://127.0.0.1:${PORT}/pages/${name}.html`, { waitUntil: 'commit' })
  await page.waitForFunction(() => document.getElementById('probe'), null, { timeout: 90_000 })
  // No locator: the script behind it would be weighed too.
  const probe = await page.evaluate(() => document.getElementById('probe')?.textContent ?? '{}')
  const { launcher, input } = JSON.parse(probe) as Record<string, string | null>
  const launcherMs = await seen(page, launcher ?? input ?? '')
  const bytesAtLauncher = await packed(came)
  await settle(page)
  const closed = { heap: (await heapMb(session)) - empty, elements: await elements(page) }
  const opened = await page.evaluate(() => performance.now())
  if (launcher) await page.evaluate((path) => (window as unknown as Watched).bench.press(path), launcher)
  const usable = launcher ? await seen(page, input ?? '') : Number.NaN
  await settle(page)
  const blocked = await page.evaluate(() => (window as unknown as Watched).bench.blocked)
  const over = (isMine: (start: number) => boolean) =>
    blocked.reduce((sum, [start, duration]) => sum + (isMine(start) ? Math.max(0, duration - 50) : 0), 0)
  const figures = {
    launcherMs,
    openMs: usable - opened,
    blockedAtLoadMs: over((start) => !launcher || start < opened),
    blockedAtOpeningMs: over((start) => launcher !== null && start >= opened),
    heapClosedMb: closed.heap,
    heapOpenMb: (await heapMb(session)) - empty,
    elementsClosed: closed.elements,
    elementsOpen: await elements(page),
    bytesAtLauncher,
    bytesInAll: await packed(came),
  }
  await context.close()
  return figures
}

function seen(page: Page, path: string): Promise<number> {
  return page.evaluate((wanted) => (window as unknown as Watched).bench.seen(wanted), path)
}

function elements(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Watched).bench.elements())
}

/** Until nothing was fetched and nothing ran for long for a second. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => {
    const last = (window as unknown as Watched).bench.blocked.at(-1)
    return !last || performance.now() - last[0] - last[1] > 1_000
  })
  await page.waitForTimeout(1_000)
}

async function heapMb(session: CDPSession): Promise<number> {
  for (let times = 0; times < 2; times++) await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1_048_576
}

/** Bytes of scripts and styles as brotli packs them, a worker's among them. */
async function packed(came: readonly Response[]): Promise<number> {
  const files = came.filter((response) => /\.(js|css)$/.test(new URL(response.url()).pathname))
  const sizes = files.map(async (response) => brotliCompressSync(await response.body()).length)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}
