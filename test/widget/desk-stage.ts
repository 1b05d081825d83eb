/**
 * The real service with a night's leads on it, and the desk in Chromium.
 *
 * Visitors come over HTTP as they do in life; nothing of the desk is faked.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildWidget } from '../../bot/build-widget.ts'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import type { Clock } from '../../bot/ports.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { startTestService } from '../bot/service-in-test.ts'
import { startChromium } from '../browser/chromium.ts'

export const PASSWORD = 'a long passphrase'

export class DeskStage {
  readonly service: Service
  readonly browser: Browser
  /** What a page wrote to its console as an error, or threw. */
  readonly errors: string[] = []

  private constructor(service: Service, browser: Browser) {
    this.service = service
    this.browser = browser
  }

  static async set(clock?: Clock): Promise<DeskStage> {
    await buildWidget()
    const store = openSqliteStore(':memory:')
    await addStaff(store, { name: 'Ana', role: 'admissions', programs: null }, PASSWORD)
    await addStaff(store, { name: 'Ben', role: 'clinical', programs: ['inspira'] }, PASSWORD)
    await addStaff(store, { name: 'Dee', role: 'admissions', programs: ['inspira'] }, PASSWORD)
    await addStaff(store, { name: 'Chris', role: 'admin', programs: null }, PASSWORD)
    const service = await startTestService({ store, ...(clock ? { clock } : {}) })
    const browser = await startChromium()
    return new DeskStage(service, browser)
  }

  async clear(): Promise<void> {
    await this.browser.close()
    await this.service.stop()
  }

  async door(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        this.errors.push(message.text())
    })
    await page.goto(`${this.service.address}/desk`)
    await page.locator('input[name=name]').waitFor()
    return page
  }

  /** The desk with somebody signed in. */
  async desk(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.door(options)
    await page.fill('input[name=name]', name)
    await page.fill('input[name=password]', PASSWORD)
    await page.click('button[type=submit]')
    await page.locator('.tabs').waitFor()
    return page
  }
}
