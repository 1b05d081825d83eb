/**
 * The plan of the scripts' versions: what new conversations start with, what was current before, and where
 * running conversations move at their next turn.
 */
import { z } from 'zod'

const Move = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** `flow/step` of the old version → of the new one, where the names differ. */
  steps: z.record(z.string(), z.string()),
})

export const ScriptPlan = z.strictObject({
  current: z.string(),
  /** The files of the folder when the plan was made: other files are a new deployment, and become current. */
  seen: z.string(),
  /** Oldest first, the current one last. */
  history: z.array(
    z.strictObject({ version: z.string(), at: z.string(), by: z.enum(['start', 'publish', 'rollback']) }),
  ),
  moves: z.array(Move),
})
export type ScriptPlan = z.infer<typeof ScriptPlan>
export type Move = z.infer<typeof Move>

const HISTORY_AT_MOST = 50

export function readPlan(text: string | null): ScriptPlan | null {
  return text === null ? null : ScriptPlan.parse(JSON.parse(text))
}

/** @param next - what becomes current, and the version of the files in the folder. */
export function withCurrent(
  plan: ScriptPlan | null,
  next: { version: string; seen: string },
  made: { at: string; by: ScriptPlan['history'][number]['by'] },
): ScriptPlan {
  const history = [...(plan?.history ?? []), { version: next.version, ...made }].slice(-HISTORY_AT_MOST)
  return { current: next.version, seen: next.seen, history, moves: plan?.moves ?? [] }
}

/** The version that was current before this one; null when there was none. */
export function versionBefore(plan: ScriptPlan): string | null {
  return plan.history.findLast((one) => one.version !== plan.current)?.version ?? null
}

/** A new move replaces an older one from the same version; moves in a circle are none. */
export function withMove(plan: ScriptPlan, move: Move): ScriptPlan {
  const others = plan.moves.filter((one) => one.from !== move.from && !(one.from === move.to && one.to === move.from))
  return { ...plan, moves: [...others, move] }
}
