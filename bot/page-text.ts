/**
 * A page's text: what a person would copy from it, one block a line.
 */
import { AdmissionsError } from './errors.ts'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** @throws AdmissionsError `REQUEST_INVALID` for bytes that are no text. */
export function pageText(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new AdmissionsError('REQUEST_INVALID', 'This is a binary file: save the page as text.')
  const text = new TextDecoder('utf-8').decode(bytes)
  if (!/<(html|body|p|div|br)\b/i.test(text)) return text
  return text
    .replaceAll(/<(script|style|noscript|svg|head|nav)\b[\s\S]*?<\/\1>/gi, '')
    .replaceAll(
      /<(br|hr|\/(p|div|li|h[1-6]|tr|td|th|dt|dd|section|article|aside|main|header|footer|form|label|button|option|figcaption|blockquote|ul|ol|dl|table))\b[^>]*>/gi,
      '\n',
    )
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replaceAll(/&([a-z]+);/gi, (all, name: string) => named[name.toLowerCase()] ?? all)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}
