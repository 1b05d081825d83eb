/**
 * So many visitors at once, each posting one message after the other for a while.
 */
import { Agent, request } from 'node:http'

export interface Post {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** The posts of one visitor, in order; it never ends before the round does. */
export type Visitor = () => Post

export interface Figures {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
  readonly total: number
}

export async function load(visitors: readonly Visitor[], forMs: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors.length })
  const times: number[] = []
  let failed = 0
  const started = performance.now()
  const until = started + forMs
  await Promise.all(
    visitors.map(async (next) => {
      while (performance.now() < until) {
        const begun = performance.now()
        const status = await send(agent, next())
        times.push(performance.now() - begun)
        if (status !== 200) failed += 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return figuresOf(times, { seconds, failed })
}

/**
 * So many posts a second, come what may, at times drawn by chance: what one of many visitors feels who waits for
 * nobody. A time counts from the moment when the post was due, also when all visitors were still waiting.
 */
export async function paced(
  visitors: readonly Visitor[],
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors.length })
  const idle = [...visitors]
  const due: number[] = []
  const times: number[] = []
  const underWay = new Set<Promise<void>>()
  let failed = 0
  const post = async (visitor: Visitor, at: number): Promise<void> => {
    const status = await send(agent, visitor())
    times.push(performance.now() - at)
    if (status !== 200) failed += 1
    idle.push(visitor)
    begin()
  }
  const begin = (): void => {
    while (due.length > 0 && idle.length > 0) {
      const sent = post(idle.shift() as Visitor, due.shift() as number)
      underWay.add(sent)
      void sent.finally(() => underWay.delete(sent))
    }
  }
  const started = performance.now()
  for (let next = started; next < started + forMs; next += (-Math.log(1 - Math.random()) * 1_000) / perSecond) {
    while (performance.now() < next) await new Promise((resolve) => setImmediate(resolve))
    due.push(next)
    begin()
  }
  while (underWay.size > 0) await Promise.all(underWay)
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return figuresOf(times, { seconds, failed })
}

function figuresOf(times: number[], { seconds, failed }: { seconds: number; failed: number }): Figures {
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), failed, total: times.length }
}

export function send(agent: Agent, { url, headers, body }: Post): Promise<number> {
  return new Promise((resolve, reject) => {
    const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers }
    const sent = request(url, { method: 'POST', agent, headers: all }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
