/**
 * Traces by OpenTelemetry (OTLP over HTTP), for whoever sets `OTEL_EXPORTER_OTLP_ENDPOINT`; loaded only then.
 *
 * The SDK is used by hand: nothing is instrumented by itself, because a library that is would put addresses,
 * statements and messages of errors into its spans. A span has its stage, codes and its time, and no event.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Tracer } from './stages.ts'

const EVERY_MS = 2_000
const TIMEOUT_MS = 5_000

/** @param endpoint - the collector's base address; `/v1/traces` is added, as the standard says. */
export function openTracer(endpoint: string): Tracer {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: TIMEOUT_MS,
  })
  const processor = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: EVERY_MS,
    exportTimeoutMillis: TIMEOUT_MS,
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'porchlight' }),
    spanProcessors: [processor],
  })
  const tracer = provider.getTracer('porchlight')
  const inside = new AsyncLocalStorage<Context>()
  return {
    within(stage, about, work) {
      const parent = inside.getStore() ?? ROOT_CONTEXT
      const span = tracer.startSpan(`porchlight.${stage}`, { attributes: about }, parent)
      return inside.run(trace.setSpan(parent, span), () =>
        work({
          end(code) {
            if (code !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: code })
            span.end()
          },
        }),
      )
    },
    stop: () => provider.shutdown().catch(() => undefined),
  }
}
