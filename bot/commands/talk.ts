/**
 * `talk`: a conversation in the terminal, through the real turn, kept nowhere.
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { HeroCard } from '../../flows/activity.ts'
import type { Command } from '../cli.ts'
import { houseInMemory } from '../house-in-memory.ts'
import { begin, localeOf } from '../turn/begin.ts'
import { newId } from '../turn/conversations.ts'
import { dataOf } from '../turn/fresh-reply.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import { takeTurn } from '../turn/turn.ts'

export const talk: Command = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { program: { type: 'string' }, lang: { type: 'string' } } })
  const house = houseInMemory()
  const conversation = newId()
  const program = values.program ?? (house.world.programs.keys().next().value as string)
  await begin(house, { id: conversation, program, user: newId('dl_'), locale: localeOf(values.lang) })
  show((await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })).activities)
  process.stdout.write('> ')
  for await (const text of createInterface({ input: process.stdin })) {
    const turn = await takeTurn(house, { conversation, activity: { type: 'message', text } })
    show(turn.activities)
    process.stdout.write('> ')
  }
  process.stdout.write('\n')
  await house.store.close()
  return 0
}

function show(activities: readonly StoredActivity[]): void {
  for (const activity of activities) {
    if (activity.from.role !== 'bot') continue
    const { kind, input, facts } = dataOf(activity)
    process.stdout.write(`\n[${kind}] ${activity.text ?? ''}\n`)
    for (const card of (activity.attachments as HeroCard[] | undefined) ?? []) {
      for (const button of card.content.buttons) process.stdout.write(`  ( ${button.title} ) ${button.value}\n`)
    }
    for (const fact of facts ?? [])
      process.stdout.write(`  source: ${fact.source.file}:${fact.source.line} “${fact.source.quote}”\n`)
    const labels = input?.options?.map((option) => `[${option.label}]`).join(' ')
    if (labels) process.stdout.write(`  ${labels}\n`)
  }
}
