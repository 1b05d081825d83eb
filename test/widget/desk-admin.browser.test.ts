/** What an administrator does on the desk beside leads: a legal hold; and everybody with her own account. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../../bot/console/second-factor.ts'
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

test('one sees where one is signed in, and ends the others with the password', async () => {
  const [page, other] = [await stage.desk('Ana'), await stage.desk('Ana')]
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Where you are signed in' }).click()
  const dialog = page.locator('dialog', { hasText: 'Where you are signed in' })
  await dialog.locator('li', { hasText: /Chrome on Linux, since .*, this one/ }).waitFor()
  const before = await dialog.locator('li').count()
  expect(before).toBeGreaterThan(1)
  if (pictures) await page.screenshot({ path: `${pictures}/sessions-1280.png` })
  await dialog.getByLabel('Your password').fill('not the present one')
  await dialog.getByRole('button', { name: 'End all others' }).click()
  await dialog.locator('.fault', { hasText: 'present password is wrong' }).waitFor()
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog
    .getByRole('button', { name: /^End Chrome on Linux/ })
    .first()
    .click()
  await expect.poll(() => dialog.locator('li').count()).toBe(before - 1)
  if (before > 2) {
    await dialog.getByLabel('Your password').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'End all others' }).click()
  }
  await dialog.getByText('You are signed in nowhere else').waitFor()
  await other.reload()
  await other.getByLabel('Password').waitFor()
  await Promise.all([page.context().close(), other.context().close()])
})

test('a second factor is set up on the desk with the password and removed with password and code', async () => {
  const page = await stage.desk('Ben')
  const open = async (button: RegExp): Promise<void> => {
    await page.keyboard.press('?')
    await page.getByRole('button', { name: button }).click()
    await page.getByLabel('Your password').fill(PASSWORD)
  }
  await open(/^Set up a second factor/)
  await page.getByRole('button', { name: 'Set it up' }).click()
  const key = (await page.locator('code.key').textContent())?.replaceAll(' ', '') ?? ''
  await page.getByLabel('The code that it shows').fill(codeOf(key, stage.service.house.clock.now()))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  const recovery = (await page.locator('.recovery code').first().textContent()) ?? ''
  await page.getByRole('button', { name: 'I have them' }).click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await page.locator('.row').first().waitFor()
  await open(/^Your second factor is on: remove it/)
  await page.getByLabel('A code of it, or a recovery code').fill(recovery)
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Set up a second factor' }).waitFor()
  await page.context().close()
})
