/**
 * What a question to the knowledge base is, and what comes back.
 *
 * An `Answer` never holds a sentence that no fact of the same program carries; `unanswered` says
 * whether staff should see the question.
 */
export type AnswerKind = 'answer' | 'partial' | 'clarify' | 'no-answer' | 'refusal' | 'privacy-refusal'

export type Locale = 'en-US' | 'es-US'

export interface Question {
  /** Exactly what the visitor wrote. */
  readonly text: string
  /** The language of the talk; the answer comes in the language of the question where that is clear. */
  readonly locale: Locale
  /** True when the script waits for nothing else: "price" alone asks then. */
  readonly isOpen?: boolean
  /** Earlier turns, oldest first, for follow-ups such as "and on weekends?". */
  readonly saidBefore?: readonly { readonly role: 'bot' | 'user'; readonly text: string }[]
  /** Today as YYYY-MM-DD: a fact past its review date turns into "staff will confirm". */
  readonly today: string
}

/** One fact as the wire contract shows it. `quote` is verbatim from the source file. */
export interface CitedFact {
  readonly id: string
  readonly source: {
    readonly file: string
    readonly line: number
    readonly quote: string
    readonly retrievedAt: string
  }
  readonly reviewed: string
}

/** A next step that fits the answer; the flow turns it into a quick reply. */
export type Offer = 'check-insurance' | 'start-screening' | 'talk-to-person'

export interface Answer {
  readonly kind: AnswerKind
  /** At most three sentences, ready to show, in `locale`. */
  readonly text: string
  readonly locale: Locale
  readonly facts: readonly CitedFact[]
  readonly offers: readonly Offer[]
  /** True when staff should see the question (no-answer, partial). */
  readonly unanswered: boolean
  /** False when the text was no question at all (an answer to a script, small talk, noise). */
  readonly isQuestion: boolean
}
