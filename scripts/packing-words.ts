/**
 * The list of words that records are packed with (`bot/turn/packing.ts`), from what our transcripts store.
 *
 * First what the scripts say and ask, whole: sentences, questions with their options. Then the stretches of JSON
 * that many turns share. A list that is in use is never made again: what it packed could not be read. This is
 * how the one in use was made, and how one of another form would be.
 *
 * usage: node scripts/packing-words.ts > bot/turn/packing-words-N.txt
 */
import { readFileSync } from 'node:fs'
import { transcriptFiles } from '../bot/commands/replay.ts'
import { houseInMemory } from '../bot/house-in-memory.ts'
import { readTranscript } from '../bot/scripts/transcript.ts'
import { courseOf } from '../bot/scripts/what-if-courses.ts'
import { begin } from '../bot/turn/begin.ts'
import { newId } from '../bot/turn/conversations.ts'
import { writeChange } from '../bot/turn/state-change.ts'
import type { StoredActivity } from '../bot/turn/stored-activity.ts'
import { writeTurn } from '../bot/turn/stored-turn.ts'
import { takeTurn } from '../bot/turn/turn.ts'
import type { PorchlightData } from '../flows/activity.ts'

const SENTENCES_BYTES = 11_000
const STRETCHES_BYTES = 5_000
/** What fewer turns have is somebody's words, not ours. */
const TURNS_AT_LEAST = 8
const SAID_AT_LEAST = 3
const SHORTEST_SENTENCE = 8
const GRAM = 12
/** Times, hashes and made-up ids are never met again. */
const isOfOneTurn = /20\d\d-\d|[0-9a-f]{10}/

interface Turn {
  readonly said: readonly StoredActivity[]
  readonly record: string
}

async function turnsOf(file: string): Promise<Turn[]> {
  const { program, locale, said } = courseOf(file, readTranscript(readFileSync(file, 'utf8')))
  const id = newId()
  await begin(house, { id, program, user: 'dl_1', locale })
  await takeTurn(house, { conversation: id, activity: { type: 'conversationUpdate' } })
  const turns: Turn[] = []
  for (const { text } of said) {
    const before = await house.conversations.recent(id)
    const activity = { type: 'message', text, channelData: { clientActivityID: newId() } } as const
    const { activities } = await takeTurn(house, { conversation: id, activity })
    const after = await house.conversations.recent(id)
    if (!before || !after || activities.length === 0) break
    const place = { conversation: id, lastSeq: after.lastSeq }
    const record = writeTurn(activities, place, writeChange(before.state, after.state))
    turns.push({ said: activities.filter(({ from }) => from.role === 'bot'), record })
  }
  return turns
}

/** As they stand in a record: each line that the bot says, each question with what it offers. */
function sentencesOf({ text = '', channelData }: StoredActivity): string[] {
  const { input, flow, step } = (channelData as { porchlight: PorchlightData }).porchlight
  const lines = text.split('\n').map((line) => JSON.stringify(line))
  const asked = [...(input ? [JSON.stringify({ input })] : []), JSON.stringify({ flow, step })]
  return [...lines, ...asked].map((json) => json.slice(1, -1)).filter(({ length }) => length >= SHORTEST_SENTENCE)
}

/** Those first that spare the most. */
function sentences(turns: readonly Turn[]): string {
  const counts = new Map<string, number>()
  for (const sentence of turns.flatMap(({ said }) => said.flatMap(sentencesOf)))
    counts.set(sentence, (counts.get(sentence) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count >= SAID_AT_LEAST)
  return often
    .toSorted(([one, count], [other, otherCount]) => otherCount * other.length - count * one.length)
    .reduce((all, [one]) => (all.length + one.length > SENTENCES_BYTES || all.includes(one) ? all : all + one), '')
}

/** Runs of grams that many records share and the list does not hold yet, those of the most records first. */
function stretches(records: readonly string[], list: string): string {
  const counts = new Map<string, number>()
  for (const record of records) for (const gram of new Set(grams(record))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const held = new Set(grams(list))
  const isWanted = (gram: string): boolean =>
    (counts.get(gram) ?? 0) >= TURNS_AT_LEAST && !held.has(gram) && !isOfOneTurn.test(gram)
  const found: { text: string; count: number }[] = []
  for (const record of records) {
    let run: string[] = []
    for (const gram of [...grams(record), '']) {
      if (isWanted(gram)) {
        run.push(gram)
        held.add(gram)
      } else if (run.length > 0) {
        const count = run.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0) / run.length
        found.push({ text: run.map((one) => one[0]).join('') + (run.at(-1) ?? '').slice(1), count })
        run = []
      }
    }
  }
  return found
    .toSorted((one, other) => other.count - one.count)
    .reduce((all, { text }) => (all.length + text.length > STRETCHES_BYTES ? all : all + text), '')
}

function grams(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - GRAM + 1) }, (_, at) => text.slice(at, at + GRAM))
}

const house = houseInMemory()
const turns: Turn[] = []
for (const file of transcriptFiles()) turns.push(...(await turnsOf(file)))
const list = sentences(turns)
process.stdout.write(
  list +
    stretches(
      turns.map(({ record }) => record),
      list,
    ),
)
