/**
 * Whose danger it is: the writer's own, or somebody's she writes about.
 *
 * The person named first as the one who does or suffers is taken; "my husband hits me" is still about
 * the writer, which is why a "me" after the verb outweighs the person before it.
 */
import { conceptId } from './lexicon.ts'
import type { Token } from './stream.ts'
import type { Who } from './verdict.ts'

const self = [conceptId('I'), conceptId('ME'), conceptId('REFLEX')]
const others = [conceptId('OTHER-PERSON'), conceptId('HE'), conceptId('KID'), conceptId('PARTNER'), conceptId('ADULT')]

export function whoIsMeant(tokens: readonly Token[]): Who {
  let first: Who | null = null
  let [mine, theirs] = [0, 0]
  for (const { concepts, word } of tokens) {
    // "mi hijo" is about the son: without its accent the possessive looks like "mí".
    const isSelf = word !== 'mi' && word !== 'mis' && concepts.some((concept) => self.includes(concept))
    const isOther = concepts.some((concept) => others.includes(concept))
    if (isSelf) mine++
    if (isOther) theirs++
    if (isSelf || isOther) first ??= isSelf ? 'self' : 'other'
  }
  return first === 'self' || mine >= theirs ? 'self' : 'other'
}
