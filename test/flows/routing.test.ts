import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Fact } from '../../flows/engine/condition.ts'
import { route } from '../../flows/engine/route.ts'
import { Routing } from '../../flows/engine/routing.ts'

const routing = Routing.parse(parse(readFileSync('flows/routing.yaml', 'utf8')))
const { cases } = JSON.parse(readFileSync('test/flows/routing-cases.json', 'utf8')) as {
  cases: {
    name: string
    facts: Record<string, unknown>
    expect: { primary: string; reasons?: string[]; tags?: string[] }
  }[]
}

test.each(cases)('$name', ({ facts, expect: expected }) => {
  const hint = route(routing, flat(facts))
  expect(hint.primary).toBe(expected.primary)
  if (expected.reasons) expect(hint.reasons).toEqual(expected.reasons)
  for (const tag of expected.tags ?? []) expect(hint.tags).toContain(tag)
})

/** The table's cases nest their facts and tell the served states apart from the fact that follows. */
function flat(facts: Record<string, unknown>, prefix = ''): Record<string, Fact> {
  const served = facts.servedStates as string[] | undefined
  const out: Record<string, Fact> = served ? { served: served.includes(facts.state as string) ? 'yes' : 'no' } : {}
  for (const [name, value] of Object.entries(facts)) {
    if (name === 'servedStates') continue
    if (value !== null && typeof value === 'object')
      Object.assign(out, flat(value as Record<string, unknown>, `${prefix}${name}.`))
    else out[`${prefix}${name}`] = typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value as Fact)
  }
  return out
}
