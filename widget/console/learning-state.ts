/**
 * The page of unanswered questions: what is asked, what staff state of it, and the form that is open.
 *
 * One form at a time; what a person has typed stays until it is sent or put away.
 */
import { call, Refusal } from './desk-api.ts'
import type { Cluster, Stated, Statement, Waiting } from './learning-api.ts'

export type LearningTab = 'questions' | 'review' | 'said' | 'ended'

/** A form on the page: a statement being written, or a reason being asked for. */
export type OpenForm =
  | { readonly type: 'state'; readonly key: string; readonly draft: Statement }
  | { readonly type: 'return' | 'withdraw' | 'confirm'; readonly key: string }

export class LearningState {
  tab: LearningTab = 'questions'
  clusters: readonly Cluster[] | null = null
  stated: readonly Stated[] | null = null
  waiting: Waiting = { toReview: 0, returned: 0, due: 0 }
  form: OpenForm | null = null
  /** What is to be mended in the open form. */
  faults: readonly string[] = []
  /** What was just done; `undo` brings back what was set aside. */
  done: { readonly words: string; readonly undo: string | null } | null = null
  isBusy = false
  readonly #on: { changed(): void; signedOut(): void }

  constructor(on: { changed(): void; signedOut(): void }) {
    this.#on = on
  }

  /** @throws Refusal */
  async read(): Promise<void> {
    const [{ clusters }, { facts }] = await Promise.all([
      call<{ clusters: Cluster[] }>('unanswered'),
      call<{ facts: Stated[] }>('facts'),
    ])
    this.clusters = clusters
    this.stated = facts
  }

  /** For the head of the desk; that it could not be counted is no fault. */
  async count(): Promise<void> {
    this.waiting = await call<Waiting>('facts/waiting').catch(() => this.waiting)
    this.#on.changed()
  }

  turnTo(tab: LearningTab): void {
    this.tab = tab
    this.#put(null)
    this.done = null
    this.#on.changed()
  }

  openForm(form: OpenForm | null): void {
    this.#put(form)
    this.done = null
    this.#on.changed()
  }

  /** Looks at it first: what is to be mended is said before anybody else has to read it. */
  async state(draft: Statement): Promise<boolean> {
    return this.#try(async () => {
      const { faults } = await call<{ faults: string[] }>('facts/try', { body: draft })
      this.faults = faults
      if (faults.length > 0) return
      const { answers } = await call<{ answers: string[] }>('facts', { body: draft })
      this.#put(null)
      this.done = { words: handedOver(answers.length, draft.questions.length), undo: null }
    })
  }

  async setAside({ program, topic, questions }: Cluster): Promise<boolean> {
    return this.#try(async () => {
      const body = { program, topic, questions: topic === null ? questions.map(({ id }) => id) : [] }
      const { id } = await call<{ id: string }>('unanswered/set-aside', { body })
      this.done = { words: 'Out of scope: it is off the list.', undo: id }
    })
  }

  async bringBack(id: string): Promise<boolean> {
    return this.#deed(`facts/${id}/withdraw`, { note: 'brought back' }, 'It is back in the list.')
  }

  async pass({ id, version }: Stated): Promise<boolean> {
    return this.#deed(`facts/${id}/review`, { version, pass: true }, 'Passed: the assistant says it from now on.')
  }

  async sendBack({ id, version }: Stated, note: string): Promise<boolean> {
    return this.#deed(`facts/${id}/review`, { version, pass: false, note }, 'Sent back, with your reason.')
  }

  async withdraw(id: string, note: string): Promise<boolean> {
    return this.#deed(`facts/${id}/withdraw`, { note }, 'Withdrawn: it is said no more.')
  }

  async confirm({ id, version }: Stated, reviewBy: string): Promise<boolean> {
    return this.#deed(`facts/${id}/confirm`, { version, reviewBy }, `Confirmed until ${reviewBy}.`)
  }

  forget(): void {
    this.clusters = null
    this.stated = null
    this.waiting = { toReview: 0, returned: 0, due: 0 }
    this.tab = 'questions'
    this.#put(null)
    this.done = null
  }

  #put(form: OpenForm | null): void {
    this.form = form
    this.faults = []
  }

  #deed(path: string, body: object, words: string): Promise<boolean> {
    return this.#try(async () => {
      await call(path, { body })
      this.#put(null)
      this.done = { words, undo: null }
    })
  }

  /** What stands on the page afterwards is read anew, also when a colleague was faster. */
  async #try(deed: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.done = null
    this.#on.changed()
    try {
      await deed()
      await this.read()
      await this.count()
      return this.faults.length === 0
    } catch (error) {
      this.faults = [error instanceof Refusal ? error.message : 'Something failed here: reload the page.']
      if (error instanceof Refusal && error.code === 'SIGNED_OUT') this.#on.signedOut()
      else await this.read().catch(() => undefined)
      return false
    } finally {
      this.isBusy = false
      this.#on.changed()
    }
  }
}

function handedOver(answered: number, asked: number): string {
  const handed = 'It waits for a colleague to pass it.'
  if (asked === 0) return handed
  if (answered === asked)
    return `${handed} It answers ${asked === 1 ? 'the question' : `all ${asked} questions`} of the list.`
  return `${handed} It answers ${answered} of ${asked} questions: the others stay in the list. Add them as examples if it should answer them.`
}
