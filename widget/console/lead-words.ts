/**
 * The desk's words for codes: acuity has a word and a shape, never a colour alone.
 */
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

export function plainLabel(label: string): string {
  return label.replaceAll('_', ' ')
}

/** What the routing table still wants to know, in words. */
const wantedWords: Readonly<Record<string, string>> = {
  age: 'age',
  'asq.1': 'safety question 1',
  'asq.2': 'safety question 2',
  'asq.3': 'safety question 3',
  'asq.4': 'safety question 4',
  'alcohol.freq': 'how often they drink',
  sedativesDaily: 'daily sedatives',
  'opioids.daily': 'daily opioids',
  'withdrawal.seizureEver': 'seizures before',
  'withdrawal.deliriumEver': 'confusion before',
  'withdrawal.symptomsNow': 'withdrawal now',
  needs24h: 'need for someone day and night',
  'living.safe': 'safe place to stay',
  medicallyStable: 'health',
  canAttend9h: 'nine hours a week',
}

export function wanted(fact: string): string {
  return wantedWords[fact] ?? fact
}
