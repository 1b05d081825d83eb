/**
 * The hotline register's findings, with the line of the entry they speak of.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkHotlines } from '../flows/safety/hotlines.ts'
import type { WorldProblem } from './world.ts'

const file = 'flows/safety/hotlines.yaml'

/** @param today - YYYY-MM-DD. */
export function inspectHotlines(today: string): WorldProblem[] {
  const lines = readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8').split('\n')
  return checkHotlines(today).map(({ id, severity, message }) => {
    const line = lines.indexOf(`- id: ${id}`) + 1
    return { file, line, column: 1, severity, message: `${id} ${message}` }
  })
}
