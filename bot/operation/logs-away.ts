/**
 * Log lines to a system that is logically apart (OWASP ASVS 5.0, 16.4.3), by OpenTelemetry (OTLP over HTTP, in JSON);
 * loaded only where a collector is set.
 *
 * They hold codes, ids and times, as on standard error. A collector that is away costs no line while there is room to
 * wait; lines that found none are counted, and how many is itself a line.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { SeverityNumber } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from '@opentelemetry/sdk-logs'

export interface LogsAway {
  write(line: string): void
  /** What waits is sent, as far as the collector takes it within five seconds. */
  stop(): Promise<void>
}

const EVERY_MS = 2_000
const TIMEOUT_MS = 5_000
const LINES_AT_ONCE = 500
const LINES_WAITING = 10_000
/** The longest that a timer of Node's can be set to. */
const NEVER_MS = 2 ** 31 - 1

/** pino's levels by OpenTelemetry's names. */
const severities = { 10: 'TRACE', 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' } as const

interface Line {
  readonly level: keyof typeof severities
  readonly time: number
  readonly event: string
  readonly [more: string]: unknown
}

/** @param url - the collector's whole address, as `https://collector.example/v1/logs`. */
export function sendLogsAway(url: string): LogsAway {
  const stopping = new AbortController()
  let waiting = 0
  let lost = 0
  const exporter = new OTLPLogExporter({ url, timeoutMillis: TIMEOUT_MS })
  const provider = providerOf(untilTaken(exporter, stopping.signal, (count) => (waiting -= count)))
  const logger = provider.getLogger('porchlight')
  const emit = (line: Line): void => {
    waiting += 1
    logger.emit(recordOf(line))
  }
  const tellLost = (): void => {
    if (lost > 0) emit({ level: 40, time: Date.now(), event: 'log.lost', count: lost })
    lost = 0
  }
  return {
    write(line) {
      if (waiting >= LINES_WAITING) {
        lost += 1
        return
      }
      tellLost()
      emit(JSON.parse(line) as Line)
    },
    async stop() {
      tellLost()
      stopping.abort()
      await Promise.race([provider.shutdown(), wait(TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}

/** The library would drop the newest lines without a word at its own bounds, so ours comes before them. */
function providerOf(exporter: LogRecordExporter): LoggerProvider {
  const batches = { maxExportBatchSize: LINES_AT_ONCE, maxQueueSize: 2 * LINES_WAITING }
  const times = { scheduledDelayMillis: EVERY_MS, exportTimeoutMillis: NEVER_MS }
  const processor = new BatchLogRecordProcessor({ exporter, ...batches, ...times })
  const resource = resourceFromAttributes({ 'service.name': 'porchlight' })
  return new LoggerProvider({ resource, processors: [processor] })
}

/** The exporter drops a batch after a few tries of its own; here it is sent again until it is taken, or it is time to stop. */
function untilTaken(exporter: LogRecordExporter, stopping: AbortSignal, taken: (count: number) => void) {
  let left = false
  const untilTakenOrLeft: LogRecordExporter['export'] = async (records, done) => {
    const send = () => new Promise<ExportResult>((resolve) => exporter.export(records, resolve))
    let result = left ? { code: ExportResultCode.FAILED } : await send()
    while (result.code !== ExportResultCode.SUCCESS && !left) {
      await wait(EVERY_MS, undefined, { ref: false, signal: stopping }).catch(() => undefined)
      result = await send()
      left = stopping.aborted && result.code !== ExportResultCode.SUCCESS
    }
    if (result.code === ExportResultCode.SUCCESS) taken(records.length)
    done(result)
  }
  return {
    export: untilTakenOrLeft,
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  }
}

function recordOf({ level, time, event, ...more }: Line) {
  const severityText = severities[level]
  const attributes = Object.fromEntries(Object.entries(more).map(([key, value]) => [key, String(value)]))
  const timestamp = new Date(time)
  return { timestamp, severityNumber: SeverityNumber[severityText], severityText, body: event, attributes }
}
