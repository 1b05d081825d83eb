/**
 * What visitors say in our transcripts, as labelled lines for the ear, with what was said before them.
 *
 * A transcript is a promise: where it shows no crisis card, no later fit may hear danger. Lines that brought the
 * card or a question about danger are left out: those are for the frames and for the authors' lines.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RECENT_TURNS, type SaidBefore } from '../flows/safety/verdict.ts'

const root = join(import.meta.dirname, '..')

interface Turn extends SaidBefore {
  /** The mark under what the bot said: kind, label or place. */
  readonly mark: readonly string[]
}

/** The turns of a transcript in order; cards and buttons are no words. */
function turnsOf(markdown: string): Turn[] {
  return markdown.split(/\n(?=\*\*)/).flatMap((block): Turn[] => {
    const spoken = /^\*\*(Porchlight|Visitor):\*\* ([\s\S]*)$/.exec(block)
    if (!spoken) return []
    const lines = (spoken[2] as string).split('\n').filter((line) => line !== '')
    if (spoken[1] === 'Visitor') return [{ role: 'user', text: (lines[0] ?? '').replace(/^\[(.*)\]$/, '$1'), mark: [] }]
    const mark =
      lines
        .find((line) => line.startsWith('> '))
        ?.slice(2)
        .split(' · ') ?? []
    return [{ role: 'bot', text: lines.filter((line) => !/^(> |\[|- \[)/.test(line)).join('\n'), mark }]
  })
}

const isCrisisPlace = (mark: readonly string[]): boolean => mark.some((part) => part.startsWith('crisis/'))

/** Whether the transcript shows that nothing was heard in what the visitor says at this place. */
function isCalmAt(turns: readonly Turn[], at: number): boolean {
  const end = turns.findIndex(({ role }, index) => index > at && role === 'user')
  const reply = turns.slice(at + 1, end === -1 ? undefined : end)
  if (reply.some(({ mark }) => mark[0] === 'crisis')) return false
  const wasInCrisis = turns.slice(0, at).some(({ mark }) => isCrisisPlace(mark))
  return wasInCrisis || !reply.some(({ mark }) => mark[0] === 'check-in')
}

function linesIn(file: string): string[] {
  const markdown = readFileSync(file, 'utf8')
  const lang = markdown.includes('\nlocale: es-US\n') ? 'es' : 'en'
  const turns = turnsOf(markdown)
  return turns.flatMap(({ role, text }, at) => {
    if (role !== 'user' || text === '' || !isCalmAt(turns, at)) return []
    const context = turns
      .slice(Math.max(0, at - RECENT_TURNS), at)
      .map((turn) => ({ role: turn.role, text: turn.text }))
    return [JSON.stringify({ text, lang, context, label: 'none', must_escalate: false, tier: 'neg_plain', alt: [] })]
  })
}

const lines = globSync('test/transcripts/**/*.md', { cwd: root })
  .sort()
  .flatMap((file) => linesIn(join(root, file)))
const labelled = [...new Set(lines)].map((line, index) => `{"id":"transcript-${index + 1}",${line.slice(1)}`)
writeFileSync(join(root, 'test/safety/corpus/transcripts.jsonl'), `${labelled.join('\n')}\n`)
process.stderr.write(`${labelled.length} calm lines of transcripts\n`)
