/**
 * A fact as it stands in a program's folder, drafted from an unanswered question's topic.
 *
 * A fact needs a page that says it and somebody who checks it, so the desk only drafts: it goes into
 * `knowledge/programs/PROGRAM/facts/` and through the review there. The visitor's own words stay here.
 */
export interface FactDraft {
  readonly topic: string
  /** The page's own sentence, and its line in the page. */
  readonly quote: string
  readonly line: string
  readonly en: string
  readonly es: string
}

export function factText({ topic, quote, line, en, es }: FactDraft): string {
  const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
  const id = topic.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return [
    `## ${id}`,
    `asks: ${id}`,
    `> ${oneLine(line)}: ${oneLine(quote)}`,
    `en: ${oneLine(en)}`,
    `es: ${oneLine(es)}`,
    '',
  ].join('\n')
}
