/**
 * Where the answers point: every rule of the table in its order, all reasons kept.
 *
 * A hint for staff, never a diagnosis or a level of care. A missing answer never counts as "no risk":
 * the rules marked `needsAll` stay silent until every required answer is there, and while any other
 * rule has a reason.
 */
import type { RouteHint } from '../vocabulary.ts'
import { type Fact, holds } from './condition.ts'
import type { Routing } from './routing.ts'

/** Dotted fact names, e.g. `asq.1`, `alcohol.freq`; null or absent = unknown. */
export type RoutingFacts = Readonly<Record<string, Fact>>

export function route(routing: Routing, facts: RoutingFacts): RouteHint {
  const look = { answer: (name: string) => facts[name], about: () => '' }
  const unanswered = routing.requiredAnswers.filter((name) => facts[name] === undefined || facts[name] === null)
  const fired = routing.rules.filter((rule) => !rule.needsAll && holds(rule.when, look))
  const heldBack = unanswered.length > 0 || fired.length > 0
  if (!heldBack) fired.push(...routing.rules.filter((rule) => rule.needsAll && holds(rule.when, look)))
  const primary = routing.order.find((one) => fired.some((rule) => rule.route === one)) ?? 'staff-decides'
  return {
    primary,
    reasons: fired.map((rule) => rule.id),
    tags: routing.tags.filter((tag) => holds(tag.when, look)).map((tag) => tag.tag),
    unanswered,
    rulesVersion: routing.version,
    disclaimer: routing.disclaimer,
  }
}
