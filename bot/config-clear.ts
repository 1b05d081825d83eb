/**
 * Addresses that would carry something about a person, or a password, in the clear: production refuses them
 * (ASVS 5.0, 12.2.1 and 12.3.1), but on this machine and at hosts inside that an operator has named.
 */
const own = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/

export const isOwn = (host: string): boolean => own.test(host)

/** @param addresses - by the name of their setting. @returns one fault each. */
export function inTheClear(
  addresses: Readonly<Record<string, string | readonly string[] | undefined>>,
  inside: readonly string[],
): string[] {
  return Object.entries(addresses).flatMap(([name, given]) =>
    [given ?? []].flat().flatMap((address) => {
      const { protocol, hostname } = new URL(address)
      const isClear = protocol === 'http:' || protocol === 'redis:'
      const wanted = protocol === 'redis:' ? 'rediss://' : 'https://'
      if (!isClear || own.test(hostname) || inside.includes(hostname)) return []
      return [`${name} must be ${wanted} in production: to another machine nothing goes in the clear`]
    }),
  )
}
