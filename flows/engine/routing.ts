/**
 * The routing table as typed data: rules in their order, tags, and the answers without which nothing
 * may be said to fit.
 */
import { z } from 'zod'
import { Route } from '../vocabulary.ts'
import { Condition } from './condition.ts'

const Rule = z.strictObject({
  id: z.string(),
  route: Route,
  when: Condition,
  whenText: z.string(),
  /** Fires only when every required answer is there and no earlier route has a reason. */
  needsAll: z.boolean().default(false),
  reason: z.string(),
  staffHint: z.string(),
  basis: z.string(),
  verified: z.union([z.boolean(), z.literal('partly')]),
})

const Tag = z.strictObject({
  id: z.string(),
  tag: z.string(),
  when: Condition,
  whenText: z.string(),
  staffHint: z.string(),
})

export const Routing = z.strictObject({
  version: z.string(),
  review: z.literal('awaiting-review'),
  disclaimer: z.string(),
  order: z.array(Route),
  requiredAnswers: z.array(z.string()),
  rules: z.array(Rule),
  tags: z.array(Tag),
})
export type Routing = z.infer<typeof Routing>
