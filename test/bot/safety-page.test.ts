/**
 * `/safety` says what really runs: every kind of danger, the figures with their intervals, the review state.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { House } from '../../bot/house.ts'
import { houseInMemory } from '../../bot/house-in-memory.ts'
import { measured, wilson } from '../../bot/pages/safety-figures.ts'
import { safetyPage } from '../../bot/pages/safety-page.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { begin } from '../../bot/turn/begin.ts'
import { newId } from '../../bot/turn/conversations.ts'
import { takeTurn } from '../../bot/turn/turn.ts'
import { world } from './service-in-test.ts'

test.each(['en', 'es'] as const)(
  'the protocol is published with its figures and intervals, in %s',
  async (language) => {
    const house = houseInMemory({ world })
    const page = await safetyPage(house, language)
    for (const { count, all } of measured.shares) {
      const [low, high] = wilson(count, all)
      expect(page).toContain(
        `${((100 * count) / all).toFixed(1)} % (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`,
      )
    }
    expect(page).toContain(measured.on)
    expect(page).toContain(house.world.flows.version)
    expect(page).toContain(language === 'en' ? 'Veterans Crisis Line' : 'Línea de Crisis para Veteranos')
    expect(page).toMatch(/988/)
    expect(page).not.toContain('NaN')
    await house.store.close()
  },
)

test('the figures are shares: no count exceeds its whole, and what is heard holds what is shown', () => {
  const count = (name: string): number => measured.shares.find(({ of }) => of === name)!.count
  for (const share of measured.shares) expect(share.count).toBeLessThanOrEqual(share.all)
  expect(count('heard')).toBeGreaterThanOrEqual(count('shown'))
})

test('referrals are published by calendar year, and a restart forgets none', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'porchlight-referrals-')), 'store.db')
  const first = houseInMemory({ world, store: openSqliteStore(file) })
  expect(await safetyPage(first, 'en')).toContain('none yet')
  await talkTo(first, 'dl_someone', 'i want to kill myself')
  await talkTo(first, 'dl_rehearsal.one', 'i want to kill myself')
  await talkTo(first, 'dl_other', 'do you take aetna?')
  await first.store.close()
  const next = houseInMemory({ world, store: openSqliteStore(file) })
  const [counted, ...more] = await next.store.referrals()
  expect([counted?.label, counted?.resource, counted?.count, more.length]).toEqual(['suicide_active', 'us-988', 1, 0])
  const page = await safetyPage(next, 'es')
  expect(page).toContain(`<h3>${counted?.month.slice(0, 4)}</h3>`)
  expect(page).toMatch(/pensamientos de suicidio<\/th><td>988[^<]*<\/td><td>1</)
  await next.store.close()
})

test('the page is served while the store is away', async () => {
  const house = houseInMemory({ world })
  house.store.referrals = () => Promise.reject(new Error('away'))
  expect(await safetyPage(house, 'en')).toContain('cannot be read right now')
  await house.store.close()
})

async function talkTo(house: House, user: string, text: string): Promise<void> {
  const conversation = newId('')
  await begin(house, { id: conversation, program: 'inspira', user, locale: 'en-US' })
  await takeTurn(house, { conversation, activity: { type: 'message', text } })
}
