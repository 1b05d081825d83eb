/**
 * What a Bundle is made of: one lead with its conversation opened, and the names of its parts.
 */
import type { Brief, scoresOf } from '../../flows/brief.ts'
import type { ConversationState, ProgramProfile } from '../../flows/conversation.ts'
import type { FlowLibrary } from '../../flows/engine/library.ts'
import { isLeftOut } from '../../flows/engine/review.ts'
import type { LeadRecord } from '../ports.ts'
import { entryUrl } from './identity.ts'

export interface BundleSource {
  readonly lead: LeadRecord
  readonly state: ConversationState
  readonly brief: Brief
  readonly scores: ReturnType<typeof scoresOf>
  readonly program: ProgramProfile
  readonly flows: FlowLibrary
  /** When it is made. */
  readonly at: string
}

type Part =
  | 'provider'
  | 'payer'
  | 'assistant'
  | 'patient'
  | 'related'
  | 'coverage'
  | 'eligibility'
  | 'safety'
  | 'summary'
  | 'contact-wish'
  | 'request'
  | 'call-back'
  | 'origin'
  | `response-${string}`
  | `score-${string}`
  | `consent-${string}`

/** The provider, the payer and the assistant are the same for many leads. */
export function nameOf({ lead, state }: BundleSource, part: Part): string {
  switch (part) {
    case 'provider':
      return `program ${lead.program}`
    case 'payer':
      return `program ${lead.program} payer ${state.coverage.payer ?? ''}`
    case 'assistant':
      return `program ${lead.program} assistant ${state.scriptVersion}`
    default:
      return `${lead.id} ${part}`
  }
}

export function refTo(source: BundleSource, part: Part): { reference: string } {
  return { reference: entryUrl(nameOf(source, part)) }
}

/** A loved one writes: then nothing that was answered is about the writer. */
export function isForOther({ state }: BundleSource): boolean {
  return state.answers['for-whom']?.value === 'loved-one' || state.answers['for-whom']?.value === 'professional'
}

/** An answer as text, unless it was refused or left out of what is passed on. */
export function given({ state }: BundleSource, name: string): string | null {
  const value = isLeftOut(state, name) ? null : state.answers[name]?.value
  return typeof value === 'string' && value !== '' ? value : null
}

export function namesAPayer({ state }: BundleSource): boolean {
  return state.coverage.payer !== null && !['unknown', 'declined'].includes(state.coverage.state)
}
