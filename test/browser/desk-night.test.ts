/**
 * A night on the desk in Chromium, by its own clock: danger at 02:10, a promise for the morning, a shift
 * that changes, a laptop that is lost, a chat that is taken over, and how it ends.
 *
 * The real service, the real desk, visitors over HTTP. With `PICTURES=docs/pictures` it keeps what it saw.
 */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { performDue } from '../../bot/outbox/perform.ts'
import { type Visitor, visit } from '../bot/service-in-test.ts'
import { agreeToAll } from '../exits/agreeable.ts'
import { DeskStage } from '../widget/desk-stage.ts'

const pictures = process.env.PICTURES
/** The night to a Tuesday in New Jersey. */
const clock = { at: new Date('2026-11-24T07:10:00.000Z') }
let stage: DeskStage
let inDanger: Visitor
let asking: Visitor
let ana: Page
let ben: Page

beforeAll(async () => {
  stage = await DeskStage.set({ now: () => clock.at })
}, 90_000)
afterAll(() => stage.clear())

/** The service's clock and the clocks of the pages go on together. */
async function itIs(time: string): Promise<void> {
  clock.at = new Date(time)
  for (const page of [ana, ben].filter((one) => one && !one.isClosed())) {
    await page.clock.setFixedTime(clock.at)
    await page.evaluate(() => Object.assign(document.querySelector('porchlight-desk') ?? {}, { now: Date.now() }))
  }
  await performDue(stage.service.house)
}

async function sitDown(name: string): Promise<Page> {
  const page = await stage.door()
  await page.clock.setFixedTime(clock.at)
  await page.reload()
  await page.fill('input[name=name]', name)
  await page.fill('input[name=password]', 'a long passphrase')
  await page.click('button[type=submit]')
  await page.locator('.tabs').waitFor()
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `night-${name}.png`) })
}

const side = (page: Page) => expect.poll(() => page.locator('.side').innerText(), { timeout: 10_000 })

test('02:10: danger rings on the open desk, and its person is called to it', async () => {
  ana = await sitDown('Ana')
  inDanger = await visit(stage.service.address)
  await inDanger.say('I want to kill myself')
  await ana.locator('.alarm.danger').waitFor()
  await picture(ana, '0210-danger')
  await ana.keyboard.press('a')
  await side(ana).toMatch(/suicide/i)
  await ana.keyboard.press('c')
  await ana.getByRole('button', { name: 'Join chat' }).waitFor()
  expect(await ana.locator('.alarm.danger').count()).toBe(0)
}, 60_000)

test('02:20: she steps into the chat; the bot is silent, the gate is not', async () => {
  await itIs('2026-11-24T07:20:00.000Z')
  await ana.keyboard.press('t')
  await ana.locator('.composer').waitFor()
  await ana.fill('#words', 'Hello, this is Ana. I am with you.')
  await ana.keyboard.press('Enter')
  await expect.poll(async () => JSON.stringify(await inDanger.activities())).toContain('I am with you')
  const answer = await inDanger.say('thank you')
  expect(answer.filter((one) => one.from.id === 'porchlight' && one.type === 'message')).toEqual([])
  expect(JSON.stringify(await inDanger.say('I took all the pills'))).toMatch(/"kind":"crisis"/)
  await picture(ana, '0220-takeover')
}, 60_000)

test('02:24: somebody asks for a call; the promise is for the morning', async () => {
  await itIs('2026-11-24T07:24:00.000Z')
  asking = await visit(stage.service.address)
  await asking.post({ type: 'event', name: 'porchlight/open' })
  await agreeToAll(asking)
  await expect.poll(() => ana.locator('.row').count(), { timeout: 10_000 }).toBe(2)
  await expect.poll(() => ana.locator('.queue').innerText(), { timeout: 10_000 }).toMatch(/in [67] h/)
  await picture(ana, '0224-promise')
}, 60_000)

test('04:00: her laptop is lost; the lease lapses, the lead and the chat come back to everybody', async () => {
  await ana.context().close()
  await itIs('2026-11-24T09:00:00.000Z')
  const lead = await stage.service.house.store.leadOf(inDanger.conversation)
  expect(lead).toMatchObject({ state: 'open', claimedBy: null })
  const live = await stage.service.house.conversations.load(inDanger.conversation)
  expect(live?.state.staff).toBeNull()
  ben = await sitDown('Ben')
  await ben.locator('.alarm.danger').waitFor()
  await picture(ben, '0400-lapsed')
}, 60_000)

test('08:00: the shift changes; the list says whom to call first, and what the night brought', async () => {
  await itIs('2026-11-24T13:00:00.000Z')
  ben = await sitDown('Ben')
  await ben.keyboard.press('d')
  await ben.locator('#page-title', { hasText: 'This shift' }).waitFor()
  const words = await ben.locator('.page').innerText()
  expect(words).toMatch(/came back because nobody was there/)
  expect(await ben.locator('.shift li').count()).toBe(2)
  await picture(ben, '0800-shift')
  await ben.locator('.shift button').first().click()
  await side(ben).toMatch(/suicide/i)
  await ben.keyboard.press('c')
  await ben.getByRole('button', { name: 'Release' }).waitFor()
}, 60_000)

test('08:10: a try that failed waits for its next time, with a note; a close is undone, and done again', async () => {
  await itIs('2026-11-24T13:10:00.000Z')
  await ben.keyboard.press('l')
  await ben.locator('dialog').waitFor()
  await ben.getByLabel('Left a voicemail').check()
  await ben.getByLabel('Note for the team').fill('Try the sister at noon.')
  await picture(ben, '0810-later')
  await ben.getByRole('button', { name: 'Put it back for then' }).click()
  await expect.poll(() => ben.locator('.notes').innerText(), { timeout: 10_000 }).toContain('Try the sister')
  await ben.getByRole('button', { name: 'Claim' }).waitFor()
  await ben.keyboard.press('c')
  await ben.getByRole('button', { name: 'Release' }).waitFor()
  for (const round of [1, 2]) {
    await ben.keyboard.press('x')
    await ben.getByLabel('Safe now').check()
    await ben.getByRole('button', { name: 'Close the lead' }).click()
    await ben.locator('.held', { hasText: 'Closed: safe now' }).waitFor()
    if (round === 2) break
    await ben.keyboard.press('z')
    await ben.getByRole('button', { name: 'Claim' }).waitFor()
    await ben.keyboard.press('c')
    await ben.getByRole('button', { name: 'Release' }).waitFor()
  }
  await picture(ben, '0810-closed')
  expect(stage.errors).toEqual([])
}, 90_000)
