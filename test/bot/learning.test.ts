/**
 * From a question that nobody could answer to a fact that the chat says: over real HTTP, by two people.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStaff } from '../../bot/console/staff-accounts.ts'
import type { Service } from '../../bot/service.ts'
import { openSqliteStore } from '../../bot/stores/sqlite.ts'
import { call, said, startTestService, visit } from './service-in-test.ts'

const PASSWORD = 'a long passphrase'
const clock = { at: new Date('2026-11-28T15:00:00Z') }
let service: Service

beforeAll(async () => {
  const store = openSqliteStore(':memory:')
  for (const name of ['ana', 'ben']) await addStaff(store, { name, role: 'admissions', programs: null }, PASSWORD)
  await addStaff(store, { name: 'carla', role: 'admissions', programs: ['jagruti'] }, PASSWORD)
  service = await startTestService({ store, clock: { now: () => clock.at } })
})
afterAll(() => service.stop())

async function as(name: string) {
  const desk = `${service.address}/desk/api`
  const answer = await call(`${desk}/session`, { body: { name, password: PASSWORD } })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
  return (path: string, body?: unknown) => call(`${desk}/${path}`, { headers: { cookie }, ...(body ? { body } : {}) })
}

const parking = {
  program: 'inspira',
  topic: 'parking',
  en: 'There is a parking lot behind the building, and it costs nothing.',
  es: 'Hay un estacionamiento detrás del edificio y no cuesta nada.',
  source: 'front desk, walked round on 2026-11-27',
  tries: { en: ['is there parking', 'where do i leave my car'], es: ['¿hay estacionamiento?'] },
}

async function answersTo(question: string): Promise<string> {
  const visitor = await visit(service.address)
  const activities = await visitor.say(question)
  return JSON.stringify(activities.map((one: unknown) => said(one as never)))
}

test('a question without an answer is stated by one, passed by another, and said from then on', async () => {
  const [ana, ben] = [await as('ana'), await as('ben')]
  expect(await answersTo('is there parking')).toContain('no-answer')
  const { body: before } = await ana('unanswered')
  const open = (before.questions as { id: string; topic: string; why: string }[]).find(
    ({ topic }) => topic === 'parking',
  )
  expect(open?.why).toBe('unanswered')
  const stated = await ana('facts', { ...parking, questions: [open?.id] })
  expect(stated.body).toMatchObject({ state: 'awaits-review', by: 'ana', faults: [] })
  expect(await answersTo('is there parking')).toContain('no-answer')
  expect((await ana(`facts/${stated.body.id}/review`, { version: 1, pass: true })).body.error.code).toBe(
    'NOT_PERMITTED',
  )
  expect((await ben(`facts/${stated.body.id}/review`, { version: 1, pass: true })).body).toMatchObject({
    state: 'said',
    reviewedBy: 'ben',
  })
  const heard = await answersTo('is there parking')
  expect(heard).toContain('behind the building')
  expect(heard).toContain('stated-by-the-team')
  const { body: after } = await ana('unanswered')
  expect((after.questions as { id: string }[]).some(({ id }) => id === open?.id)).toBe(false)
})

test('a statement that promises, or that its own examples miss, is not passed', async () => {
  const [ana, ben] = [await as('ana'), await as('ben')]
  const bad = {
    ...parking,
    topic: null,
    en: 'We guarantee a cure for everyone.',
    es: 'Garantizamos una cura para todos.',
    tries: { en: ['how long is the program'] },
  }
  const { body } = await ana('facts', bad)
  expect((body.faults as string[]).length).toBeGreaterThanOrEqual(2)
  expect((await ben(`facts/${body.id}/review`, { version: 1, pass: true })).body.error.code).toBe('FACT_FAULTY')
  expect(
    (await ben(`facts/${body.id}/review`, { version: 1, pass: false, note: 'we promise nothing' })).body.state,
  ).toBe('returned')
})

test('what is set aside leaves the list; nobody states anything for a program of others', async () => {
  const [ana, carla] = [await as('ana'), await as('carla')]
  await answersTo('can i bring my dog')
  const has = async () =>
    ((await ana('unanswered')).body.questions as { topic: string }[]).some(({ topic }) => topic === 'pets')
  expect(await has()).toBe(true)
  expect((await carla('unanswered/set-aside', { program: 'inspira', topic: 'pets' })).body.error.code).toBe(
    'PROGRAM_NOT_FOUND',
  )
  await ana('unanswered/set-aside', { program: 'inspira', topic: 'pets' })
  expect(await has()).toBe(false)
  expect((await carla('facts', parking)).body.error.code).toBe('PROGRAM_NOT_FOUND')
})

test('what was sent back is mended under its id, and what is said is changed by one that takes its place', async () => {
  const [ana, ben] = [await as('ana'), await as('ben')]
  const first = await ana('facts', { ...parking, program: 'jagruti', questions: [] })
  await ben(`facts/${first.body.id}/review`, { version: 1, pass: false, note: 'which side?' })
  expect((await ana('facts/waiting')).body).toMatchObject({ returned: 2, toReview: 0 })
  const mended = { ...parking, program: 'jagruti', en: parking.en.replace('behind', 'beside'), mends: first.body.id }
  expect((await ana('facts', mended)).body).toMatchObject({ id: first.body.id, version: 3, state: 'awaits-review' })
  expect((await ben('facts/waiting')).body).toMatchObject({ toReview: 1 })
  await ben(`facts/${first.body.id}/review`, { version: 3, pass: true })
  const changed = await ben('facts', { ...mended, en: parking.en })
  expect(changed.body).toMatchObject({ version: 1, state: 'awaits-review', faults: [] })
  await ana(`facts/${changed.body.id}/review`, { version: 1, pass: true })
  const facts = (await ana('facts')).body.facts as { id: string; state: string }[]
  expect(facts.find(({ id }) => id === first.body.id)?.state).toBe('withdrawn')
  expect(facts.find(({ id }) => id === changed.body.id)?.state).toBe('said')
})

test('nothing expires in silence: its day is near, past, and then confirmed anew', async () => {
  const [ana, ben] = [await as('ana'), await as('ben')]
  const own = { ...parking, program: 'sample-001', reviewBy: '2026-12-20' }
  const { body } = await ana('facts', own)
  await ben(`facts/${body.id}/review`, { version: 1, pass: true })
  const dueOf = async () =>
    ((await (await as('ana'))('facts')).body.facts as { id: string; due: string | null }[]).find(
      ({ id }) => id === body.id,
    )?.due
  expect(await dueOf()).toBe('soon')
  expect((await ana('facts/waiting')).body.due).toBe(1)
  clock.at = new Date('2026-12-21T15:00:00Z')
  expect(await dueOf()).toBe('past')
  const late = await as('ana')
  expect((await late(`facts/${body.id}/confirm`, { version: 2, reviewBy: '2026-12-01' })).body.error.code).toBe(
    'REQUEST_INVALID',
  )
  await late(`facts/${body.id}/confirm`, { version: 2, reviewBy: '2027-06-01' })
  expect(await dueOf()).toBeNull()
  const facts = (await late('facts')).body.facts as { id: string; reviewedBy: string; confirmedBy: string }[]
  expect(facts.find(({ id }) => id === body.id)).toMatchObject({ reviewedBy: 'ben', confirmedBy: 'ana' })
  await late(`facts/${body.id}/withdraw`, { note: 'the lot was sold' })
  expect((await late(`facts/${body.id}/withdraw`, { note: 'again' })).body.error.code).toBe('NOT_FOUND')
})

test('an example offered from a question holds no name, number or address', async () => {
  const ana = await as('ana')
  await answersTo('is there a sauna, Rosa said so at 0155512345')
  await answersTo('is there a sauna')
  const clusters = (await ana('unanswered')).body.clusters as {
    topic: string
    count: number
    questions: { question: string; asExample: string | null }[]
  }[]
  const sauna = clusters.find(({ topic }) => topic === 'gym')
  expect(sauna?.count).toBe(2)
  expect(sauna?.questions.map(({ asExample }) => asExample).sort()).toEqual(['is there a sauna', null])
})

test('nobody reads, passes, confirms or withdraws what is stated for a program of others', async () => {
  const [ana, carla] = [await as('ana'), await as('carla')]
  const { body } = await ana('facts', { ...parking, questions: [] })
  for (const [deed, said] of [
    ['review', { version: 1, pass: true }],
    ['confirm', { version: 1, reviewBy: '2027-03-01' }],
    ['withdraw', { note: 'not mine' }],
  ] as const)
    expect((await carla(`facts/${body.id}/${deed}`, said)).body.error.code).toBe('NOT_FOUND')
  expect((await carla('facts', { ...parking, program: 'jagruti', mends: body.id })).body.error.code).toBe('NOT_FOUND')
  const seen = (await carla('facts')).body.facts as { id: string; program: string }[]
  expect(seen.every(({ program }) => program === 'jagruti')).toBe(true)
})

test('an example that holds a number or an address is to be mended before anybody passes it', async () => {
  const ana = await as('ana')
  const tries = { en: ['is there parking, call me at 973 555 0142'], es: [] }
  expect(((await ana('facts/try', { ...parking, tries })).body.faults as string[]).join()).toContain('examples stay')
})

test('a promise, a share of people for whom it went well, and a number in one language only are to be mended', async () => {
  const ana = await as('ana')
  const faultsOf = async (words: object) =>
    ((await ana('facts/try', { ...parking, ...words })).body.faults as string[]).join()
  expect(await faultsOf({ en: 'We promise a spot behind the building.' })).toContain('promises something')
  const shares = { en: '90% of our people find a spot.', es: 'El 90 % de nuestras personas halla lugar.' }
  expect(await faultsOf(shares)).toContain('promises something')
  expect(await faultsOf({ en: 'There are 40 free spots behind the building.' })).toContain('the other none')
  expect(await faultsOf({})).toBe('')
})

test('what was stated for one program is not carried into another by whoever may see both', async () => {
  const [ana, ben] = [await as('ana'), await as('ben')]
  const mine = { ...parking, program: 'sample-002', questions: [] }
  const { body: first } = await ana('facts', mine)
  const elsewhere = { ...mine, program: 'sample-001', mends: first.id }
  for (const path of ['facts', 'facts/try']) {
    const { error } = (await ben(path, elsewhere)).body
    expect([error.code, error.message]).toEqual(['REQUEST_INVALID', expect.stringContaining('of sample-002')])
  }
  await ben(`facts/${first.id}/review`, { version: 1, pass: true })
  expect((await ana('facts', elsewhere)).body.error.code).toBe('REQUEST_INVALID')
  const facts = (await ana('facts')).body.facts as { id: string; program: string; state: string }[]
  expect(facts.find(({ id }) => id === first.id)).toMatchObject({ program: 'sample-002', state: 'said' })
  const others = facts.filter(({ program }) => program === 'sample-001')
  expect(others.every(({ state }) => state === 'withdrawn')).toBe(true)
})

test('nobody passes what was restated after she had read it', async () => {
  const [ana, ben] = [await as('ana'), await as('ben')]
  const own = { ...parking, program: 'sample-004', questions: [] }
  const { body: read } = await ana('facts', own)
  await ana('facts', { ...own, en: parking.en.replace('behind', 'beside'), mends: read.id })
  const review = (version: number) => ben(`facts/${read.id}/review`, { version, pass: true })
  expect((await review(read.version as number)).body.error.code).toBe('CHANGED_MEANWHILE')
  expect((await review(2)).body).toMatchObject({ state: 'said', version: 3 })
  const confirm = (version: number) => ben(`facts/${read.id}/confirm`, { version, reviewBy: '2027-03-01' })
  expect((await confirm(2)).body.error.code).toBe('CHANGED_MEANWHILE')
  expect((await confirm(3)).status).toBe(200)
})
