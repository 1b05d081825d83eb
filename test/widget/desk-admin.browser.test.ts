/** What an administrator does on the desk beside leads: a legal hold, and everybody her own password. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeskStage, PASSWORD } from './desk-stage.ts'
import { dana, talkThrough } from './visitors-of-a-night.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await DeskStage.set()
  await talkThrough(stage.service.address, dana)
})
afterAll(async () => {
  await stage.clear()
  expect(stage.errors).toEqual([])
})

const pictures = process.env.PICTURES

test('a legal hold is placed with a reason and lifted, by keyboard, by an administrator only, and both are in the trail', async () => {
  const page = await stage.desk('Chris')
  await page.locator('.row').first().click()
  await page.locator('.name').waitFor()
  await page.keyboard.press('h')
  await page.locator('dialog', { hasText: 'Place a legal hold' }).waitFor()
  if (pictures) await page.screenshot({ path: `${pictures}/hold-1280.png` })
  await page.getByLabel('A court’s order').check()
  await page.keyboard.press('Enter')
  await page.locator('.side', { hasText: 'Legal hold (court order)' }).waitFor()
  await page.getByRole('button', { name: /^Lift the legal hold/ }).click()
  await page.locator('dialog', { hasText: 'placed by Chris' }).waitFor()
  await page.getByRole('button', { name: 'Lift it' }).click()
  await page.getByRole('button', { name: /^Place a legal hold/ }).waitFor()
  const trail = await stage.service.house.store.auditTrail(50, null)
  expect(trail.filter(({ event }) => event.startsWith('hold.')).map(({ event, actor }) => [event, actor])).toEqual([
    ['hold.lifted', 'Chris'],
    ['hold.placed', 'Chris'],
  ])
  const ana = await stage.desk('Ana')
  await ana.locator('.row').first().click()
  await ana.locator('.name').waitFor()
  await ana.keyboard.press('h')
  expect(await ana.locator('dialog').count()).toBe(0)
  expect(await ana.getByRole('button', { name: /legal hold/ }).count()).toBe(0)
  await Promise.all([page.context().close(), ana.context().close()])
})

test('a password is changed on the desk: a wrong or weak one is said to be so, and the desk goes on', async () => {
  const page = await stage.desk('Dee')
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Change your password' }).click()
  const change = async (current: string, next: string) => {
    await page.fill('[name=current]', current)
    await page.fill('[name=next]', next)
    await page.getByRole('button', { name: 'Change it' }).click()
  }
  await change('not the present one', 'lanternfish under bridges')
  await page.locator('dialog .fault', { hasText: 'present password is wrong' }).waitFor()
  await change(PASSWORD, 'Password12345!')
  await page.locator('dialog .fault', { hasText: 'soon guessed' }).waitFor()
  await change(PASSWORD, 'lanternfish under bridges')
  await page.locator('dialog', { hasText: 'It is changed' }).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.keyboard.press('u')
  await page.locator('#page-title', { hasText: 'Unanswered' }).waitFor()
  await page.context().close()
})
