/**
 * From a question that nobody could answer to a fact that the chat says, on the desk, by two people with a keyboard.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { said, visit } from '../bot/service-in-test.ts'
import { DeskStage } from './desk-stage.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await DeskStage.set()
  for (const question of ['is there parking', 'where can i park my car', 'can i bring my dog'])
    await (await visit(stage.service.address)).say(question)
})
afterAll(async () => {
  await stage.clear()
  expect(stage.errors).toEqual([])
})

const pictures = process.env.PICTURES
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: false })
}

async function questionsOf(name: string, options = {}): Promise<Page> {
  const page = await stage.desk(name, options)
  await page.keyboard.press('u')
  await page.locator('.learning h3').first().waitFor()
  return page
}

async function hears(question: string): Promise<string> {
  const activities = await (await visit(stage.service.address)).say(question)
  return JSON.stringify(activities.map((one: unknown) => said(one as never)))
}

/** Presses Tab until what has the focus is called this. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      return element.getAttribute('aria-label') ?? element.innerText
    })
    if (name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${name}`)
}

test('one states, another passes, the chat says it; all of it by keyboard', async () => {
  const ana = await questionsOf('Ana')
  await picture(ana, 'questions-1280')
  expect(await ana.locator('.learning h3').first().innerText()).toContain('parking · 2 times')
  await tabTo(ana, /^Write the fact: parking/)
  await ana.keyboard.press('Enter')
  await ana.waitForFunction(() => (document.activeElement as HTMLTextAreaElement).name === 'en')
  await ana.keyboard.type('We guarantee a parking space behind the building.')
  await ana.keyboard.press('Tab')
  await ana.keyboard.type('Le garantizamos un lugar de estacionamiento detrás del edificio.')
  await ana.keyboard.press('Tab')
  await ana.keyboard.type('front desk, walked round')
  expect(await ana.locator('[name=tries-en]').inputValue()).toContain('is there parking')
  await ana.locator('.statement [type=checkbox]').focus()
  await ana.keyboard.press('Space')
  await ana.keyboard.press('Tab')
  await ana.keyboard.press('Enter')
  await ana.locator('.faults', { hasText: 'promises' }).waitFor()
  await picture(ana, 'form-1280')
  await ana.locator('[name=en]').fill('There is parking behind the building, and it costs nothing.')
  await ana.locator('[name=es]').fill('Hay estacionamiento detrás del edificio y no cuesta nada.')
  await ana.locator('.statement .main').focus()
  await ana.keyboard.press('Enter')
  await ana.locator('.done', { hasText: 'waits for a colleague' }).waitFor()
  expect(await hears('is there parking')).toContain('no-answer')

  const dee = await questionsOf('Dee')
  await expect.poll(() => dee.locator('.head nav .count').innerText()).toBe('1')
  await tabTo(dee, /^To review/)
  await dee.keyboard.press('Enter')
  await dee.locator('.learning .main').waitFor()
  await picture(dee, 'review-1280')
  await tabTo(dee, /^Pass$/)
  await dee.keyboard.press('Enter')
  await dee.locator('.done', { hasText: 'says it from now on' }).waitFor()
  await dee.waitForFunction(() => document.activeElement?.classList.contains('done'))
  const heard = await hears('is there parking')
  expect(heard).toContain('behind the building')
  await tabTo(dee, /^Questions/)
  await dee.keyboard.press('Enter')
  await dee.locator('h3', { hasText: 'pets' }).waitFor()
  expect(await dee.locator('h3', { hasText: 'parking' }).count()).toBe(0)
  await Promise.all([ana.context().close(), dee.context().close()])
})

test('out of scope leaves the list and can be brought back; what is said can be confirmed and withdrawn', async () => {
  const page = await questionsOf('Ana', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await picture(page, 'questions-390')
  await page
    .getByRole('button', { name: /^Out of scope/ })
    .first()
    .click()
  await page.locator('.empty', { hasText: 'had an answer' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator('h3', { hasText: 'pets' }).waitFor()
  await page.getByRole('button', { name: /^Said/ }).click()
  await picture(page, 'said-390')
  await page.getByRole('button', { name: 'It still holds' }).click()
  await page.locator('[name=said]').fill(new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10))
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.locator('.warn', { hasText: 'Look at it again before' }).waitFor()
  await page.getByRole('button', { name: /^Said · 1, 1 due/ }).waitFor()
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await page.locator('[name=said]').fill('the lot was sold')
  await picture(page, 'withdraw-390')
  await page.locator('.statement .main').click()
  await page.locator('.done', { hasText: 'said no more' }).waitFor()
  expect(await hears('is there parking')).toContain('no-answer')
  await page.context().close()
})
