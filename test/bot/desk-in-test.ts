/**
 * The desk's API for tests: a service on a clock that stands still, staff who are signed in, leads.
 */
import { randomUUID } from 'node:crypto'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import { performDue } from '../../bot/outbox/perform.ts'
import type { LeadRecord, Store } from '../../bot/ports.ts'
import type { Service } from '../../bot/service.ts'
import { openRedisStore } from '../../bot/stores/redis.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import type { Exchange } from '../../bot/turn/exchange.ts'
import { type Answer, call, startTestService, type Visitor, visit } from './service-in-test.ts'

export const PASSWORD = 'a long passphrase'

type Init = { method?: string; body?: unknown; headers?: Record<string, string> }

export interface Person {
  readonly cookie: string
  (path: string, init?: Init): Promise<Answer>
}

export class TestDesk {
  readonly service: Service
  readonly api: string
  readonly #clock: { at: Date }

  private constructor(service: Service, clock: { at: Date }) {
    this.service = service
    this.api = `${service.address}/desk/api`
    this.#clock = clock
  }

  /** Ana and Ben take admissions (Ben only Jagruti's), Chris is admin; it is Monday, ten in the morning in New Jersey. */
  static async open(settings: Record<string, string> = {}): Promise<TestDesk> {
    const clock = { at: new Date('2026-11-23T15:00:00.000Z') }
    const { store, exchange } = await storeOfTest()
    await addStaff(store, { name: 'ana', role: 'admissions', programs: null }, PASSWORD)
    await addStaff(store, { name: 'ben', role: 'admissions', programs: ['jagruti'] }, PASSWORD)
    await addStaff(store, { name: 'chris', role: 'admin', programs: null }, PASSWORD)
    return new TestDesk(await startTestService({ store, exchange, clock: { now: () => clock.at } }, settings), clock)
  }

  close(): Promise<void> {
    return this.service.stop()
  }

  /** Lets time go by, and the service do what is due then. */
  async pass(minutes: number): Promise<void> {
    this.#clock.at = new Date(this.#clock.at.getTime() + minutes * 60_000)
    await performDue(this.service.house)
  }

  signIn(name: string, password = PASSWORD): Promise<Answer> {
    return call(`${this.api}/session`, { body: { name, password } })
  }

  async as(name: string): Promise<Person> {
    const answer = await this.signIn(name)
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
    const person = (path: string, init: Init = {}) =>
      call(`${this.api}/${path}`, { ...init, headers: { cookie, ...init.headers } })
    return Object.assign(person, { cookie })
  }

  async leadInDanger(program = 'inspira'): Promise<{ visitor: Visitor; lead: LeadRecord }> {
    const visitor = await visit(this.service.address, program)
    await visitor.say('I want to kill myself')
    const lead = await this.service.house.store.leadOf(visitor.conversation)
    if (!lead) throw new Error('no lead was opened')
    return { visitor, lead }
  }

  /** Claims it and gives the fence. */
  async claim(person: Person, lead: LeadRecord): Promise<number> {
    const { body } = await person(`leads/${lead.id}/claim`, { method: 'POST' })
    return (body.lease as { fence: number }).fence
  }

  /** Hears the desk's events as text until it is stopped. */
  async listen(person: Person, lastEventId?: string): Promise<{ text(): string; ended(): boolean; stop(): void }> {
    const stop = new AbortController()
    const headers: Record<string, string> = { cookie: person.cookie }
    if (lastEventId !== undefined) headers['last-event-id'] = lastEventId
    const response = await fetch(`${this.api}/events`, { headers, signal: stop.signal })
    let text = ''
    let hasEnded = false
    const read = async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        text += new TextDecoder().decode(chunk)
    }
    const over = (): void => {
      hasEnded = true
    }
    void read().then(over, over)
    return { text: () => text, ended: () => hasEnded, stop: () => stop.abort() }
  }
}

/** The embedded store in memory; with `DESK_ON_REDIS=redis://…` the same tests run on the store of several machines. */
async function storeOfTest(): Promise<{ store: Store; exchange: Exchange | null }> {
  const url = process.env.DESK_ON_REDIS
  if (!url) return { store: openSqliteStore(':memory:'), exchange: null }
  const where = { urls: [url], prefix: `test-${randomUUID()}`, acceptedLosses: [], replicas: 0, keyMark: 'mark' }
  const { exchange, ...store } = await openRedisStore(where)
  return { store, exchange }
}
