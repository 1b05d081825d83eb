/**
 * Open desks for the bench: each holds its stream of events and reads what changed as the desk's page does.
 */
import { createHash, randomBytes } from 'node:crypto'
import { Agent, get as httpGet } from 'node:http'
import type { Store } from '../../bot/ports.ts'

/** As `CALM_MS` of the page. */
const CALM_MS = 120

export interface BenchDesk {
  readonly cookie: string
  /** What it has heard, by conversation: when its lead came in. */
  readonly opened: Map<string, number>
  close(): void
}

/** Accounts with a session each, without their passwords: signing in is not what is measured. */
export async function cookiesFor(store: Store, count: number): Promise<string[]> {
  const startedAt = new Date().toISOString()
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [name, value] = [`staff ${index}`, randomBytes(32).toString('base64url')]
      await store.putStaff({ name, role: 'admissions', programs: null, passwordHash: 'none', disabled: false })
      const id = createHash('sha256').update(value).digest('base64url')
      await store.putSession({ id, name, startedAt, expiresAt })
      return `porchlight-desk=${value}`
    }),
  )
}

/** @param reads - whether it reads the rows that it hears of. */
export function openDesk(api: string, cookie: string, reads: boolean): Promise<BenchDesk> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const opened = new Map<string, number>()
  const read = reads ? reader(api, { cookie, agent }) : () => undefined
  return new Promise((resolve, reject) => {
    const request = httpGet(`${api}/events`, { headers: { cookie } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) hear(block, { opened, read })
      })
      response.on('error', () => undefined)
      const close = () => {
        request.destroy()
        agent.destroy()
      }
      resolve({ cookie, opened, close })
    })
    request.on('error', reject)
  })
}

function hear(block: string, desk: { opened: Map<string, number>; read(lead: string): void }): void {
  const [, event, data] = /event: (\S+)\ndata: (.*)/.exec(block) ?? []
  if (event === undefined || !event.startsWith('lead.')) return
  const { conversation, lead } = JSON.parse(data ?? '{}')
  if (event === 'lead.opened') desk.opened.set(conversation, performance.now())
  if (lead !== undefined) desk.read(lead)
}

/** One reading at a time; what changed meanwhile is read after it. */
function reader(api: string, desk: { cookie: string; agent: Agent }): (lead: string) => void {
  let isReading = false
  const stale = new Set<string>()
  const once = async (): Promise<void> => {
    isReading = true
    const ids = [...stale]
    stale.clear()
    await take(`${api}/leads/rows?ids=${ids.join(',')}`, desk)
    setTimeout(() => {
      isReading = false
      if (stale.size > 0) void once()
    }, CALM_MS)
  }
  return (lead) => {
    stale.add(lead)
    if (!isReading) void once()
  }
}

function take(url: string, { cookie, agent }: { cookie: string; agent: Agent }): Promise<void> {
  return new Promise((resolve) => {
    const request = httpGet(url, { headers: { cookie }, agent }, (response) => {
      response.resume()
      response.on('end', resolve)
      response.on('error', () => resolve())
    })
    request.on('error', () => resolve())
  })
}
