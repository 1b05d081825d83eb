/**
 * `npm run canary`: marked words go in by every door, then everything that could hold them is searched.
 *
 * The real service in a process of its own at its most talkative, on the embedded store and on Redis, behind a
 * proxy that caches and logs. A word in clear in any place that it may not reach fails the run with its place.
 */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { call, SECRET } from '../bot/service-in-test.ts'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'
import { type RedisServer, startRedis } from '../contracts/redis-server.ts'
import { AGREED, liveThrough, MARK, type Night, PASSWORD, QUESTION } from './night.ts'
import { filesBelow, holds, memoryOf } from './search.ts'
import { openSurroundings, type Surroundings } from './surroundings.ts'

/** Throws, when it is told to, an error that quotes a visitor: what a library may do at its worst. */
const failure = `data:text/javascript,process.on('SIGUSR2',()=>setTimeout(()=>{JSON.parse('${MARK} in an error')}))`

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function surroundings(): Promise<Surroundings> {
  const around = await openSurroundings()
  ends.push(around.end)
  return around
}

async function start(settings: Record<string, string>): Promise<SpawnedService> {
  const service = await spawnService({
    LOG_LEVEL: 'debug',
    DIRECT_LINE_SECRET: SECRET,
    NODE_OPTIONS: `--import ${JSON.stringify(failure)}`,
    ...settings,
  })
  ends.push(service.stop)
  return service
}

async function porchlight(settings: Record<string, string>, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(process.execPath, ['bot/cli.ts', ...args], { env: { PATH: '/usr/bin:/bin', ...settings } })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed += chunk
    })
  child.stdin.end(input)
  await once(child, 'close')
  return printed
}

/** What came of a night, place by place; where a place may hold words, which. */
interface Place {
  readonly name: string
  readonly bytes: Uint8Array | string
  readonly may?: readonly string[]
}

async function placesAfter(
  { around, service, settings }: { around: Surroundings; service: SpawnedService; settings: Record<string, string> },
  night: Night,
): Promise<Place[]> {
  const outside = { model: [QUESTION], fhir: [AGREED], crm: [AGREED] } as Record<string, readonly string[]>
  const process = ['cmdline', 'comm', 'environ'].map((name) => ({
    name: `the process's ${name}`,
    // The test itself puts the failing line there.
    bytes: readFileSync(`/proc/${service.pid}/${name}`, 'latin1').replaceAll(failure, ''),
  }))
  const metrics = JSON.stringify(await call(`${service.address}/metrics`))
  const commands = [['doctor'], ['audit', 'export']]
  const printed = await Promise.all(commands.map((args) => porchlight(settings, args)))
  return [
    ...process,
    { name: 'metrics', bytes: metrics },
    { name: 'refusals', bytes: JSON.stringify(night.refusals) },
    ...commands.map((args, index) => ({ name: `porchlight ${args.join(' ')}`, bytes: printed[index] ?? '' })),
    ...[...around.taken].map(([place, text]) => ({
      name: `what went to ${place}`,
      bytes: text,
      may: outside[place] ?? [],
    })),
    ...filesBelow(around.folder).map(([path, bytes]) => ({ name: path, bytes })),
  ]
}

function expectNothing(places: readonly Place[]): void {
  const found = places.flatMap(({ name, bytes, may = [] }) =>
    [MARK, QUESTION, AGREED]
      .filter((mark) => !may.includes(mark) && holds(bytes, mark))
      .map((mark) => `${name}: ${mark}`),
  )
  expect(found).toEqual([])
}

/** Each path outside was really told something: an empty place proves nothing. */
async function everybodyIsTold({ taken }: Surroundings, night: Night): Promise<void> {
  const always = ['on-call', 'subscribers', 'model', 'mail', 'otlp', 'logs']
  const places = night.agreed === null ? always : [...always, 'fhir', 'crm']
  await expect.poll(() => places.filter((place) => !taken.has(place)), { timeout: 20_000 }).toEqual([])
  if (night.agreed !== null) expect(holds(taken.get('crm') ?? '', AGREED)).toBe(true)
  expect(holds(taken.get('model') ?? '', QUESTION)).toBe(true)
}

/** A fault that nobody caught ends the process; what it says last quotes nobody. */
async function expectSilentEnd(service: SpawnedService): Promise<void> {
  process.kill(service.pid, 'SIGUSR2')
  await expect.poll(() => service.output(), { timeout: 10_000 }).toContain('process.failed')
  expect(holds(service.output(), MARK)).toBe(false)
  expect(service.output()).toContain('SyntaxError')
}

test('the search itself finds a word in every form it knows', () => {
  for (const before of ['', 'a', 'ab', 'abc']) {
    const text = `${before}${MARK}, and more`
    for (const bytes of [text, Buffer.from(text).toString('base64'), Buffer.from(text).toString('hex')])
      expect([before, holds(bytes, MARK)]).toEqual([before, true])
    expect(holds(Buffer.from(text, 'utf16le'), MARK)).toBe(true)
  }
})

test('on the embedded store marked words are in no file, log, backup, message, cache, figure or last word', async () => {
  const around = await surroundings()
  const settings = { DATA_DIR: join(around.folder, 'data'), ...around.settings, DIRECT_LINE_SECRET: SECRET }
  const service = await start(settings)
  await porchlight(settings, ['staff', 'add', 'ana', '--role', 'admin'], PASSWORD)
  const night = await liveThrough(await around.proxy(service.address), service.address)
  await everybodyIsTold(around, night)
  await porchlight(settings, ['backup', join(around.folder, 'backup')])
  expectNothing(await placesAfter({ around, service, settings }, night))
  await porchlight(settings, ['erase', night.alone])
  await expectSilentEnd(service)
  expectNothing([
    { name: 'the log', bytes: service.output() },
    ...filesBelow(around.folder).map(([name, bytes]) => ({ name, bytes })),
  ])
}, 120_000)

test('on Redis marked words are neither in its memory nor in its files nor with anybody it was told to', async () => {
  const around = await surroundings()
  // Uncompressed, so that the search sees what is there.
  const redis: RedisServer = await startRedis({ rdbcompression: 'no' })
  ends.push(redis.end)
  const settings = {
    DATA_DIR: join(around.folder, 'data'),
    ...around.settings,
    REDIS_URL: redis.url,
    KEY: randomBytes(32).toString('base64'),
    DIRECT_LINE_SECRET: SECRET,
  }
  const service = await start(settings)
  await porchlight(settings, ['staff', 'add', 'ana', '--role', 'admin'], PASSWORD)
  // Who agrees says sixty things; where they are kept sealed was seen above.
  const night = await liveThrough(await around.proxy(service.address), service.address, { isShort: true })
  await everybodyIsTold(around, night)
  const memory = memoryOf(redis.pid())
  if (memory === null) process.stderr.write('The memory of Redis could not be read here; its files were.\n')
  else expect(memory.includes(night.alone)).toBe(true)
  spawnSync('redis-cli', ['-p', String(redis.port), 'save'])
  const files = filesBelow(redis.folder)
  expect(
    files.filter(([, bytes]) => bytes.includes(night.alone)).map(([name]) => /\.(aof|rdb)$/.exec(name)?.[1]),
  ).toEqual(expect.arrayContaining(['aof', 'rdb']))
  expectNothing([
    ...(await placesAfter({ around, service, settings }, night)),
    { name: 'the memory of Redis', bytes: memory ?? '' },
    ...files.map(([name, bytes]) => ({ name, bytes })),
    { name: 'the log', bytes: service.output() },
  ])
}, 120_000)
