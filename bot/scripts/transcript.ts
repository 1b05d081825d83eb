/**
 * Transcripts: whole conversations that a clinician can read, as Markdown that plays back.
 *
 * The visitor's lines drive a fresh conversation through the real turn at a fixed time; everything
 * else in the file is what was said then, so any change of a word shows as a difference.
 */
import { parse } from 'yaml'
import { z } from 'zod'
import type { HeroCard } from '../../flows/activity.ts'
import { Locale } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import { dataOf } from '../turn/fresh-reply.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'

const Front = z.strictObject({
  program: z.string(),
  locale: Locale,
  at: z.iso.datetime({ offset: true }),
  review: z.string(),
})

export type Line =
  | { readonly type: 'visitor'; readonly text: string }
  | { readonly type: 'staff'; readonly text: string }
  | { readonly type: 'after'; readonly minutes: number }
  /** What reaches the conversation without words of the visitor: "photo", "check active", "consent ended by staff". */
  | { readonly type: 'outside'; readonly what: Outside }

export const Outside = z.enum(
  [
    'photo',
    'photo unreadable',
    'photo too early',
    'check active',
    'check inactive',
    'check pending',
    'plan confirmed',
    'consent ended by staff',
    'consent ended by link',
  ],
  'Outside takes one of: photo, check active, plan confirmed, consent ended by staff … (bot/scripts/transcript.ts)',
)
export type Outside = z.infer<typeof Outside>

export interface Transcript {
  readonly front: z.infer<typeof Front>
  /** The Markdown as it stands, from the front matter to the title. */
  readonly head: string
  /** What drives the conversation. */
  readonly lines: readonly Line[]
  /** Everything below the title, as written. */
  readonly body: string
}

/** @throws AdmissionsError `REQUEST_INVALID` when it is not a transcript. */
export function readTranscript(markdown: string): Transcript {
  const match = /^---\n([\s\S]*?)\n---\n(# [^\n]+)\n+([\s\S]*)$/.exec(markdown)
  const front = match ? Front.safeParse(parse(match[1] as string)) : null
  if (!match || !front?.success) {
    throw new AdmissionsError(
      'REQUEST_INVALID',
      'A transcript has front matter (program, locale, at, review) and a title.',
    )
  }
  const body = match[3] as string
  return {
    front: front.data,
    head: `---\n${match[1]}\n---\n${match[2]}\n`,
    lines: body.split('\n').flatMap(readLine),
    body,
  }
}

function readLine(line: string): Line[] {
  const spoken = /^\*\*(Visitor|Staff|After|Outside):\*\* (.*)$/.exec(line)
  if (!spoken) return []
  const text = (spoken[2] as string).trim()
  if (spoken[1] === 'Visitor') return [{ type: 'visitor', text: text.replace(/^\[(.*)\]$/, '$1') }]
  if (spoken[1] === 'Staff') return [{ type: 'staff', text }]
  if (spoken[1] === 'Outside') return [{ type: 'outside', what: outsideOf(text) }]
  const minutes = /^(\d+) minutes?$/.exec(text)?.[1]
  if (minutes === undefined)
    throw new AdmissionsError('REQUEST_INVALID', 'After takes minutes, e.g. "**After:** 10 minutes".')
  return [{ type: 'after', minutes: Number(minutes) }]
}

function outsideOf(text: string): Outside {
  const parsed = Outside.safeParse(text)
  if (parsed.success) return parsed.data
  throw new AdmissionsError('REQUEST_INVALID', parsed.error.issues[0]?.message ?? '')
}

/** How a driving line stands in the file; a quick reply in brackets when it was one of the options. */
export function writeLine(line: Line, options: readonly string[]): string {
  switch (line.type) {
    case 'visitor':
      return `**Visitor:** ${options.includes(line.text) ? `[${line.text}]` : line.text}`
    case 'staff':
      return `**Staff:** ${line.text}`
    case 'outside':
      return `**Outside:** ${line.what}`
    case 'after':
      return `**After:** ${line.minutes} minutes`
  }
}

/** How one thing that the bot said stands in the file. */
export function writeSaid(activity: StoredActivity): string {
  const data = dataOf(activity)
  const cards = ((activity.attachments as HeroCard[] | undefined) ?? []).flatMap((card) =>
    card.content.buttons.map((button) => `- [${button.title}](${button.value})`),
  )
  const place = data.flow ? ` · ${data.flow}/${data.step}` : ''
  const label = data.label ? ` · ${data.label}` : ''
  const ids = [...new Set((data.facts ?? []).map((fact) => fact.id))]
  const facts = ids.length > 0 ? ` · ${ids.join(', ')}` : ''
  const options = data.input?.options?.map((option) => `[${option.label}]`).join(' ')
  const parts = [
    `**Porchlight:** ${activity.text ?? ''}`,
    ...cards,
    ...(options ? [options] : []),
    `> ${data.kind}${label}${place}${facts}`,
  ]
  return parts.join('\n')
}

/** Labels that the last of these activities offers. */
export function offeredBy(activities: readonly StoredActivity[]): string[] {
  const last = activities.findLast((activity) => activity.from.role === 'bot')
  return last ? (dataOf(last).input?.options ?? []).map((option) => option.label) : []
}
