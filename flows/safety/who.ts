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
  // "mi hijo" is about the son: without its accent the possessive looks like "mí".
  const isSelf = ({ concepts, word }: Token): boolean =>
    word !== 'mi' && word !== 'mis' && concepts.some((concept) => self.includes(concept))
  const isOther = ({ concepts }: Token): boolean => concepts.some((concept) => others.includes(concept))
  if (tokens.some(isSelf)) {
    const first = tokens.findIndex((token) => isSelf(token) || isOther(token))
    return isSelf(tokens[first]!) || tokens.filter(isSelf).length >= tokens.filter(isOther).length ? 'self' : 'other'
  }
  return tokens.some(isOther) ? 'other' : 'self'
}
