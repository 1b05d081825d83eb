/**
 * So many conversations at once, each posting one request after the other for a while.
 */
import { Agent, request } from 'node:http'

export interface Post {
  readonly url: string
  readonly headers: Record<string, string>
  body(count: number): string
}

export interface Figures {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
  readonly total: number
}

export async function load(posts: readonly Post[], forMs: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: posts.length })
  const times: number[] = []
  let failed = 0
  const started = performance.now()
  const until = started + forMs
  await Promise.all(
    posts.map(async (post) => {
      for (let count = 0; performance.now() < until; count += 1) {
        const begun = performance.now()
        const status = await send(agent, post, post.body(count))
        times.push(performance.now() - begun)
        if (status !== 200) failed += 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), failed, total: times.length }
}

function send(agent: Agent, post: Post, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...post.headers }
    const sent = request(post.url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
