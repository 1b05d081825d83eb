/**
 * Sentences of the protocol that come in turn, so that no two turns of one talk sound alike.
 */
import type { DangerLabel } from '../safety/verdict.ts'
import { type Draft, note, noted } from './draft.ts'
import type { CrisisScript } from './protocol.ts'
import type { Text } from './words.ts'

/** The body may get worse again, whatever the visitor says of it. */
export const medical: readonly DangerLabel[] = ['overdose_now', 'withdrawal_emergency', 'medical_emergency']

/** Another person may be watching. */
const threatened: readonly DangerLabel[] = ['violence_victim', 'child_abuse']

/** "I heard you", to what is no answer. */
export function heardWords(draft: Draft): Text {
  return inTurn(draft, threatened.includes(draft.state.crisis!.label) ? 'heardThreatened' : 'heard')
}

/** To a denial: it is believed, nothing is cleared, and the protocol goes on after it. */
export function deniedWords(draft: Draft): Text {
  return inTurn(draft, 'denied')
}

/** To "I'm fine now": glad, and nothing is cleared. */
export function fineWords(draft: Draft): Text {
  return inTurn(draft, medical.includes(draft.state.crisis!.label) ? 'fineMedical' : 'fine')
}

/** To a question that the program's facts do not answer. */
export function laterWords(draft: Draft): Text {
  return inTurn(draft, 'questionLater')
}

type InTurn = 'heard' | 'heardThreatened' | 'denied' | 'fine' | 'fineMedical' | 'questionLater'

/** Scripts that were kept before a list existed say what they say of everything. */
function inTurn(draft: Draft, name: InTurn): Text {
  const crisis: CrisisScript = draft.world.flows.crisis
  const texts = crisis[name] ?? crisis.heard
  const count = Number(noted(draft.state, name) ?? '0')
  note(draft, name, String(count + 1))
  return texts[count % texts.length]!
}
