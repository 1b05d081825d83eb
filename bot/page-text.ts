/**
 * A page's text: what a person would copy from it, one block a line.
 */
import { Parser } from 'htmlparser2'
import { AdmissionsError } from './errors.ts'

/** Elements that nobody reads on the page; not its head, whose end a page may leave out. */
const unread = new Set(['script', 'style', 'noscript', 'svg', 'title', 'nav'])
const blocks = new Set(
  'br hr p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th section article aside main header footer form label button option figcaption blockquote'.split(
    ' ',
  ),
)

/** @throws AdmissionsError `REQUEST_INVALID` for bytes that are no text. */
export function pageText(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new AdmissionsError('REQUEST_INVALID', 'This is a binary file: save the page as text.')
  const text = new TextDecoder('utf-8').decode(bytes)
  return /<(html|body|p|div|br)\b/i.test(text) ? readable(text) : text
}

function readable(html: string): string {
  let text = ''
  let unreadAround = 0
  const parser = new Parser({
    onopentag(name) {
      if (unread.has(name)) unreadAround += 1
      if (blocks.has(name)) text += '\n'
    },
    ontext(words) {
      if (unreadAround === 0) text += words.replaceAll(/\s+/g, ' ')
    },
    onclosetag(name) {
      if (unread.has(name)) unreadAround -= 1
      if (blocks.has(name)) text += '\n'
    },
  })
  parser.end(html)
  const lines = text.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim())
  return lines.filter((line) => line !== '').join('\n')
}
