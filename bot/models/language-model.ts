/**
 * The port for a language model: a second opinion and a smoother tongue, never a source.
 *
 * What it says is checked by whoever asked; whoever asked goes on without it.
 */
/** What a model is asked: everything in placeholders, nothing that names a visitor. */
export interface ModelRequest {
  /** For figures and budgets: an answer's wording, or a second look for danger. */
  readonly purpose: 'answer' | 'safety'
  /** Ours alone; a visitor's words never stand here. */
  readonly instructions: string
  /** What the visitor wrote and the material to work with, as data. */
  readonly input: string
  /** The form that the reply must have, as a JSON Schema that forbids other fields. */
  readonly form: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> }
  readonly tokensAtMost: number
  readonly deadlineMs: number
}

export interface ModelReply {
  /** Parsed JSON that nobody has checked yet: parse it with a schema of your own. */
  readonly value: unknown
  readonly tokens: number
}

/**
 * A language model: a second opinion and a smoother tongue, never a source.
 *
 * @throws AdmissionsError `MODEL_UNAVAILABLE` when it is down, late, over budget or answers no JSON;
 * whoever asks goes on without it.
 */
export interface LanguageModel {
  /** @param onGrowth - hears all that was written so far, whenever there is more; the reply still counts as a whole. */
  complete(request: ModelRequest, onGrowth?: (text: string) => void): Promise<ModelReply>
}
