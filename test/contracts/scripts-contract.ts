import { expect, test } from 'vitest'
import type { Store } from '../../bot/ports.ts'

/** Versions of the scripts: kept once, read back whole, and one plan that says which is current. */
export function scriptVersions(store: () => Store): void {
  const of = (version: string, publishedAt: string, text = version) => ({
    version,
    publishedAt,
    body: Buffer.from(text),
  })

  test('a version of the scripts is kept once and never changes', async () => {
    expect(await store().keepScript(of('a1', '2026-11-21T07:10:00.000Z'))).toBe(true)
    expect(await store().keepScript(of('a1', '2026-11-22T07:10:00.000Z', 'other words'))).toBe(false)
    const kept = await store().script('a1')
    expect(kept && Buffer.from(kept.body).toString()).toBe('a1')
    expect(kept?.publishedAt).toBe('2026-11-21T07:10:00.000Z')
    expect(await store().script('never')).toBeNull()
  })

  test('versions are listed newest first, and the plan is the last one set', async () => {
    await store().keepScript(of('a1', '2026-11-21T07:10:00.000Z'))
    await store().keepScript(of('b2', '2026-11-22T07:10:00.000Z'))
    expect((await store().scripts()).map(({ version }) => version)).toEqual(['b2', 'a1'])
    expect(await store().scriptPlan()).toBeNull()
    await store().setScriptPlan('{"current":"a1"}')
    await store().setScriptPlan('{"current":"b2"}')
    expect(await store().scriptPlan()).toBe('{"current":"b2"}')
  })
}
