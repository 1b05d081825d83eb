/**
 * The hotline links that stand on every page before any script has come.
 */
import { alwaysShown } from '../../flows/safety/hotlines.ts'
import type { Region } from '../../flows/vocabulary.ts'
import { escapeHtml, type Language } from './templates.ts'

/** Call and text of the crisis line, call of the emergency number: short words, one after the other. */
export function helpLinks(region: Region, language: Language): string {
  const links = alwaysShown(region).flatMap(({ links }) => links.filter((link) => !link.url.startsWith('https:')))
  return links
    .map(
      ({ label, url }) =>
        `<a href="${escapeHtml(url)}">${escapeHtml(label[language].replace(/ (now|ahora)$/, ''))}</a>`,
    )
    .join('\n')
}
