/**
 * `draw`: a flow as Mermaid or SVG, with unreachable and unreviewed steps marked; `--stored` marks where people stop.
 */
import { parseArgs } from 'node:util'
import { drawMermaid } from '../../flows/engine/draw.ts'
import { drawSvg } from '../../flows/engine/draw-svg.ts'
import type { DropOff } from '../../flows/engine/drop-off.ts'
import { buildHouse } from '../build-house.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { AdmissionsError } from '../errors.ts'
import { readDeploymentKey } from '../keeping/deployment-key.ts'
import { storedDropOff } from '../scripts/stored-drop-off.ts'
import { openStore } from '../stores/open-store.ts'
import { readWorld, type World } from '../world.ts'

export const draw: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { svg: { type: 'boolean' }, stored: { type: 'boolean' }, program: { type: 'string' } },
  })
  const world = readWorld(readConfig().programsDir)
  const { flows } = world.flows
  const names = positionals.length > 0 ? positionals : [...flows.keys()]
  const dropOff = values.stored ? await dropOffOf(world, values.program ?? null) : undefined
  for (const name of names) {
    const flow = flows.get(name)
    if (!flow)
      throw new AdmissionsError(
        'REQUEST_INVALID',
        `There is no flow of this name; there are: ${[...flows.keys()].join(', ')}.`,
      )
    process.stdout.write(`${values.svg ? drawSvg(flow, dropOff) : drawMermaid(flow, dropOff)}\n`)
  }
  return 0
}

async function dropOffOf(world: World, program: string | null): Promise<DropOff> {
  const config = readConfig()
  const house = buildHouse(config, { world, ...(await openStore(config, readDeploymentKey(config))) })
  try {
    const { conversations, dropOff } = await storedDropOff(house, program === null ? null : [program])
    process.stderr.write(`counted in ${conversations} stored conversations\n`)
    return dropOff
  } finally {
    await house.store.close()
  }
}
