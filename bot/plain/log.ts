/**
 * What was said so far, as plain HTML: the log, its sources, and the crisis card above it.
 */
import type { CardAction, FactRef, HeroCard, InputSpec, PorchlightData } from '../../flows/activity.ts'
import { STAFF_SOURCE } from '../../knowledge/staff/staff-source.ts'
import { escapeHtml, type Language } from '../pages/templates.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import type { PlainWords } from './words.ts'

/** An activity as the page reads it: our own, so its shape is known. */
interface Shown {
  readonly isVisitor: boolean
  readonly text: string
  readonly language: string
  readonly name: string
  readonly data: PorchlightData | null
  readonly replies: readonly string[]
  readonly card: HeroCard['content'] | null
}

export interface Talk {
  readonly shown: readonly Shown[]
  /** What the last message waits for, and the replies that it offers. */
  readonly input: InputSpec | null
  readonly offered: readonly string[]
  readonly crisis: Crisis | null
}

export interface Crisis {
  readonly title: string
  readonly text: string
  readonly links: readonly CardAction[]
  readonly replies: readonly string[]
  /** Its place in the log. */
  readonly at: number
  /** The visitor has written on since. */
  readonly isSmall: boolean
}

export function readTalk(activities: readonly StoredActivity[]): Talk {
  const shown = activities.filter(({ type }) => type === 'message').map(toShown)
  const last = shown.at(-1)
  const asks = last && !last.isVisitor ? last : undefined
  return { shown, input: asks?.data?.input ?? null, offered: asks?.replies ?? [], crisis: crisisIn(shown) }
}

function toShown(activity: StoredActivity): Shown {
  const actions = (activity.suggestedActions as { actions: CardAction[] } | undefined)?.actions ?? []
  const [attachment] = (activity.attachments as HeroCard[] | undefined) ?? []
  const isVisitor = activity.from.role === 'user'
  return {
    isVisitor,
    text: activity.text ?? '',
    language: (activity.locale ?? 'en').slice(0, 2),
    name: activity.from.name ?? '',
    data: isVisitor ? null : ((activity.channelData as { porchlight?: PorchlightData })?.porchlight ?? null),
    replies: actions.filter(({ type }) => type === 'imBack').map(({ value }) => value),
    card: isVisitor ? null : (attachment?.content ?? null),
  }
}

/** The newest card of danger; a repetition with fewer ways to help never takes the fuller one away. */
function crisisIn(shown: readonly Shown[]): Crisis | null {
  let at = -1
  let found: Shown | null = null
  shown.forEach((one, index) => {
    if (!one.card || !one.data?.label) return
    const isLess = found?.data?.label === one.data.label && linksOf(one).length < linksOf(found).length
    if (!isLess) found = one
    at = index
  })
  if (found === null) return null
  const { text, card } = found as Shown
  const [first = '', ...rest] = text.split('\n')
  return {
    title: card?.title ?? first,
    text: [...(card?.title ? [] : rest), card?.text ?? ''].join('\n').trim(),
    links: linksOf(found),
    replies: (card?.buttons ?? []).filter(({ type }) => type === 'imBack').map(({ value }) => value),
    at,
    isSmall: shown.slice(at + 1).some(({ isVisitor }) => isVisitor),
  }
}

function linksOf({ card }: Shown): CardAction[] {
  return (card?.buttons ?? []).filter(({ type, value }) => type === 'openUrl' && /^(tel:|sms:|https:\/\/)/.test(value))
}

/**
 * The log. What is new begins where the form's address points to (`#news`); a fresh crisis card stands
 * there in place of its message, so that it comes first and the question after it stays in sight.
 */
export function logOf({ shown, crisis }: Talk, words: PlainWords, language: Language): string {
  const news = shown.findLastIndex(({ isVisitor }) => isVisitor) + 1
  const isFresh = crisis !== null && !crisis.isSmall
  const entries = shown.map((one, at) => {
    if (isFresh && at === crisis.at) return crisisCard(crisis, words)
    return entryOf(one, { words, language, id: at === news && !isFresh ? ' id="news"' : '' })
  })
  return entries.join('')
}

function entryOf(one: Shown, { words, language, id }: { words: PlainWords; language: Language; id: string }): string {
  const speaker = one.isVisitor ? 'visitor' : one.data?.kind === 'staff' ? 'staff' : 'bot'
  const who = { visitor: words.you, staff: one.name || words.team, bot: words.assistant }[speaker]
  const progress = one.data?.progress
  const counted =
    progress && progress.done > 0 && progress.done < progress.of
      ? `<p class="progress">${words.question(progress.done + 1, progress.of)}</p>`
      : ''
  const sources = foldsOf(one.data?.facts ?? [], words, language)
  return `<div class="entry ${speaker}"${id}>${counted}<p class="${speaker === 'staff' ? 'who' : 'unseen'}">${escapeHtml(who)}</p><p class="words" lang="${one.language}">${escapeHtml(one.text)}</p>${sources}</div>`
}

/** Quotes of one page checked on one day share a fold. */
function foldsOf(facts: readonly FactRef[], words: PlainWords, language: Language): string {
  const folds = new Map<string, string[]>()
  for (const { source, reviewed } of facts) {
    const awaits = reviewed === 'awaiting-review'
    const day = new Date(`${(awaits ? source.retrievedAt : reviewed).slice(0, 10)}T12:00`)
    const named = day.toLocaleDateString(language, { day: 'numeric', month: 'short', year: 'numeric' })
    const from = source.file?.startsWith(STAFF_SOURCE) ? words.statedByTeam : words.source
    const head = `${from(named)}${awaits ? ` · ${words.awaits}` : ''}`
    folds.set(head, [...(folds.get(head) ?? []), source.quote])
  }
  return [...folds]
    .map(([head, quotes]) => {
      const said = [...new Set(quotes)].map((quote) => `<blockquote>${escapeHtml(quote)}</blockquote>`).join('')
      return `<details class="source"><summary>${head}</summary>${said}</details>`
    })
    .join('')
}

/** The crisis card; its first way to help takes the focus when the danger is new. */
export function crisisCard(crisis: Crisis | null, words: PlainWords): string {
  if (crisis === null) return ''
  const { title, text, links, isSmall } = crisis
  const ways = links.map(({ title: label, value }, at) => {
    const outside = value.startsWith('https') ? ' target="_blank" rel="noreferrer"' : ''
    // The address points to it, so it takes the focus and a key press away is help.
    const focus = at === 0 && !isSmall ? ' id="news"' : ''
    return `<a class="${at === 0 ? 'first' : 'other'}" href="${escapeHtml(value)}"${outside}${focus}>${escapeHtml(label)}</a>`
  })
  return `<section class="crisis${isSmall ? ' small' : ''}" aria-label="${words.helpNow}"><h2>${escapeHtml(title)}</h2><div class="ways">${ways.join('')}</div><p>${escapeHtml(text)}</p><p class="here">${words.stillHere}</p></section>`
}
