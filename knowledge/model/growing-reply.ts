/**
 * A model's reply while it is still being written: the sentences that are whole already.
 *
 * The reply is JSON that ends later, so only objects inside its list that have closed are read; whatever is
 * not as asked is left to the reading of the whole reply.
 */

/** @returns a reader: given all that was written so far, what has become whole since it was asked last. */
export function growingSentences(): (text: string) => unknown[] {
  let at = -1
  return (text) => {
    if (at < 0) {
      const begin = /"sentences"\s*:\s*\[/.exec(text)
      if (!begin) return []
      at = begin.index + begin[0].length
    }
    const found: unknown[] = []
    for (let end = endOfObject(text, at); end !== null; end = endOfObject(text, at)) {
      const whole = parsed(text.slice(text.indexOf('{', at), end))
      if (whole !== undefined) found.push(whole)
      at = end
    }
    return found
  }
}

/** Where the next object of the list has closed, or null while it has not. */
function endOfObject(text: string, from: number): number | null {
  const begin = text.indexOf('{', from)
  if (begin < 0 || text.slice(from, begin).includes(']')) return null
  let depth = 0
  let isQuoted = false
  for (let at = begin; at < text.length; at += 1) {
    const sign = text[at]
    if (isQuoted) {
      if (sign === '\\') at += 1
      else if (sign === '"') isQuoted = false
    } else if (sign === '"') isQuoted = true
    else if (sign === '{') depth += 1
    else if (sign === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
