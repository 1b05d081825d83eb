/**
 * Starts the service over a disk that fails when told to (`disk.c`).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SpawnedService, spawnService } from '../bot/spawned-service.ts'

export type DiskFault = 'full' | 'read-only' | 'sync' | 'slow'

export interface FailingDisk {
  readonly folder: string
  readonly service: SpawnedService
  /** From now on; null = mended. */
  fail(fault: DiskFault | null): void
}

/** The tests over a failing disk need a C compiler; where none is, they say so. */
export const hasCompiler = spawnSync('cc', ['--version']).status === 0

export async function startOnFailingDisk(settings: Record<string, string> = {}): Promise<FailingDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-disk-'))
  const library = join(folder, 'disk.so')
  const built = spawnSync('cc', ['-shared', '-fPIC', '-o', library, join(import.meta.dirname, 'disk.c'), '-ldl'])
  if (built.status !== 0) throw new Error(`disk.c does not compile: ${built.stderr}`)
  const told = join(folder, 'fault')
  const fail = (fault: DiskFault | null): void => writeFileSync(told, fault ?? 'none')
  fail(null)
  const preload = { LD_PRELOAD: library, FAULT_FILE: told }
  const service = await spawnService({ DATA_DIR: folder, LOG_LEVEL: 'silent', ...preload, ...settings })
  return { folder, service, fail }
}
