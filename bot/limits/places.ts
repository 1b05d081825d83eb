/**
 * Places for what takes memory while it is under way: so many for each key at once, each given back when it is over.
 */
export interface Places {
  /** Takes a place under every key, or under none. @returns how to give them back; null when one key has no more. */
  take(keys: readonly string[]): (() => void) | null
}

/** @param most - places of a key, by what stands before its first space. */
export function createPlaces(most: Readonly<Record<string, number>>): Places {
  const taken = new Map<string, number>()
  const count = (key: string, by: number): void => {
    const now = (taken.get(key) ?? 0) + by
    if (now > 0) taken.set(key, now)
    else taken.delete(key)
  }
  return {
    take(keys) {
      const isFull = (key: string): boolean => (taken.get(key) ?? 0) >= (most[key.split(' ', 1)[0] as string] ?? 0)
      if (keys.some(isFull)) return null
      for (const key of keys) count(key, 1)
      return () => {
        for (const key of keys) count(key, -1)
      }
    },
  }
}
