/**
 * A photo of a card from a phone-sized Chromium to the desk: taken, sent, seen under audit, gone after the check.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'
import { startChromium } from './chromium.ts'

const PASSWORD = 'a long passphrase'
const pictures = process.env.PICTURES
let folder: string
let service: SpawnedService
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-card-'))
  service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
  const store = openSqliteStore(join(folder, 'porchlight.sqlite'))
  await addStaff(store, { name: 'dana', role: 'admissions', programs: null }, PASSWORD)
  await store.close()
  browser = await startChromium()
})
afterAll(async () => {
  await browser.close()
  await service.stop()
  await rm(folder, { recursive: true })
})

const words = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000"><rect width="1600" height="1000" fill="#1d4f8c"/><text x="80" y="200" font-size="90" fill="#fff" font-family="sans-serif">SAMPLE HEALTH PLAN</text><text x="80" y="560" font-size="80" fill="#fff" font-family="monospace">ID  W000000000</text></svg>`

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function say(page: Page, text: string, answered: RegExp): Promise<void> {
  await page.locator('textarea').fill(text)
  await page.locator('textarea').press('Enter')
  await expect.poll(() => page.locator('.log').innerText(), { timeout: 10_000 }).toMatch(answered)
}

const steps: [string, RegExp][] = [
  ['check my insurance', /Who is this for/],
  ['for me', /Which insurance/],
  ['Aetna', /kind of plan/],
  ['ppo', /Whose plan/],
  ['my own', /Which state/],
  ['NJ', /like next/],
  ['a person', /What name/],
  ['Ana', /like to be reached/],
  ['phone', /Which phone/],
  ['609 555 2368', /voicemail/],
  ['yes', /good time/],
  ['any time', /contact you the way/],
  ['yes', /also text/],
  ['no', /about your benefits/],
  ['yes', /photo of the front/],
]

test('a card goes from a phone to the desk, and is deleted once staff have confirmed the plan', {
  timeout: 90_000,
}, async () => {
  const card = await sharp(Buffer.from(words)).jpeg().toBuffer()
  const page = await (
    await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  ).newPage()
  await page.goto(`${service.address}/chat/sample-002`)
  for (const [text, answered] of steps) await say(page, text, answered)
  await page.getByText('Take a photo').waitFor()
  await picture(page, 'card-asked-390')
  expect(await page.locator('input[name=camera]').getAttribute('capture')).toBe('environment')
  await page.locator('input[name=camera]').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: card })
  await picture(page, 'card-chosen-390')
  await page.getByRole('button', { name: 'Send the photo' }).click()
  await expect
    .poll(() => page.locator('.log').innerText(), { timeout: 20_000 })
    .toMatch(/The photo arrived[\s\S]*date of birth/)
  await say(page, 'May 17, 1990', /Shall I send it/)
  await picture(page, 'card-review-390')
  await say(page, 'send', /anything else/)
  expect(await page.locator('.log').innerText()).not.toMatch(/May 17, 1990/)

  const staff = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  await staff.goto(`${service.address}/desk`)
  await staff.fill('input[name=name]', 'dana')
  await staff.fill('input[name=password]', PASSWORD)
  await staff.click('button[type=submit]')
  await staff.locator('.row').first().click()
  await staff.getByText('Verify benefits').waitFor()
  await staff.keyboard.press('c')
  await staff.getByText('Release').waitFor()
  await staff.getByText('Verify benefits').click()
  await staff.getByText('Photo 1 of the card').click()
  const shown = staff.locator('.verify img')
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 10_000 })
    .toBe(1600)
  await staff.getByLabel('Member ID').fill('W000000000')
  await picture(staff, 'card-desk-1280')
  await staff.getByLabel('Who said it').fill('Kim')
  await staff.getByLabel('Outcome').selectOption('active')
  await staff.getByRole('button', { name: 'Save the worksheet' }).click()
  await expect.poll(() => page.locator('.log').innerText(), { timeout: 10_000 }).toMatch(/We have checked with Aetna/)
  await staff.getByRole('button', { name: /delete the photos/ }).click()
  await expect.poll(() => shown.count(), { timeout: 10_000 }).toBe(0)
  expect(await page.locator('.log').innerText()).not.toMatch(/plan is active/)
})
