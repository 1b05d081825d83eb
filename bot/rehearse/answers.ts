/**
 * What the rehearsal's visitor answers: yes to permissions, the first option, a plausible value by field.
 */
import type { Said } from './visitor.ts'

const plausible: Readonly<Record<string, string>> = {
  age: '34',
  'address-level1': 'New Jersey',
  'address-level2': 'Mumbai',
  'given-name': 'Rehearsal',
  // A number that is nobody's: 555-01xx is kept for fiction.
  tel: '201 555 0123',
  email: 'rehearsal@example.org',
  'member-id': 'W000000000',
  'group-number': 'G0000000',
  name: 'Rehearsal Visitor',
  bday: '1990-05-17',
  payer: 'Aetna',
  'own-words': 'This is a rehearsal.',
}

/** null when nothing is asked. */
export function answerTo(said: Said | undefined): string | null {
  const input = said?.input
  if (!input) return null
  if (input.type === 'consent') return 'yes'
  const first = input.options?.[0]?.value
  if (input.field === 'address-level1' || input.field === 'address-level2') return plausible[input.field] ?? null
  if (first !== undefined && input.type !== 'text') return first
  return plausible[input.field ?? ''] ?? first ?? 'This is a rehearsal.'
}
