import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disableStaff } from '../../bot/console/staff-accounts.ts'
import { visit } from '../bot/service-in-test.ts'
import { objections } from './axe.ts'
import { DeskStage } from './desk-stage.ts'
import { dana, marisol, talkThrough } from './visitors-of-a-night.ts'

let stage: DeskStage
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

beforeAll(async () => {
  stage = await DeskStage.set()
  await talkThrough(stage.service.address, dana)
  await talkThrough(stage.service.address, marisol)
})
afterAll(async () => {
  await stage.clear()
  expect(stage.errors).toEqual([])
})

const openDana = async (page: Page): Promise<void> => {
  await page.locator('.row', { hasText: 'I drink every night' }).first().click()
  await page.locator('.name', { hasText: 'Dana' }).waitFor()
}

/** It is called out again while nobody takes the lead, so one key may not be enough. */
const silenceDanger = (page: Page): Promise<void> =>
  expect
    .poll(async () => {
      if (await page.locator('.alarm.danger').isVisible()) await page.keyboard.press('s')
      return page.locator('.alarm.danger').isVisible()
    })
    .toBe(false)

test.each([
  ['in the light', { colorScheme: 'light' }],
  ['in the dark', { colorScheme: 'dark' }],
  ['on a phone', { ...phone, colorScheme: 'dark' }],
] as const)('axe finds nothing on any page of the desk, %s', async (_, options: BrowserContextOptions) => {
  const door = await stage.door({ ...options, bypassCSP: true })
  const found = [await objections(door)]
  await door.context().close()
  const page = await stage.desk('Chris', { ...options, bypassCSP: true })
  found.push(await objections(page))
  for (const name of ['Unanswered', 'Unsent', 'Shift', 'Figures', 'Audit', 'Queue']) {
    await page.getByRole('button', { name, exact: true }).click()
    found.push(await objections(page))
  }
  await openDana(page)
  found.push(await objections(page))
  for (const summary of await page.locator('.side summary').all()) await summary.click()
  found.push(await objections(page))
  await page.keyboard.press('?')
  await page.locator('dialog').waitFor()
  found.push(await objections(page))
  expect(found.flat()).toEqual([])
  expect(found).toHaveLength(11)
  await page.context().close()
})

test('one lead from queue to outcome, by keyboard alone', async () => {
  const page = await stage.desk('Ana')
  await page.keyboard.press('/')
  await page.locator('#search:focus').waitFor()
  await page.keyboard.type('I drink')
  await page.keyboard.press('Escape')
  await page.locator('#search:not(:focus)').waitFor()
  await page.keyboard.press('j')
  await page.locator('.row:focus', { hasText: 'I drink' }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.name', { hasText: 'Dana' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Release' }).waitFor()
  await page.keyboard.press('t')
  await page.locator('.composer').waitFor()
  await page.keyboard.press('m')
  await page.locator('#words:focus').waitFor()
  await page.keyboard.type('Hello Dana, this is Ana.')
  await page.keyboard.press('Enter')
  await page.locator('.staff .words', { hasText: 'this is Ana' }).waitFor()
  await page.waitForFunction(() => (document.querySelector('#words') as HTMLTextAreaElement | null)?.value === '')
  await page.keyboard.press('Escape')
  await page.locator('#words:not(:focus)').waitFor()
  await page.keyboard.press('t')
  await page.getByRole('button', { name: 'Join chat' }).waitFor()
  await page.keyboard.press('x')
  await page.locator('dialog :focus').waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.locator('.held', { hasText: 'Closed: reached' }).waitFor()
  await page.keyboard.press('3')
  await page.locator('.row', { hasText: 'by you' }).waitFor()
  await page.context().close()
})

test('the brief of a whole screening stands on one screen of 1280 × 720, waiting and held', async () => {
  await talkThrough(stage.service.address, dana)
  const page = await stage.desk('Ana')
  await openDana(page)
  const overflow = () =>
    page.evaluate(() => {
      const brief = document.querySelector('.side > .scrolls') as HTMLElement
      return brief.scrollHeight - brief.clientHeight
    })
  expect(await overflow()).toBe(0)
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Release' }).waitFor()
  expect(await overflow()).toBe(0)
  await page.keyboard.press('r')
  await page.getByRole('button', { name: 'Claim' }).waitFor()
  await page.context().close()
})

test('danger raises the bar on every open desk, and only a person ends it', async () => {
  const [ana, chris] = [await stage.desk('Ana'), await stage.desk('Chris')]
  const visitor = await visit(stage.service.address)
  await visitor.say('I want to kill myself')
  await ana.locator('.alarm.danger').waitFor()
  await chris.locator('.alarm.danger').waitFor()
  await ana.locator('.row.crisis, .row.emergency').first().waitFor()
  await silenceDanger(ana)
  expect(await chris.locator('.alarm').count()).toBe(1)
  expect(await chris.title()).toContain('Alarm')
  await ana.locator('.row', { hasText: /suicide/i }).click()
  await ana.locator('.safety.danger').waitFor()
  await ana.keyboard.press('c')
  await ana.getByRole('button', { name: 'Release' }).waitFor()
  await chris.locator('.alarm').waitFor({ state: 'detached' })
  await visitor.say('he has a gun and is going to shoot me')
  await ana.locator('.alarm', { hasText: 'whom you hold' }).waitFor()
  await Promise.all([ana.context().close(), chris.context().close()])
})

