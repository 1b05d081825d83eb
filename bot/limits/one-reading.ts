/**
 * A request that two programs could read as two different ones goes no further than the door.
 *
 * Node's own parser refuses most of them. What it lets through and a proxy may read in another way is refused here:
 * `Host` twice or none that a name could be (RFC 9112, 3.2), a body framed by anything but `chunked` or in
 * HTTP/1.0 by anything but its length (6.1), and the protocol of before 1.0.
 */
import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { AdmissionsError } from '../errors.ts'

const hostForm = /^(?:[\w.~-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/** @throws AdmissionsError `REQUEST_INVALID`. */
export function mustHaveOneReading(request: IncomingMessage): void {
  if (hasOneReading(request)) return
  throw new AdmissionsError('REQUEST_INVALID', 'The request can be read in more than one way: send it plainly.')
}

/** @param refuse - answers, after which the connection ends: what comes behind such a request is not read. */
export function oneReadingOnly(
  answer: RequestListener,
  refuse: (error: unknown, ...about: Parameters<RequestListener>) => void,
): RequestListener {
  const ending = new WeakSet<Socket>()
  return (request, response) => {
    // Sent along in one piece, it has been parsed already.
    if (ending.has(request.socket)) return
    try {
      mustHaveOneReading(request)
    } catch (error) {
      ending.add(request.socket)
      return refuse(error, request, response)
    }
    answer(request, response)
  }
}

function hasOneReading({ httpVersionMajor, httpVersionMinor, headers, rawHeaders }: IncomingMessage): boolean {
  const { host } = headers
  const framing = headers['transfer-encoding']
  const isFramed = framing === undefined || (framing.toLowerCase() === 'chunked' && httpVersionMinor > 0)
  const isNamed = host === undefined ? httpVersionMinor === 0 : hostForm.test(host) && isOnce('host', rawHeaders)
  return httpVersionMajor > 0 && isFramed && isNamed
}

/** @param rawHeaders - name, value, name, value … */
function isOnce(name: string, rawHeaders: readonly string[]): boolean {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const one = rawHeaders[at] as string
    if (one.length === name.length && one.toLowerCase() === name) count += 1
  }
  return count === 1
}
