/**
 * Reads the author's own lines: plain danger and its harmless twins, one a line under "= label".
 *
 * They are written by the author of the frames, so they fit weights and guard plain speech; no figure
 * about unseen talk is ever taken from them.
 */
import { readFileSync } from 'node:fs'
import type { SaidBefore } from '../../flows/safety/verdict.ts'
import type { LabelledLine } from './measure.ts'

/** "u: earlier words >> question >> answer" as the answer and what was said before it. */
export function withContext(line: string): { text: string; context: SaidBefore[] } {
  const parts = line.split(' >> ')
  const text = parts.pop() ?? ''
  const context = parts.map(
    (part): SaidBefore =>
      part.startsWith('u: ') ? { role: 'user', text: part.slice(3) } : { role: 'bot', text: part },
  )
  return { text, context }
}

export function readAuthorLines(file: string): LabelledLine[] {
  const lines: LabelledLine[] = []
  let label = 'none'
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('= ')) {
      label = line.slice(2)
      continue
    }
    const isDanger = label !== 'none' && label !== 'distress'
    lines.push({
      id: `${label}-${lines.length}`,
      ...withContext(line),
      lang: 'en',
      label,
      must_escalate: isDanger,
      tier: isDanger ? 'explicit' : 'neg_hard',
    })
  }
  return lines
}
