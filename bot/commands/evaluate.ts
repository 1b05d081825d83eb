/**
 * `evaluate`: the gate and the answers on any file of examples, through the paths of the service.
 *
 * One JSON line in, one JSON line out, so that any scorer can be put behind it.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { listen } from '../../flows/safety/listen.ts'
import type { Command } from '../cli.ts'
import { AdmissionsError } from '../errors.ts'
import { houseInMemory } from '../house-in-memory.ts'
import { freshReply } from '../turn/fresh-reply.ts'

const Utterance = z.object({
  id: z.string(),
  text: z.string(),
  context: z.array(z.object({ role: z.enum(['bot', 'user']), text: z.string() })).default([]),
})

const Asked = z.object({
  id: z.string(),
  question: z.string(),
  program: z.string(),
  lang: z.enum(['en', 'es', 'mixed']).default('en'),
})

export const evaluate: Command = async ([what, file]) => {
  if (file === undefined || (what !== 'safety' && what !== 'answers')) {
    throw new AdmissionsError('REQUEST_INVALID', 'Say what to evaluate and on which file.')
  }
  if (what === 'safety') await eachLine(file, Utterance, evaluateUtterance)
  else await evaluateAnswers(file)
  return 0
}

async function evaluateUtterance({ id, text, context }: z.infer<typeof Utterance>): Promise<void> {
  const started = performance.now()
  const verdict = listen(text, context)
  const ms = milliseconds(started)
  print({
    id,
    escalate: verdict.outcome === 'escalate',
    check_in: verdict.outcome === 'check-in',
    label: verdict.label,
    ms,
  })
}

async function evaluateAnswers(file: string): Promise<void> {
  const house = houseInMemory()
  const served = [...house.world.programs.keys()].join(', ')
  await eachLine(file, Asked, async ({ id, question, program, lang }) => {
    if (!house.world.programs.has(program))
      throw new AdmissionsError('PROGRAM_NOT_FOUND', `no program is called "${program}": say one of ${served}.`)
    const reply = await freshReply(house, { program, text: question, locale: lang === 'es' ? 'es-US' : 'en-US' })
    print({ id, ...reply })
  })
  await house.store.close()
}

async function eachLine<T>(file: string, schema: z.ZodType<T>, act: (line: T) => Promise<void>): Promise<void> {
  let number = 0
  const lines = createInterface({
    input: createReadStream(file).on('error', unreadable),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    await act(parseLine(line, number, schema)).catch((error: unknown) => {
      throw error instanceof AdmissionsError
        ? new AdmissionsError(error.code, `Line ${number}: ${error.message}`, { cause: error })
        : error
    })
  }
}

function parseLine<T>(line: string, number: number, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(line))
  } catch (cause) {
    throw new AdmissionsError('REQUEST_INVALID', `Line ${number} is not the JSON object that this command reads.`, {
      cause,
    })
  }
}

function unreadable(cause: Error): never {
  process.stderr.write(`The file cannot be read (${'code' in cause ? cause.code : 'unknown'}).\n`)
  process.exit(2)
}

function milliseconds(started: number): number {
  return Math.round((performance.now() - started) * 1000) / 1000
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
