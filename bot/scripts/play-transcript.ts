/**
 * Plays a transcript through a fresh house at its own time, and writes down what is said now.
 */
import { randomBytes } from 'node:crypto'
import type { Input } from '../../flows/conversation.ts'
import type { Instant } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { houseInMemory } from '../house-in-memory.ts'
import { wakeConversation } from '../outbox/wake-conversation.ts'
import type { StoredEffect } from '../ports.ts'
import { begin } from '../turn/begin.ts'
import { speakAsStaff } from '../turn/staff-speaks.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import { takeInput } from '../turn/take-input.ts'
import { takeTurn } from '../turn/turn.ts'
import type { World } from '../world.ts'
import { type Line, type Outside, offeredBy, type Transcript, writeLine, writeSaid } from './transcript.ts'

export interface Played {
  /** The whole file as it would read today. */
  readonly markdown: string
  readonly differences: readonly Difference[]
}

export interface Difference {
  readonly line: number
  readonly expected: string
  readonly found: string
}

const conversation = 'transcript'

export async function playTranscript(world: World, transcript: Transcript): Promise<Played> {
  const clock = { at: new Date(transcript.front.at) }
  const house = houseInMemory({ world, clock: { now: () => clock.at }, deploymentKey: randomBytes(32) })
  const { program, locale } = transcript.front
  await begin(house, { id: conversation, program, user: 'dl_transcript', locale })
  const greeting = await takeTurn(house, { conversation, activity: { type: 'conversationUpdate' } })
  const blocks = saidBlocks(greeting.activities)
  let offered = offeredBy(greeting.activities)
  for (const line of transcript.lines) {
    blocks.push(writeLine(line, offered))
    const said = await play(house, line, clock)
    if (line.type !== 'staff' && said.length > 0) offered = offeredBy(said)
    blocks.push(...saidBlocks(said))
  }
  await house.store.close()
  const body = `${blocks.join('\n\n')}\n`
  return { markdown: `${transcript.head}\n${body}`, differences: compare(transcript, body) }
}

async function play(house: House, line: Line, clock: { at: Date }): Promise<readonly StoredActivity[]> {
  switch (line.type) {
    case 'visitor':
      return (await takeTurn(house, { conversation, activity: { type: 'message', text: line.text } })).activities
    case 'staff':
      await speakAsStaff(house, conversation, { name: 'Staff', text: line.text })
      return []
    case 'outside':
      return fromOutside(house, line.what)
    case 'after':
      return afterSilence(house, clock, line.minutes)
  }
}

/** Time passes, and the conversation is woken whenever it asked to be. */
async function afterSilence(house: House, clock: { at: Date }, minutes: number): Promise<readonly StoredActivity[]> {
  const end = new Date(clock.at.getTime() + minutes * 60_000)
  const before = await house.conversations.load(conversation)
  for (let wake = await nextWake(house, end); wake !== null; wake = await nextWake(house, end)) {
    clock.at = new Date(wake.dueAt)
    await wakeConversation(house, wake)
  }
  clock.at = end
  return before ? (await house.conversations.after(before, before.lastSeq)).activities : []
}

async function nextWake(house: House, until: Date): Promise<StoredEffect | null> {
  const due = await house.store.pendingEffects(until.toISOString(), 100)
  return due.find((effect) => effect.kind === 'wake-conversation') ?? null
}

/** What the house would be told; what is said to it is read back from the stored talk. */
async function fromOutside(house: House, what: Outside): Promise<readonly StoredActivity[]> {
  const before = await house.conversations.load(conversation)
  await takeInput(house, conversation, { inputs: (_, at) => [inputFor(what, at)] })
  const after = await house.conversations.load(conversation)
  return before && after ? (await house.conversations.after(after, before.lastSeq)).activities : []
}

function inputFor(what: Outside, at: Instant): Input {
  switch (what) {
    case 'photo':
      return { type: 'photo-received', at }
    case 'photo unreadable':
      return { type: 'photo-refused', reason: 'unreadable', at }
    case 'photo too early':
      return { type: 'photo-refused', reason: 'not-now', at }
    case 'check active':
    case 'check inactive':
    case 'check pending':
      return { type: 'coverage-checked', outcome: what.slice('check '.length) as 'active' | 'inactive' | 'pending', at }
    case 'plan confirmed':
      return { type: 'coverage-checked', outcome: 'confirmed', at }
    case 'consent ended by staff':
    case 'consent ended by link':
      return { type: 'consents-revoked', kinds: 'all', by: what.endsWith('staff') ? 'staff' : 'link', at }
  }
}

function saidBlocks(activities: readonly StoredActivity[]): string[] {
  return activities.filter((activity) => activity.from.role === 'bot').map(writeSaid)
}

/** Line by line below the title; blank lines do not count. */
function compare(transcript: Transcript, body: string): Difference[] {
  const offset = transcript.head.split('\n').length
  const expected = numbered(transcript.body, offset)
  const found = numbered(body, offset)
  if (expected.length === 0) throw new AdmissionsError('REQUEST_INVALID', 'The transcript is empty below its title.')
  const differences: Difference[] = []
  for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
    const [one, other] = [expected[index], found[index]]
    if (one?.text !== other?.text) {
      differences.push({
        line: one?.line ?? expected.at(-1)?.line ?? 0,
        expected: one?.text ?? '',
        found: other?.text ?? '',
      })
    }
  }
  return differences
}

function numbered(body: string, offset: number): { line: number; text: string }[] {
  return body
    .split('\n')
    .map((text, index) => ({ line: offset + index + 1, text: text.trimEnd() }))
    .filter(({ text }) => text !== '')
}
