/**
 * Reading ease: every text within the limits of `scripts/reading.yaml`, and no exception without need.
 */
import type { Problem } from './library.ts'
import type { ReadingLimits } from './reading.ts'
import { easeOf, gradeOf, type Language, wordsIn } from './reading-grade.ts'
import { problem, type Source } from './source.ts'
import type { PlacedPair } from './texts.ts'

/** One file of words with the names by which an exception may call its places. */
export interface ReadFile {
  readonly source: Source
  readonly texts: readonly PlacedPair[]
  readonly placeOf: (path: readonly PropertyKey[]) => string
}

const languages: readonly Language[] = ['en', 'es']

export function checkReading(files: readonly ReadFile[], rules: readonly [ReadingLimits, Source]): Problem[] {
  const used = new Set<string>()
  const found = files.flatMap((file) => languages.flatMap((language) => fileProblems(file, { language, rules, used })))
  return [...found, ...idleExceptions(rules, used)]
}

interface Measure {
  readonly language: Language
  readonly rules: readonly [ReadingLimits, Source]
  readonly used: Set<string>
}

function fileProblems(file: ReadFile, { language, rules, used }: Measure): Problem[] {
  const [{ reading, exceptions }] = rules
  const spoken = file.texts.filter(({ path }) => !path.includes('options') && !path.includes('line'))
  const long = spoken.filter(({ pair }) => wordsIn(pair[language]).length >= reading.fromWords)
  const hard = long.filter(({ pair }) => isHarder(pair[language], language, reading[language].text))
  const found = hard.flatMap(({ pair, path }): Problem[] => {
    const place = file.placeOf(path)
    if (exceptions.some((one) => one.at === place && one.language === language)) {
      used.add(`${place} ${language}`)
      return []
    }
    const message = `${measured(pair[language], language, reading[language].text)}: use shorter words or two sentences, or name \`${place}\` in scripts/reading.yaml with the reason`
    return [problem(file.source, [...path, language], message)]
  })
  const all = spoken.map(({ pair }) => pair[language]).join('\n')
  if (spoken.length === 0 || !isHarder(all, language, reading[language].file)) return found
  const message = `as a whole this file ${measured(all, language, reading[language].file)}: make its sentences simpler`
  return [...found, problem(file.source, [], message)]
}

function isHarder(text: string, language: Language, limit: number): boolean {
  return language === 'en' ? gradeOf(text) > limit : easeOf(text) < limit
}

function measured(text: string, language: Language, limit: number): string {
  return language === 'en'
    ? `reads at school grade ${gradeOf(text).toFixed(1)}, at most ${limit}`
    : `reads at ${easeOf(text).toFixed(1)} points of INFLESZ, at least ${limit}`
}

function idleExceptions([{ exceptions }, source]: readonly [ReadingLimits, Source], used: Set<string>): Problem[] {
  return exceptions.flatMap(({ at, language }, index) =>
    used.has(`${at} ${language}`)
      ? []
      : [problem(source, ['exceptions', index], `no text at \`${at}\` needs this exception: remove it`)],
  )
}
