/**
 * `draw`: a flow as Mermaid or SVG, with unreachable and unreviewed steps marked.
 */
import { parseArgs } from 'node:util'
import { drawMermaid, drawSvg } from '../../flows/engine/draw.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readWorld } from '../world.ts'

export const draw: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { svg: { type: 'boolean' } },
  })
  const { flows } = readWorld(readConfig().programsDir).flows
  const names = positionals.length > 0 ? positionals : [...flows.keys()]
  for (const name of names) {
    const flow = flows.get(name)
    if (!flow)
      throw new AdmissionsError(
        'REQUEST_INVALID',
        `There is no flow of this name; there are: ${[...flows.keys()].join(', ')}.`,
      )
    process.stdout.write(`${values.svg ? drawSvg(flow) : drawMermaid(flow)}\n`)
  }
  return 0
}
