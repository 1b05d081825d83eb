/**
 * A real CalDAV server for the tests: Radicale from Debian, a process of its own on a free port, in its own folder.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Radicale {
  /** The collection's address; its user is `staff`, its password `calendar`. */
  readonly url: string
  readonly authorization: string
  /** Puts an event there as a person of the staff would. */
  put(name: string, ics: string): Promise<void>
  /** Every event's text. */
  events(): Promise<string[]>
  end(): Promise<void>
}

export async function startRadicale(): Promise<Radicale> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-radicale-'))
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'users'), 'staff:calendar\n')
  const port = await freePort()
  const settings = [
    `[server]\nhosts = 127.0.0.1:${port}`,
    `[auth]\ntype = htpasswd\nhtpasswd_filename = ${join(folder, 'users')}\nhtpasswd_encryption = plain\ndelay = 0`,
    `[storage]\nfilesystem_folder = ${join(folder, 'data')}`,
    '[logging]\nlevel = error',
  ]
  writeFileSync(join(folder, 'config'), `${settings.join('\n')}\n`)
  const child = spawn('radicale', ['--config', join(folder, 'config')], { stdio: 'ignore' })
  child.once('error', () => process.stderr.write('These tests need Radicale: apt-get install radicale\n'))
  const url = `http://127.0.0.1:${port}/staff/talks/`
  const authorization = `Basic ${Buffer.from('staff:calendar').toString('base64')}`
  await answering(url, authorization)
  const ask = (method: string, path: string, body: string | null, headers: Record<string, string> = {}) =>
    fetch(url + path, { method, body, headers: { authorization, ...headers } })
  const made = await ask('MKCALENDAR', '', null)
  if (made.status !== 201) throw new Error(`no calendar was made: ${made.status}`)
  return {
    url,
    authorization,
    async put(name, ics) {
      const { status } = await ask('PUT', `${name}.ics`, ics, { 'content-type': 'text/calendar' })
      if (status !== 201 && status !== 204) throw new Error(`the event was not taken: ${status}`)
    },
    async events() {
      const whole = await (await ask('GET', '', null)).text()
      return whole.match(/BEGIN:VEVENT[\s\S]*?END:VEVENT/g) ?? []
    },
    async end() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answering(url: string, authorization: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(url, { headers: { authorization } }).catch(() => null)
    if (answer) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Radicale did not start')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

/** An event of somebody else, as a calendar program writes it. */
export function eventOf(uid: string, lines: readonly string[]): string {
  const event = [`UID:${uid}`, 'DTSTAMP:20261101T000000Z', 'SUMMARY:Team', ...lines]
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}
