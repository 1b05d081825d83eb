/** What became of one thing that was to leave: done, later, refused or overtaken. */
export type Delivered =
  | { readonly type: 'done' }
  /** `at` = not before then, as the other side said. */
  | { readonly type: 'later'; readonly at: string | null }
  | { readonly type: 'refused'; readonly code: string }
  /** What it was about has changed since: there is nothing to do any more. */
  | { readonly type: 'overtaken' }
