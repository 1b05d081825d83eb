/**
 * All script files of one version as one packed body, and back.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import type { FlowLibrary } from '../../flows/engine/library.ts'
import { readFlows, type ScriptFile } from '../../flows/engine/read.ts'

const Files = z.array(z.strictObject({ path: z.string(), text: z.string() }))

export function packScripts(files: readonly ScriptFile[]): Buffer {
  return gzipSync(JSON.stringify(files.map(({ path, text }) => ({ path, text }))))
}

function unpackScripts(body: Uint8Array): ScriptFile[] {
  return Files.parse(JSON.parse(gunzipSync(body).toString('utf8')))
}

/** null when this service cannot read it any more: its language has moved on since. */
export function libraryOf(body: Uint8Array): FlowLibrary | null {
  const { flows, problems } = readFlows(unpackScripts(body))
  return problems.some((one) => one.severity === 'problem') ? null : flows
}
