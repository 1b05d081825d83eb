/**
 * "10 or more" at a question with other choices is an answer that went astray, not a question for the knowledge base.
 */
import type { KnowledgeAnswer } from '../conversation.ts'
import type { Draft } from './draft.ts'
import { itemsOf } from './instrument.ts'
import type { FlowLibrary } from './library.ts'
import { pendingOf } from './question.ts'
import { fold } from './understand/fold.ts'

const choices = new WeakMap<FlowLibrary, ReadonlySet<string>>()

/** @returns whether the words are a choice of some other question, and nothing is known that answers them in full. */
export function isStrayAnswer(draft: Draft, text: string, answer: KnowledgeAnswer): boolean {
  const asked = pendingOf(draft)?.asked
  if (answer.kind === 'answer' || !asked || asked.isOpen || asked.input === 'text') return false
  return choicesOf(draft.world.flows).has(fold(text))
}

/** Labels of every choice in both languages, worked out once for the scripts' life. */
function choicesOf(library: FlowLibrary): ReadonlySet<string> {
  const known = choices.get(library)
  if (known) return known
  const asked = [...library.flows.values()].flatMap((flow) =>
    flow.steps.flatMap((step) => ('ask' in step ? (step.options ?? []) : [])),
  )
  const items = [...library.instruments.values()].flatMap((instrument) =>
    itemsOf(instrument).flatMap((item) => item.options),
  )
  const labels = [
    ...asked.flatMap((option) => [option.en, option.es, ...(option.synonyms ?? [])]),
    ...items.flatMap((option) => [option.text, option.textEs ?? option.text]),
  ]
  const all = new Set(labels.map(fold))
  choices.set(library, all)
  return all
}