test('nothing moves under a reader: what is new waits below until she asks', async () => {
  const page = await stage.desk('Ana')
  await talkThrough(stage.service.address, marisol)
  await page.locator('.row', { hasText: 'My son' }).nth(1).waitFor()
  await page.locator('.row').first().focus()
  const before = await page.locator('.row').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.lead))
  await talkThrough(stage.service.address, dana)
  await page.locator('.reorder').waitFor()
  const after = await page.locator('.row').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.lead))
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after).toHaveLength(before.length + 1)
  await page.keyboard.press('g')
  await page.locator('.reorder').waitFor({ state: 'detached' })
  await page.context().close()
})

test('on a phone one pane shows at a time, nothing sticks out, and every control can be hit', async () => {
  const page = await stage.desk('Ana', phone)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.locator('.row').first().click()
  await page.locator('.person').waitFor()
  expect(await page.locator('.queue').isVisible()).toBe(false)
  expect(await page.locator('.talk').isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Conversation' }).click()
  expect(await page.locator('.talk').isVisible()).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, select, textarea')].flatMap((element) => {
      const { height, width, right } = element.getBoundingClientRect()
      const isWrong = height < 44 || width < 24 || right > innerWidth
      return element.checkVisibility() && isWrong ? [`${element.textContent} ${width}×${height}`] : []
    }),
  )
  expect(small).toEqual([])
  await page.getByRole('button', { name: 'Queue' }).click()
  expect(await page.locator('.queue').isVisible()).toBe(true)
  await page.context().close()
})

test('a reload finds the session, the lead that one holds, and its lease', async () => {
  const page = await stage.desk('Ana')
  await openDana(page)
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Release' }).waitFor()
  await page.reload()
  await page.locator('.queue h2', { hasText: 'With you' }).waitFor()
  await page.locator('.queue h2:has-text("With you") + ol .row').first().click()
  await page.getByRole('button', { name: 'Release' }).waitFor()
  await page.keyboard.press('r')
  await page.getByRole('button', { name: 'Claim' }).waitFor()
  await page.context().close()
})

test('who is disabled is at the door within seconds, and told that no alarm sounds there', async () => {
  const page = await stage.desk('Ben')
  await page.locator('.row').first().click()
  await page.locator('.person').waitFor()
  await disableStaff(stage.service.house.store, 'Ben')
  await page.locator('.fault', { hasText: 'Alarms do not sound here' }).waitFor({ timeout: 20_000 })
  expect(await page.locator('body').innerText()).not.toMatch(/Dana|drink|201/)
  await page.context().close()
})

test('a lead of another program opens by its address with a reason, an admin sees it at once, and the trail shows it first', async () => {
  const visitor = await visit(stage.service.address, 'jagruti')
  await visitor.say('I want to kill myself')
  const lead = (await stage.service.house.store.leadOf(visitor.conversation))?.id
  const [dee, chris] = [await stage.desk('Dee'), await stage.desk('Chris')]
  await chris.locator('.alarm.danger').waitFor()
  await dee.goto(`${stage.service.address}/desk#${lead}`)
  await dee.locator('.fault', { hasText: 'No lead has this id' }).waitFor()
  await dee.keyboard.press('b')
  expect(await dee.inputValue('dialog input[name=lead]')).toBe(lead)
  expect(await objections(dee)).toEqual([])
  await dee.getByLabel('Danger to life').check()
  await dee.getByRole('button', { name: 'Open it' }).click()
  await dee.locator('.glass', { hasText: 'open to you until' }).waitFor()
  await dee.locator('.safety.danger').waitFor()
  await silenceDanger(chris)
  await chris.locator('.alarm', { hasText: 'opened a lead of another program' }).waitFor()
  await chris.keyboard.press('a')
  await chris.locator('.notable', { hasText: 'Dee opened a lead of another program' }).waitFor()
  await chris.locator('.notable', { hasText: 'Danger to life' }).waitFor()
  await Promise.all([dee.context().close(), chris.context().close()])
})

test('a wrong password says so, and signing out leaves nothing of anybody on the screen', async () => {
  const page = await stage.door()
  await page.fill('input[name=name]', 'Ana')
  await page.fill('input[name=password]', 'not her passphrase')
  await page.click('button[type=submit]')
  await page.locator('.fault', { hasText: 'Name or password is wrong' }).waitFor()
  await page.context().close()
  const desk = await stage.desk('Ana')
  await desk.locator('.row').first().click()
  await desk.locator('.person').waitFor()
  await desk.getByRole('button', { name: 'Sign out' }).click()
  await desk.locator('input[name=name]').waitFor()
  expect(await desk.locator('body').innerText()).not.toMatch(/Dana|drink|201/)
  await desk.context().close()
})
