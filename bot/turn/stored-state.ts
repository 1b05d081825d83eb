/**
 * A state as it is stored: JSON, written piece by piece.
 *
 * A turn changes little of a state. What it left as it was, an answer, a place, a line that was said,
 * is the same object as before, and its piece of JSON is remembered for as long as the object lives.
 */
import type { ConversationState } from '../../flows/conversation.ts'
import { notes } from '../../flows/safety/notes.ts'

const pieces = notes<object, string>()

export function jsonPiece(value: object): string {
  const known = pieces.get(value)
  if (known !== undefined) return known
  const json = JSON.stringify(value)
  pieces.set(value, json)
  return json
}

export function writeState(state: ConversationState): string {
  const { answers, trail, said, route, ...others } = state
  let given = ''
  for (const name in answers) given += `${given === '' ? '' : ','}${JSON.stringify(name)}:${jsonPiece(answers[name]!)}`
  const rest = JSON.stringify(others).slice(1)
  return `{"answers":{${given}},"trail":[${trail.map(jsonPiece).join()}],"said":[${said.map(jsonPiece).join()}],"route":${route === null ? 'null' : jsonPiece(route)},${rest}`
}
