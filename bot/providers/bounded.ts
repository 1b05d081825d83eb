/**
 * An answer from outside that ends: beyond its measure it is broken off, so that a system that writes without an
 * end takes neither our memory nor more of the line than its deadline allows.
 */

/** Bytes; many times what any of these systems answers. */
const BYTES_AT_MOST = 2_000_000

/** The same answer; reading more than the measure fails as a broken connection does. */
export function bounded(response: Response, most = BYTES_AT_MOST): Response {
  if (response.body === null) return response
  let size = 0
  const measure = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, out) {
      size += chunk.byteLength
      if (size > most) out.error(new Error('the answer is too large'))
      else out.enqueue(chunk)
    },
  })
  const { status, statusText, headers } = response
  return new Response(response.body.pipeThrough(measure), { status, statusText, headers })
}
