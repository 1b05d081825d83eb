/** Question files as JSON lines: reads the forms that are in use into one. */
export interface Case {
  readonly id: string
  readonly question: string
  readonly program: string
  readonly lang: string
  readonly answerable: boolean
  /** Every entry must be said; `a|b` means either. */
  readonly expected: readonly string[]
  readonly forbidden: readonly string[]
  /** Source lines, any of which may be cited. */
  readonly lines: readonly (readonly [number, number])[]
  /** The kind of answer that is expected of an unanswerable question. */
  readonly kind: string
  /** What was said before it, in a follow-up. */
  readonly before: readonly { readonly role: 'bot' | 'user'; readonly text: string }[]
}

const programs: Record<string, string> = {
  '000': 'inspira',
  '001': 'sample-001',
  '002': 'sample-002',
  '003': 'jagruti',
  '004': 'sample-004',
}
const kinds: Record<string, string> = {
  abstain_capture: 'no-answer',
  escalate: 'refusal',
  refuse_safe: 'refusal',
  privacy_refusal: 'privacy-refusal',
}

export function readCases(text: string): Case[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => caseOf(JSON.parse(line) as Record<string, unknown>))
}

function caseOf(row: Record<string, unknown>): Case {
  const provider = String(row.program ?? row.provider ?? '')
  const action = String(row.kind ?? row.action ?? '')
  const kind = kinds[action] ?? action
  const expected = strings(row.expected_facts ?? row.expect ?? row.expected ?? row.must)
  const answerable = typeof row.answerable === 'boolean' ? row.answerable : ['answer', 'partial'].includes(kind)
  return {
    id: String(row.id),
    question: String(row.question),
    program: programs[provider] ?? provider,
    lang: String(row.lang ?? 'en'),
    answerable,
    expected,
    forbidden: strings(row.forbidden),
    lines: strings(row.lines).map(range),
    kind,
    before: Array.isArray(row.context) ? (row.context as Case['before']) : [],
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.map((one) => (Array.isArray(one) ? one.join('|') : String(one)))
    : typeof value === 'string' || typeof value === 'number'
      ? [String(value)]
      : []
}

function range(text: string): readonly [number, number] {
  const found = /(\d+)(?:-(\d+))?$/.exec(text)
  const from = Number(found?.[1] ?? 0)
  return [from, Number(found?.[2] ?? from)]
}

/** Expected words are patterns: `six to eight|6 (to|-) 8`. What is no pattern is meant letter for letter. */
export function isSaid(text: string, words: string): boolean {
  const bare = (one: string): string => one.toLowerCase().replaceAll('’', "'")
  try {
    if (new RegExp(bare(words), 'u').test(bare(text))) return true
  } catch {
    // No pattern, so only letters.
  }
  return words.split('|').some((word) => bare(text).includes(bare(word).trim()))
}
