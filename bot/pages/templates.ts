/**
 * The built pages as templates, filled by plain replacement; every value is escaped.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AdmissionsError } from '../errors.ts'

export type Language = 'en' | 'es'

export const widgetFolder = fileURLToPath(new URL('../../dist/widget', import.meta.url))

const read = new Map<string, string>()

/** @throws AdmissionsError `NOT_FOUND` when the widget was not built. */
export function templateNamed(name: 'chat' | 'plain' | 'demo' | 'desk'): string {
  const known = read.get(name)
  if (known !== undefined) return known
  try {
    const text = readFileSync(join(widgetFolder, `${name}.html`), 'utf8')
    read.set(name, text)
    return text
  } catch (cause) {
    throw new AdmissionsError('NOT_FOUND', 'The widget is not built: run npm run build.', { cause })
  }
}

export interface Filling {
  readonly language: Language
  readonly values: Readonly<Record<string, string>>
  /** Markup of our own making, put in as it is. */
  readonly links: Readonly<Record<string, string>>
  readonly config: unknown
}

export function fillTemplate(template: string, filling: Filling): string {
  const config = JSON.stringify(filling.config).replaceAll('<', '\\u003c')
  return template
    .replace('<html lang="en"', `<html lang="${filling.language}"`)
    .replace('<!--{{brand}}-->', filling.links.brand ?? '')
    .replace('<!--{{config}}-->', () => `<script type="application/json" id="config">${config}</script>`)
    .replace(
      /\{\{([\w.]+)\}\}/g,
      (whole, name: string) => filling.links[name] ?? escapeHtml(filling.values[name] ?? whole),
    )
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (character) => entities[character] as string)
}
