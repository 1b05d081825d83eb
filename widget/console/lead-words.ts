/**
 * The desk's words for codes: acuity has a word and a shape, never a colour alone.
 */
import type { DangerLabel } from '../../flows/safety/verdict.ts'

export const acuityWords = {
  emergency: { word: 'Emergency', shape: '■' },
  crisis: { word: 'Crisis', shape: '▲' },
  urgent: { word: 'Urgent', shape: '◆' },
  soon: { word: 'Soon', shape: '●' },
  routine: { word: 'Routine', shape: '○' },
} as const

export const routeWords: Readonly<Record<string, string>> = {
  emergency: 'Emergency',
  crisis: 'Crisis',
  'medical-first': 'Medical first',
  higher: 'More support',
  'iop-fit': 'Program may fit',
  lower: 'Less intensive',
  minor: 'Under 18',
  family: 'For a loved one',
  'current-patient': 'Says: already here',
  professional: 'Professional',
  'staff-decides': 'Staff decide',
}

export const dispositions = [
  ['reached', 'Reached'],
  ['voicemail', 'Left a voicemail'],
  ['no-answer', 'No answer'],
  ['booked', 'Booked'],
  ['admitted', 'Admitted'],
  ['not-a-fit', 'Not a fit'],
  ['wrong-number', 'Wrong number'],
  ['referred-out', 'Referred elsewhere'],
  ['safe-now', 'Safe now'],
  ['duplicate', 'Duplicate'],
  ['test', 'Test'],
] as const

export const glassReasons: Readonly<Record<string, string>> = {
  'danger-to-life': 'Danger to life',
  'nobody-of-the-program': 'Nobody of the program is there',
  'system-failure': 'A system has failed',
}

export const forWhomWords: Readonly<Record<string, string>> = {
  self: 'writes for themselves',
  'loved-one': 'writes for a loved one',
  professional: 'writes as a professional',
  'current-patient': 'says: already a patient',
}

export const consentWords: Readonly<Record<string, string>> = {
  contact: 'contact',
  'payer-disclosure': 'ask the insurer',
  'pass-on': 'pass on',
  texting: 'texts',
}

export const coverageWords: Readonly<Record<string, string>> = {
  unknown: 'not asked',
  named: 'named',
  listed: 'on our list',
  'listed-with-condition': 'on our list, with a condition',
  'not-listed': 'not on our list',
  captured: 'details given',
  consented: 'may be asked about benefits',
  checked: 'checked',
  'confirmed-by-staff': 'confirmed by staff',
  declined: 'does not want to say',
}

/** Kinds of the assistant's words that staff should notice; the others need no label. */
export const kindWords: Readonly<Record<string, string>> = {
  answer: 'answer from the page',
  partial: 'answer, in part',
  'no-answer': 'could not answer',
  refusal: 'declined to answer',
  'privacy-refusal': 'declined, for privacy',
  clarify: 'asked again',
  'check-in': 'safety check-in',
  crisis: 'crisis card',
  handoff: 'handed over',
}

/** What the gate heard, as one would say it to a colleague. */
export const dangerWords: Readonly<Record<DangerLabel, string>> = {
  suicide_passive: 'Wish to be dead',
  suicide_active: 'Thoughts of suicide',
  suicide_imminent: 'Suicide, now or with a plan',
  self_harm: 'Self-harm',
  harm_to_others: 'Harm to somebody else',
  overdose_now: 'Overdose now',
  withdrawal_emergency: 'Dangerous withdrawal',
  medical_emergency: 'Medical emergency',
  violence_victim: 'Violence or threats at home',
  child_abuse: 'A child in danger',
  psychosis_danger: 'Voices or beliefs, with danger',
}

/** Answers that the routing asks for, by its own names (`flows/routing.yaml`). */
const factWords: Readonly<Record<string, string>> = {
  'asq.1': 'safety questions',
  'asq.2': 'safety questions',
  'asq.3': 'safety questions',
  'asq.4': 'safety questions',
  'asq.5': 'suicide right now',
  'alcohol.freq': 'drinking',
  sedativesDaily: 'daily sedatives',
  'opioids.daily': 'daily opioids',
  'withdrawal.seizureEver': 'past withdrawal',
  'withdrawal.deliriumEver': 'past withdrawal',
  'withdrawal.symptomsNow': 'withdrawal now',
  needs24h: 'day-and-night need',
  'living.safe': 'safe place',
  medicallyStable: 'health',
  canAttend9h: '9 hours a week',
  age: 'age',
}

/** Facts that nobody answered, as one line; a script that had hardly begun is said so. */
export function unansweredWords(facts: readonly string[]): string {
  const words = [...new Set(facts.map((fact) => factWords[fact] ?? plainLabel(fact)))]
  return words.length > 8 ? 'almost everything: they had hardly begun' : words.join(', ')
}

/** `suicide_active` → "suicide active"; `asq.asq5` → "asq asq5". */
export function plainLabel(label: string): string {
  return label.replaceAll(/[_.-]/g, ' ')
}
