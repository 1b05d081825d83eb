/**
 * Log lines to a system that is logically apart (OWASP ASVS 5.0, 16.4.3): OTLP over HTTP, in JSON, as any
 * OpenTelemetry collector takes it.
 *
 * They hold codes, ids and times, as on standard error. A collector that is away costs nobody a word: lines wait, the
 * oldest go first when they are too many, and how many went is itself a line.
 */
import { askOutside } from '../providers/outside-request.ts'

export interface LogsAway {
  write(line: string): void
  stop(): Promise<void>
}

const EVERY_MS = 2_000
const TIMEOUT_MS = 5_000
const LINES_AT_ONCE = 500
const LINES_WAITING = 10_000

/** pino's level, and the number and name of OpenTelemetry's severity. */
const severities: readonly (readonly [number, number, string])[] = [
  [60, 21, 'FATAL'],
  [50, 17, 'ERROR'],
  [40, 13, 'WARN'],
  [30, 9, 'INFO'],
  [0, 5, 'DEBUG'],
]

/** @param url - the collector's whole address, as `https://collector.example/v1/logs`. */
export function sendLogsAway(url: string): LogsAway {
  const waiting: string[] = []
  let lost = 0
  let sending: Promise<boolean> | null = null
  const post = poster(url)
  const send = async (): Promise<boolean> => {
    const lines = waiting.slice(0, LINES_AT_ONCE)
    const told = lost
    const all = told === 0 ? lines : [lossLine(told), ...lines]
    if (all.length === 0 || !(await post(all))) return false
    lost -= told
    waiting.splice(0, lines.length)
    return waiting.length > 0
  }
  const flush = (): Promise<boolean> => {
    sending ??= send().finally(() => {
      sending = null
    })
    return sending
  }
  const timer = setInterval(() => void flush(), EVERY_MS)
  timer.unref()
  return {
    write(line) {
      waiting.push(line)
      if (waiting.length <= LINES_WAITING || sending !== null) return
      lost += waiting.length - LINES_WAITING
      waiting.splice(0, waiting.length - LINES_WAITING)
    },
    async stop() {
      clearInterval(timer)
      if (sending) await sending
      while (await flush()) {}
    },
  }
}

/** The operator names a collector inside her network as a rule, so its own host is let through. @returns whether it took the lines. */
function poster(url: string): (lines: readonly string[]) => Promise<boolean> {
  const allowInside = [new URL(url).hostname]
  const headers = { 'content-type': 'application/json' }
  return async (lines) => {
    const asked = { url, method: 'POST', headers, body: bodyOf(lines), allowInside, timeoutMs: TIMEOUT_MS }
    const status = await askOutside(asked, 'nobody').then(
      (answer) => answer.status,
      () => 0,
    )
    return status >= 200 && status < 300
  }
}

const lossLine = (count: number): string => JSON.stringify({ level: 40, time: Date.now(), event: 'log.lost', count })

function bodyOf(lines: readonly string[]): string {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'porchlight' } }] }
  const scope = { name: 'porchlight' }
  return JSON.stringify({
    resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: lines.map(recordOf) }] }],
  })
}

function recordOf(line: string): object {
  const { level, time, event, ...more } = JSON.parse(line) as Record<string, unknown>
  const [, severityNumber, severityText] = severities.find(([from]) => Number(level) >= from) ?? [0, 9, 'INFO']
  return {
    timeUnixNano: `${Number(time)}000000`,
    severityNumber,
    severityText,
    body: { stringValue: String(event) },
    attributes: Object.entries(more).map(([key, value]) => ({ key, value: { stringValue: String(value) } })),
  }
}
