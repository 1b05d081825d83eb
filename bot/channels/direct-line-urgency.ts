/**
 * A sentence of danger passes every limit: somebody who writes fast in fear is not told to wait.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import { screen } from '../../flows/safety/screen.ts'
import { visitorMessage } from '../visitor-message.ts'

export function isUrgent(activity: IncomingActivity): boolean {
  return activity.type === 'message' && screen(visitorMessage(activity), []).verdict.outcome === 'escalate'
}
