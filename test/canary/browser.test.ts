/**
 * What a browser keeps of a chat on its disk: nothing that was written or read there.
 *
 * A real profile, with everything on that a browser keeps by itself: caches, forms, sessions to be restored.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWidget } from '../../bot/build-widget.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'
import { filesBelow, holds } from './search.ts'

const MARK = 'zq9canary'
let folder: string
let service: SpawnedService

beforeAll(async () => {
  await buildWidget()
  folder = mkdtempSync(join(tmpdir(), 'porchlight-profile-'))
  service = await spawnService({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' })
}, 90_000)
afterAll(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the profile of a browser that chatted, on its disk and in its storages, holds no word of the chat', async () => {
  const profile = join(folder, 'profile')
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
  const page = await browser.newPage()
  await page.goto(service.address)
  await page.locator('porchlight-chat button').first().click()
  const chat = page.frameLocator('iframe')
  const write = chat.locator('textarea')
  await write.fill(`my name is ${MARK} and i want to kill myself`)
  await write.press('Enter')
  await chat.getByText('988').first().waitFor()
  await write.fill(`do you take ${MARK} insurance`)
  await write.press('Enter')
  await expect.poll(() => chat.locator('body').innerText()).toContain(`do you take ${MARK}`)
  await write.fill(`${MARK} typed and never sent`)
  const stored = await page.frames()[1]?.evaluate(async () => ({
    session: JSON.stringify(sessionStorage),
    local: JSON.stringify(localStorage),
    cookies: document.cookie,
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
    address: location.href,
    title: document.title,
    resources: JSON.stringify(performance.getEntriesByType('resource').map(({ name }) => name)),
  }))
  expect(stored?.session).toContain('conversationId')
  expect(Object.entries(stored ?? {}).filter(([, text]) => holds(text, MARK))).toEqual([])
  // What a host page can see of it all.
  expect(holds(await page.evaluate(() => document.documentElement.outerHTML), MARK)).toBe(false)
  await page.goto(`${service.address}/safety`)
  await browser.close()
  const files = filesBelow(profile)
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter(([, bytes]) => holds(bytes, MARK)).map(([path]) => path.slice(profile.length))).toEqual([])
}, 60_000)
