/**
 * What Redis answers, as values: bytes, numbers and lists, and nothing else.
 */
export type Reply = Buffer | number | null | readonly Reply[]

export function textOf(reply: Reply | undefined): string {
  return Buffer.isBuffer(reply) ? reply.toString('utf8') : String(reply ?? '')
}

export function bytesOf(reply: Reply | undefined): Buffer {
  return Buffer.isBuffer(reply) ? reply : Buffer.alloc(0)
}

export function listOf(reply: Reply | undefined): readonly Reply[] {
  return Array.isArray(reply) ? reply : []
}

export function jsonOf<T>(reply: Reply | undefined): T {
  return JSON.parse(textOf(reply)) as T
}
