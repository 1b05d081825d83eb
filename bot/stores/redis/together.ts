/**
 * What one round of the event loop asks for goes to Redis together: a call costs more than what it asks.
 */

/** A script may keep Redis for so many at once. */
const AT_MOST = 300

/** @param send - is given what came in one round, in its order. */
export function together<Item>(send: (items: readonly Item[]) => void): (item: Item) => void {
  let waiting: Item[] = []
  const sendAll = (): void => {
    const all = waiting
    waiting = []
    for (let from = 0; from < all.length; from += AT_MOST) send(all.slice(from, from + AT_MOST))
  }
  return (item) => {
    waiting.push(item)
    if (waiting.length === 1) setImmediate(sendAll)
  }
}
