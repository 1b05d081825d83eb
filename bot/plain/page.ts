/**
 * The chat's page for browsers that run no script: the same talk as HTML and one form.
 *
 * No cookie and nothing in an address: the token travels in a hidden field, and a page that is loaded
 * again posts the same words under the same id, which is one turn.
 */
import type { Region } from '../../flows/vocabulary.ts'
import { brandLink } from '../pages/brand.ts'
import { helpLinks } from '../pages/help-links.ts'
import { escapeHtml, fillTemplate, type Language, templateNamed } from '../pages/templates.ts'
import { newId } from '../turn/conversations.ts'
import type { PostedForm } from './answer.ts'
import { fieldOf, isChosen } from './fields.ts'
import { crisisCard, logOf, type Talk } from './log.ts'
import { type Mend, type PlainWords, plainWords, type Trouble } from './words.ts'

export interface PlainPage {
  /** null where the address names no program. */
  readonly program: {
    readonly id: string
    readonly name: string
    readonly region: Region
    readonly brand?: string | undefined
  } | null
  readonly language: Language
  readonly exit: string
  /** The form's token; '' where there is nothing to say. */
  readonly token: string
  readonly talk: Talk
  readonly notice: Trouble | 'erased' | 'notErased' | 'kept' | null
  readonly mend: Mend | null
  /** What was posted and not taken: shown again, so that nothing typed is lost. */
  readonly kept: PostedForm | null
}

export function plainPage(page: PlainPage): string {
  const { program, language } = page
  const region = program?.region ?? 'US'
  return fillTemplate(templateNamed('plain'), {
    language,
    values: { name: program?.name ?? 'Porchlight', exit: page.exit, inDanger: plainWords[language].inDanger },
    links: {
      brand: program ? brandLink(program) : '',
      help: helpLinks(region, language),
      languages: program ? languageForm(page) : '',
      body: program ? bodyOf(page, program) : noticeOf(page, plainWords[language]),
    },
    config: null,
  })
}

/** The first form of a chat, as it also stands in the chat's own page until its script has come. */
export function firstForm(page: Pick<PlainPage, 'language' | 'token'> & { id: string; name: string }): string {
  const words = plainWords[page.language]
  const hidden = hiddenOf({ token: page.token, language: page.language })
  return `<div class="log late"><p class="words">${escapeHtml(words.intro(page.name))}</p></div><form class="composer late" method="post" action="/chat/${page.id}#news">${hidden}${boxOf(words.message, '')}<button class="main">${words.send}</button><button class="plain" name="do" value="look">${words.start}</button></form>`
}

function bodyOf(page: PlainPage, program: { id: string; name: string }): string {
  const words = plainWords[page.language]
  const { talk } = page
  const isFresh = talk.shown.length === 0
  const log = isFresh
    ? `<p class="words">${escapeHtml(words.intro(program.name))}</p>`
    : logOf(talk, words, page.language)
  return [
    `<div class="log" role="region" aria-label="${words.conversation}">${log}</div>`,
    talk.crisis?.isSmall ? crisisCard(talk.crisis, words) : '',
    noticeOf(page, words),
    talkForm(page, words, program.id),
    isFresh ? '' : mineOf(page, words, program),
  ].join('')
}

function talkForm(page: PlainPage, words: PlainWords, id: string): string {
  const { talk, mend, kept } = page
  const { input, offered } = talk
  const fields = fieldOf(input, { words, offered, mend, before: kept })
  const skips = [
    ...(isChosen(input) ? [] : offered.filter((label) => !input?.options?.some((option) => option.label === label))),
    ...(talk.crisis?.isSmall === false ? talk.crisis.replies : []),
    ...(input?.optional && !isChosen(input) && offered.length === 0 ? [words.skip] : []),
  ]
  const replies = skips.map(
    (label) => `<button name="reply" value="${escapeHtml(label)}">${escapeHtml(label)}</button>`,
  )
  const look = talk.shown.length === 0 ? words.start : words.look
  return `<form class="talk" method="post" action="/chat/${id}#news" novalidate autocomplete="${input?.type === 'member-id' ? 'off' : 'on'}">${hiddenOf(page)}${fields}<div class="composer">${boxOf(fields === '' ? words.message : words.ownWords, kept?.text ?? '')}<button class="main">${words.send}</button></div><div class="row">${replies.join('')}<button name="do" value="look">${look}</button></div></form>`
}

/** A form of its own: Enter in the message box must never press a language. */
function languageForm(page: PlainPage): string {
  const other = page.language === 'es' ? 'en' : 'es'
  const name = other === 'es' ? 'Español' : 'English'
  return `<form method="post" action="/chat/${page.program?.id}#news">${hiddenOf({ ...page, language: other })}<button name="do" value="language" lang="${other}" aria-label="${other.toUpperCase()} ${name}">${other.toUpperCase()}</button></form>`
}

function mineOf(page: PlainPage, words: PlainWords, program: { id: string; name: string }): string {
  const said = words.mine(program.name).map((sentence) => `<p>${escapeHtml(sentence)}</p>`)
  return `<details class="mine"><summary>${words.myWords}</summary>${said.join('')}<form method="post" action="/chat/${program.id}">${hiddenOf(page)}<button name="do" value="erase">${words.erase}</button></form></details>`
}

function hiddenOf({ token, language }: { token: string; language: Language }): string {
  const fields = { talk: token, once: newId('plain_'), lang: language }
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join('')
}

function boxOf(label: string, text: string): string {
  return `<label for="box">${label}</label><textarea id="box" name="text" rows="2" maxlength="8000">${escapeHtml(text)}</textarea>`
}

function noticeOf({ notice }: PlainPage, words: PlainWords): string {
  if (notice === null) return ''
  const text =
    notice === 'erased' || notice === 'notErased' || notice === 'kept' ? words[notice] : words.trouble[notice]
  return `<p class="trouble" role="alert">${text}</p>`
}
