/**
 * Each fault that may befall a service while somebody in danger writes to it, with its beginning and its end.
 *
 * Those of Redis are in the long run of kills (`npm run faults -- N --store redis`), which measures the same. A
 * clearinghouse is asked by staff and not by a message, so it is not here.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'
import { type Mood, type Outsider, openOutside } from './bad-outside.ts'
import { type DiskFault, startOnFailingDisk } from './failing-disk.ts'

export interface Trouble {
  readonly name: string
  begin(): void
  end(): void
  /** Whether the service can keep what it is sent meanwhile: what `readyz` must say. */
  readonly isReady: boolean
}

export interface Troubled {
  readonly service: SpawnedService
  readonly troubles: readonly Trouble[]
  end(): Promise<void>
}

/** Within the life of a token: beyond it an open page needs a new one before its next word is taken (`clock.test.ts`). */
const LEAP_MS = 20 * 60_000
/** A loop that stands still for two seconds at one signal, a clock that leaps ahead at another, and back at the next. */
const preloaded = `
  process.on('SIGUSR2', () => { const until = performance.now() + 2000; while (performance.now() < until); })
  const Real = Date
  let ahead = 0
  process.on('SIGPIPE', () => { ahead = ahead === 0 ? ${LEAP_MS} : 0 })
  globalThis.Date = class extends Real {
    constructor(...given) { given.length === 0 ? super(Real.now() + ahead) : super(...given) }
    static now() { return Real.now() + ahead }
  }`

export const all: readonly (() => Promise<Troubled>)[] = [onDisk, outside, inProcess]

async function onDisk(): Promise<Troubled> {
  const { service, folder, fail } = await startOnFailingDisk()
  const trouble = (name: string, fault: DiskFault, isReady: boolean): Trouble => ({
    name,
    isReady,
    begin: () => fail(fault),
    end: () => fail(null),
  })
  return {
    service,
    troubles: [
      { name: 'none', isReady: true, begin: () => undefined, end: () => undefined },
      trouble('disk full', 'full', false),
      trouble('disk read-only', 'read-only', false),
      trouble('sync fails', 'sync', false),
      trouble('sync takes a second', 'slow', true),
    ],
    end: () => ended(service, folder),
  }
}

async function outside(): Promise<Troubled> {
  const around = await openOutside()
  const folder = newFolder()
  const service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent', ...around.settings })
  const trouble = (who: Outsider, mood: Mood): Trouble => ({
    name: `${who} ${mood === 'silent' ? 'answers nothing' : 'lies'}`,
    isReady: true,
    begin: () => around.be(mood, who),
    end: () => around.be('well', who),
  })
  const whole = (['model', 'webhook', 'mail'] as const).flatMap((who) => [trouble(who, 'silent'), trouble(who, 'lies')])
  return {
    service,
    troubles: whole,
    async end() {
      await ended(service, folder)
      around.end()
    },
  }
}

async function inProcess(): Promise<Troubled> {
  const folder = newFolder()
  const options = `--max-old-space-size=128 --import data:text/javascript,${encodeURIComponent(preloaded)}`
  const service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent', NODE_OPTIONS: options })
  const nothing = (): void => undefined
  const leap = (): void => void process.kill(service.pid, 'SIGPIPE')
  return {
    service,
    troubles: [
      { name: 'a heap of 128 MB', isReady: true, begin: nothing, end: nothing },
      { name: 'the clock leaps twenty minutes ahead', isReady: true, begin: leap, end: leap },
      {
        name: 'the event loop stands still for two seconds',
        isReady: true,
        begin: () => void process.kill(service.pid, 'SIGUSR2'),
        end: nothing,
      },
    ],
    end: () => ended(service, folder),
  }
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'porchlight-troubles-'))

async function ended(service: SpawnedService, folder: string): Promise<void> {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
}
