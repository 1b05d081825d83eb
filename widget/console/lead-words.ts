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
