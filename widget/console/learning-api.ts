/**
 * Questions without an answer and what staff state, as the desk's API gives them (`bot/console/learning-routes.ts`).
 */
export interface Question {
  readonly id: string
  readonly at: string
  readonly question: string
  readonly locale: string
  /** No fact stated it, or the visitor said that the answer missed it. */
  readonly why: 'unanswered' | 'unhelpful'
  /** The question as it may be offered for an example; null when it may hold something private. */
  readonly asExample: string | null
}

/** Questions of one program about one thing. */
export interface Cluster {
  readonly program: string
  /** Null where they are only put alike. */
  readonly topic: string | null
  readonly count: number
  readonly unhelpful: number
  readonly lastAt: string
  readonly questions: readonly Question[]
}

/** What a person states: the same fields as the service parses. */
export interface Statement {
  readonly program: string
  readonly topic: string | null
  readonly en: string
  readonly es: string
  readonly source: string
  readonly owner: string
  /** YYYY-MM-DD; null = in half a year. */
  readonly reviewBy: string | null
  readonly tries: { readonly en: readonly string[]; readonly es: readonly string[] }
  readonly questions: readonly string[]
  readonly mends: string | null
}

export interface Stated {
  readonly id: string
  /** What was read; what changed since is not passed unread. */
  readonly version: number
  readonly program: string
  readonly at: string
  readonly state: 'awaits-review' | 'said' | 'returned' | 'out-of-scope' | 'withdrawn'
  readonly topic: string | null
  readonly stated: Statement | null
  readonly questions: readonly string[]
  readonly by: string
  readonly reviewedBy: string | null
  readonly confirmedBy: string | null
  readonly reviewBy: string | null
  readonly note: string
  readonly due: 'past' | 'soon' | null
  readonly isInFolder: boolean
  readonly faults: readonly string[]
}

/** What waits for the person who is signed in. */
export interface Waiting {
  readonly toReview: number
  readonly returned: number
  readonly due: number
}
