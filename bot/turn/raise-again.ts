/**
 * A lead that staff have closed never hides a new sign of danger.
 *
 * The script raises each kind of danger once an hour, so that a long crisis is one lead and one
 * alarm. People may close that lead within the hour; what the visitor writes after that must open
 * it again and ring again.
 */
import type { Verdict } from '../../flows/safety/verdict.ts'
import type { House } from '../house.ts'
import { acuityRank } from '../queue/lead-order.ts'
import type { LiveConversation } from './conversations.ts'
import type { Decision } from './decide.ts'

/** The decision, with a lead and a page added when the gate escalates and the lead is closed. */
export async function raisedAgain(
  house: House,
  live: LiveConversation,
  decided: { decision: Decision; verdict: Verdict | null },
): Promise<Decision> {
  const { decision, verdict } = decided
  if (verdict?.outcome !== 'escalate' || decision.effects.some((effect) => effect.type === 'open-lead')) return decision
  const lead = await house.store.leadOf(live.id)
  const label = decision.state.crisis?.label
  if (lead?.state !== 'closed' || label === undefined) return decision
  const isDanger = acuityRank(lead.acuity, lead.route) <= 1
  const { acuity, route } = isDanger ? lead : ({ acuity: 'crisis', route: 'crisis' } as const)
  const added = [
    { type: 'open-lead', acuity, route, label },
    { type: 'page-on-call', label },
  ] as const
  return { ...decision, effects: [...decision.effects, ...added] }
}
