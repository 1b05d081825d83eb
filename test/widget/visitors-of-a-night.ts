/**
 * Visitors of a night, as they come over HTTP: each talks until there is nothing more to say.
 */
import type { PorchlightData } from '../../flows/activity.ts'
import { said, type Visitor, visit } from '../bot/service-in-test.ts'

/** Answers by the field or the step that is asked for; what is not here is answered by the first choice, or skipped. */
export type Answers = Readonly<Record<string, string>>

export const dana: Answers = {
  'how-help': 'screening',
  age: '34',
  audit1: '4-or-more-times-a-week',
  audit2: '5-or-6',
  audit3: 'weekly',
  'own-words': 'I drink every night after the kids are asleep and I want my mornings back. My sister said to try you.',
  state: 'NJ',
  payer: 'Horizon',
  'plan-type': 'ppo',
  'member-id': 'YHZ3HZN12345670',
  name: 'Dana',
  phone: '201 555 0123',
  'best-time': 'evening',
}

export const marisol: Answers = {
  'how-help': 'loved-one',
  whom: 'loved-one',
  'own-words': 'My son is 24 and I worry about his drinking.',
  name: 'Marisol',
  phone: '201 555 0188',
}

const ENOUGH = 60

/** Answers whatever is asked until the lead is handed over, and gives the visitor back. */
export async function talkThrough(address: string, answers: Answers, program = 'inspira'): Promise<Visitor> {
  const visitor = await visit(address, program)
  let last = (await visitor.activities()).at(-1)
  for (let turn = 0; turn < ENOUGH && last !== undefined; turn += 1) {
    const asked = said(last)
    if (asked.flow === 'closing' || asked.input === undefined) break
    last = (await visitor.say(answerTo(asked, answers))).at(-1)
  }
  return visitor
}

/** To a check-in: no danger. */
function answerTo({ kind, step = '', input }: PorchlightData, answers: Answers): string {
  if (kind === 'check-in') return 'no'
  return answers[step] ?? answers[input?.field ?? ''] ?? input?.options?.[0]?.value ?? 'skip'
}
