import { expect, test } from 'vitest'
import type { Store } from '../../bot/ports.ts'

/** What staff have answered: each version once, the newest of each entry, only of the programs asked for. */
export function learned(store: () => Store): void {
  const of = (id: string, version: number, at: string, program = 'inspira') => ({
    id,
    version,
    program,
    at,
    body: `{"v":${version}}`,
  })

  test('an entry changes by a next version, and the second of two at once is told so', async () => {
    expect(await store().keepLearned(of('a', 1, '2026-11-21T07:10:00.000Z'))).toBe(true)
    expect(await store().keepLearned(of('a', 2, '2026-11-22T07:10:00.000Z'))).toBe(true)
    expect(await store().keepLearned(of('a', 2, '2026-11-22T07:11:00.000Z'))).toBe(false)
    expect(await store().learned(null)).toEqual([of('a', 2, '2026-11-22T07:10:00.000Z')])
  })

  test('staff see the entries of their programs, the latest change first', async () => {
    await store().keepLearned(of('a', 1, '2026-11-21T07:10:00.000Z'))
    await store().keepLearned(of('b', 1, '2026-11-22T07:10:00.000Z', 'jagruti'))
    expect((await store().learned(null)).map(({ id }) => id)).toEqual(['b', 'a'])
    expect((await store().learned(['inspira'])).map(({ id }) => id)).toEqual(['a'])
  })
}
