/**
 * A whole night in Chromium: from the first words on a program's page to a lead on the desk.
 *
 * The real service with its file on disk, the real widget in its frame, the real desk. With
 * `PICTURES=docs/pictures` it also keeps what it saw.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from 'axe-core'
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
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
  folder = await mkdtemp(join(tmpdir(), 'porchlight-night-'))
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

const wide: BrowserContextOptions = { viewport: { width: 1280, height: 720 } }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

interface Visitor {
  readonly page: Page
  readonly chat: FrameLocator
  say(text: string, answered: RegExp): Promise<void>
}

async function visitor(options: BrowserContextOptions, path: string): Promise<Visitor> {
  const page = await (await browser.newContext(options)).newPage()
  await page.goto(`${service.address}${path}`)
  await page.locator('porchlight-chat button').first().click()
  const chat = page.frameLocator('iframe')
  const say = async (text: string, answered: RegExp) => {
    await chat.locator('textarea').fill(text)
    await chat.locator('textarea').press('Enter')
    await expect.poll(() => chat.locator('body').innerText(), { timeout: 8_000 }).toMatch(answered)
  }
  return { page, chat, say }
}

async function desk(options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  await page.goto(`${service.address}/desk`)
  await page.fill('input[name=name]', 'dana')
  await page.fill('input[name=password]', PASSWORD)
  await page.click('button[type=submit]')
  await page.locator('.tabs').waitFor()
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AxeBuilder.source)
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run(),
  )
  return found.violations.map((one) => one.id)
}

test('a visitor asks, answers, names an insurer, leaves a number, agrees, and stands on the desk', {
  timeout: 90_000,
}, async () => {
  const { page, chat, say } = await visitor(wide, '/?program=inspira')
  await say('how long is the program?', /six to eight weeks/)
  await picture(page, 'answer-1280-light')
  await say('do you take my insurance', /most insurance plans/)
  await say('Check my insurance', /Who is this for|Which insurance/)
  for (let count = 0; count < 45; count += 1) {
    await expect.poll(() => asked(chat), { timeout: 8_000 }).not.toBe('')
    const question = await asked(chat)
    if (/anything else|if you need anything/.test(question)) break
    const said = await chat.locator('.entry.visitor').count()
    await chat.locator('textarea').fill(answerTo(question))
    await chat.locator('textarea').press('Enter')
    await expect.poll(() => chat.locator('.entry.visitor').count(), { timeout: 8_000 }).toBe(said + 1)
  }
  const staff = await desk(wide)
  await expect.poll(() => staff.locator('.row').count()).toBeGreaterThan(0)
  await staff.locator('.row').first().click()
  await expect.poll(() => staff.locator('.side').innerText()).toMatch(/201|Sam/)
  expect(await staff.locator('.middle').innerText()).toContain('do you take my insurance')
  await staff.keyboard.press('c')
  await expect.poll(() => staff.locator('.side').innerText()).toContain('Release')
  await picture(staff, 'desk-1280-light')
  expect(await violations(staff)).toEqual([])
  await staff.keyboard.press('x')
  await staff.getByRole('radio', { name: 'Reached', exact: true }).check()
  await staff.getByRole('button', { name: 'Close the lead' }).click()
  await expect.poll(() => staff.locator('.side').innerText()).toContain('Closed: reached')
})

/** What the assistant said since the visitor's last words; empty while it has not answered. */
async function asked(chat: FrameLocator): Promise<string> {
  const entries = await chat
    .locator('.entry')
    .evaluateAll((all) => all.map((one) => ({ mine: one.classList.contains('visitor'), text: one.textContent ?? '' })))
  return entries
    .slice(entries.findLastIndex(({ mine }) => mine) + 1)
    .map(({ text }) => text)
    .join('\n')
}

/** The next answer by what is asked: the visitor is agreeable, and short. */
function answerTo(shown: string): string {
  const rules: [RegExp, string][] = [
    [/Which insurance/, 'Aetna'],
    [/Who is this for/, 'For me'],
    [/How old are you/, '34'],
    [
      /wished you were dead|better off if you were dead|thoughts about killing|tried to kill|threaten you|day and night/,
      'No',
    ],
    [/drink containing alcohol\?/, '4 or more times a week'],
    [/typical day/, '5 or 6'],
    [/six or more drinks/, 'Weekly'],
    [/safe place to stay|take part about 9 hours/, 'Yes'],
    [/what made you write/, 'I lost my job over drinking and I want my mornings back'],
    [/Which state/, 'New Jersey'],
    [/What name/, 'Sam'],
    [/How would you like to be reached/, 'Phone'],
    [/phone number/, '201 555 0123'],
    [/leave a voicemail/, 'yes'],
    [/When is a good time/, 'evening'],
    [/also text/, 'no'],
    [/contact you the way you chose|Shall I send it|ask .* about your benefits/, 'yes'],
  ]
  const last = [...rules].map(([asked, answer]) => ({ at: shown.search(asked), answer })).sort((a, b) => b.at - a.at)[0]
  return last && last.at >= 0 ? last.answer : 'skip'
}

test('danger on a phone brings the card first, and the alarm on the desk', { timeout: 60_000 }, async () => {
  const staff = await desk(wide)
  const { page, chat, say } = await visitor(phone, '/?program=inspira')
  await say('I want to kill myself', /Call (988|911) now/)
  await picture(page, 'crisis-390-light')
  expect(
    await chat
      .getByRole('link', { name: /^Call (988|911) now/ })
      .first()
      .getAttribute('href'),
  ).toMatch(/^tel:/)
  await expect.poll(() => staff.locator('.alarm').count(), { timeout: 8_000 }).toBe(1)
  await picture(staff, 'desk-alarm-1280-light')
  await staff.getByRole('button', { name: 'Open' }).click()
  await expect.poll(() => staff.locator('.side').innerText()).toMatch(/suicide/)
})

test('in Spanish, in the dark, on a phone: an answer with its source, and the desk on a phone', {
  timeout: 60_000,
}, async () => {
  const dark = { ...phone, colorScheme: 'dark' } as const
  const { page, say } = await visitor(dark, '/?program=inspira&lang=es')
  await say('¿es en persona o virtual?', /virtual/)
  await picture(page, 'answer-es-390-dark')
  await say('hablar con una persona', /persona/)
  const staff = await desk(dark)
  await picture(staff, 'desk-390-dark')
  expect(await violations(staff)).toEqual([])
})

test('a reload resumes the same conversation', { timeout: 60_000 }, async () => {
  const { page, chat, say } = await directChat()
  await say('how long is the program?', /six to eight weeks/)
  await page.reload()
  await expect.poll(() => chat.locator('body').innerText(), { timeout: 8_000 }).toMatch(/six to eight weeks/)
})

/** The chat as a page of its own, without a frame around it. */
async function directChat(): Promise<Visitor> {
  const page = await (await browser.newContext(wide)).newPage()
  await page.goto(`${service.address}/chat/inspira`)
  const chat = page as unknown as FrameLocator
  const say = async (text: string, answered: RegExp) => {
    await page.locator('textarea').fill(text)
    await page.locator('textarea').press('Enter')
    await expect.poll(() => page.locator('body').innerText(), { timeout: 8_000 }).toMatch(answered)
  }
  return { page, chat, say }
}
