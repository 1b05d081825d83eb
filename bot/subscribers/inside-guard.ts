/**
 * Keeps webhooks out of the network that this service stands in: an address is looked up, judged, and
 * then used as it was judged.
 *
 * A name that resolves to an internal address, or to another one a moment later, would let whoever sets
 * a webhook reach what only this machine may reach. Hosts on the operator's list are let through, for
 * development and for a hub in the same house.
 */
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { AdmissionsError } from '../errors.ts'

/** IANA's special-purpose registries: nothing of these is a public host. */
const v4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
const v6 = [
  '::/128',
  '::1/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]

const internal = new BlockList()
for (const [ranges, family] of [
  [v4, 'ipv4'],
  [v6, 'ipv6'],
] as const) {
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    internal.addSubnet(address, Number(bits), family)
  }
}

/** Also for IPv4 addresses written as IPv6 (`::ffff:10.0.0.1`). */
export function isInternal(address: string): boolean {
  const family = isIP(address)
  return family === 0 || internal.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>
const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true })

/**
 * The addresses that may be called for a host, as a look-up that gives no others.
 *
 * @throws AdmissionsError `ADDRESS_INTERNAL` when one of them is inside.
 */
export async function outsideLookup(
  url: URL,
  { allowed, resolve = resolveAll }: { allowed: readonly string[]; resolve?: Resolve },
): Promise<LookupFunction> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = await resolve(host)
  if (!allowed.includes(host) && (found.length === 0 || found.some(({ address }) => isInternal(address))))
    throw new AdmissionsError(
      'ADDRESS_INTERNAL',
      'The webhook leads inside the network: name a public host, or allow it.',
    )
  return (_host, options, callback) => {
    const [first] = found
    if (options.all) callback(null, [...found])
    else if (first) callback(null, first.address, first.family)
    else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 4)
  }
}
