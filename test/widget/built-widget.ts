/**
 * The widget as it is shipped, built once per test file into a folder of its own, and a browser to see it in.
 *
 * The chat's tests look at what a visitor gets, not at the sources; a build takes a third of a second.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { build } from 'vite'
import { expect } from 'vitest'
import { startChromium } from '../browser/chromium.ts'
import { FakeService } from './fake-service.ts'
import { script } from './scripted-bot.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Builds into a new folder and returns its path. */
export async function buildWidget(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'porchlight-widget-'))
  await build({ configFile: join(ROOT, 'vite.config.ts'), root: ROOT, logLevel: 'error', build: { outDir } })
  return outDir
}

export class Stage {
  readonly service: FakeService
  readonly browser: Browser
  /** What a page wrote to its console as an error, or threw. */
  readonly errors: string[] = []

  readonly #dist: string

  private constructor(service: FakeService, browser: Browser, dist: string) {
    this.service = service
    this.browser = browser
    this.#dist = dist
  }

  static async set(): Promise<Stage> {
    const dist = await buildWidget()
    const service = await FakeService.start(script, dist)
    const browser = await startChromium()
    return new Stage(service, browser, dist)
  }

  /** The provider's site: another origin than the chat's. */
  get host(): string {
    return `${this.service.base.replace('127.0.0.1', 'localhost')}/host?from=${this.service.base}`
  }

  async clear(): Promise<void> {
    await this.browser.close()
    await this.service.stop()
    await rm(this.#dist, { recursive: true })
  }

  /** Opens a page of the service, in a context of its own. */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 390, height: 780 }, ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        this.errors.push(message.text())
    })
    await page.goto(path.startsWith('http') ? path : this.service.base + path)
    return page
  }

  /** Opens the chat and waits for its first question. */
  async openChat(options: BrowserContextOptions = {}, lang = 'en'): Promise<Page> {
    const page = await this.open(`/chat/inspira?lang=${lang}`, options)
    await page.locator('.reply').first().waitFor()
    return page
  }
}

/** Writes into the message box and sends with Enter. */
export async function sendText(page: Page, text: string): Promise<void> {
  await page.fill('#box', text)
  await page.press('#box', 'Enter')
}

/** Waits until the log shows a text. */
export async function seeText(page: Page, text: string): Promise<void> {
  await page.locator('.words', { hasText: text }).last().waitFor()
}

/** The button that the tag puts on a provider's page. */
export const launcherButton = 'porchlight-chat button[aria-expanded]'

/** The chat inside the frame on a provider's page, when it has its first question. */
export async function chatOf(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().length).toBe(2)
  const frame = page.frames()[1]
  if (!frame) throw new Error('The chat has no frame.')
  await frame.locator('.reply').first().waitFor()
  return frame
}
