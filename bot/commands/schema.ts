/**
 * `schema KIND`: one kind of script file as JSON Schema, so that an editor completes and marks it while it is written.
 *
 * It comes from the same Zod schemas that read the files; what JSON Schema cannot say is left to `check`.
 */
import { z } from 'zod'
import { Flow } from '../../flows/engine/flow.ts'
import { Instrument } from '../../flows/engine/instrument.ts'
import { Override } from '../../flows/engine/override.ts'
import { PhraseScript } from '../../flows/engine/phrases.ts'
import { CrisisScript } from '../../flows/engine/protocol.ts'
import { ReadingLimits } from '../../flows/engine/reading.ts'
import { Routing } from '../../flows/engine/routing.ts'
import type { Command } from '../cli.ts'
import { AdmissionsError } from '../errors.ts'

const kinds = new Map<string, z.ZodType>([
  ['flow', Flow],
  ['instrument', Instrument],
  ['routing', Routing],
  ['crisis', CrisisScript],
  ['phrases', PhraseScript],
  ['reading', ReadingLimits],
  ['override', Override],
])

export const schema: Command = async ([name = '']) => {
  const kind = kinds.get(name)
  if (!kind) throw new AdmissionsError('REQUEST_INVALID', `Name one of ${[...kinds.keys()].join(', ')}.`)
  process.stdout.write(`${JSON.stringify(z.toJSONSchema(kind, { io: 'input' }), null, 2)}\n`)
  return 0
}
