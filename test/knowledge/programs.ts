/** The five programs as they are served, read once for all tests of knowledge. */
import { answer } from '../../knowledge/answer.ts'
import type { Answer } from '../../knowledge/answer-types.ts'
import { readLibrary } from '../../knowledge/library.ts'
import type { Program } from '../../knowledge/program.ts'

export const { library, problems } = readLibrary('knowledge/programs')
export const today = '2026-11-23'

export function program(id: string): Program {
  const found = library.programs.find((one) => one.id === id)
  if (!found) throw new Error(`no program ${id}`)
  return found
}

export function ask(id: string, text: string, said: readonly string[] = []): Answer {
  const saidBefore = said.map((one) => ({ role: 'user' as const, text: one }))
  return answer({ text, locale: 'en-US', saidBefore, today }, program(id))
}
