/**
 * `takeTurn`: the one way in. Every channel ends here with a parsed activity.
 *
 * Typing is let through and kept nowhere; a `conversationUpdate` opens the talk and is not shown.
 * Load, screen, decide, commit, stream; then stored effects are carried out. A repeated client id
 * gives the first turn's result; a lost race is decided again; a store that fails still gives a
 * person in danger the card.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import type { Input } from '../../flows/conversation.ts'
import type { ScreenedMessage } from '../../flows/safety/screen.ts'
import type { Instant } from '../../flows/vocabulary.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { eraseConversation } from '../keeping/erase-conversation.ts'
import { overIfIllegible } from '../keeping/legible.ts'
import { readAgain } from '../models/second-answer.ts'
import { type LookedAt, lookAgain } from '../models/second-look.ts'
import { tellDesks } from '../outbox/tell-desks.ts'
import { dropPhotos } from '../photos/keep-photo.ts'
import { contactChanged, rememberContact } from '../queue/returning.ts'
import { withCalendar } from '../slots/calendar.ts'
import { localeOf } from './begin.ts'
import { commitTurn } from './commit-turn.ts'
import { clientKeyOf, type LiveConversation, newId } from './conversations.ts'
import { type Decision, decide } from './decide.ts'
import { showCardUnstored, showCardWhenLate } from './emergency.ts'
import { raisedAgain } from './raise-again.ts'
import { withSavedTalks } from './saved-talks.ts'
import { screenedMessage } from './screened.ts'
import { activityId, type StoredActivity, shownActivity, visitorActivity } from './stored-activity.ts'
import { visitorMessage } from './visitor-message.ts'
import { asksWhoSheIs, saidWithoutNames, withoutHers } from './who-she-is.ts'

export interface TurnRequest {
  readonly conversation: string
  readonly activity: IncomingActivity
  /** The program of the visitor's token: known even while the store is not. */
  readonly program?: string | undefined
}

export interface TurnResult {
  /** The id of the visitor's own activity, the same for every retry. */
  readonly id: string
  /** Echo first, then what the bot says; empty for a retry. */
  readonly activities: readonly StoredActivity[]
}

/** With several machines, each message of a burst on another machine may win before this one does. */
const RACES_AT_MOST = 30

/** @throws AdmissionsError `NotFound` for an unknown or erased conversation, `STORE_UNAVAILABLE`. */
export function takeTurn(house: House, request: TurnRequest): Promise<TurnResult> {
  if (request.activity.type === 'typing') return Promise.resolve({ id: newId('typing_'), activities: [] })
  if (request.activity.name === 'porchlight/erase') return erased(house, request.conversation)
  const late = showCardWhenLate(house, request)
  const turn = house.line.run(request.conversation, async () => {
    const started = performance.now()
    const work = () => attempt(house, request)
    const result = await house.stages.run('turn', aboutTurn(request), work).catch((error: unknown) => {
      if (!late.wasShown()) showCardUnstored(house, request, error)
      throw error
    })
    house.metrics.turnSeconds.observe((performance.now() - started) / 1000)
    return result
  })
  return turn.finally(late.isOver)
}

/** What a trace may say of a turn. */
function aboutTurn({ activity, program }: TurnRequest): Record<string, string> {
  return { kind: activity.type, program: program ?? 'unknown' }
}

/** The visitor takes everything back: the key is destroyed, her streams end with nothing more to say. */
async function erased(house: House, conversation: string): Promise<TurnResult> {
  return house.line.run(conversation, async () => {
    await eraseConversation(house, conversation, { actor: 'visitor', detail: {} })
    return { id: newId('erased_'), activities: [] }
  })
}

async function attempt(house: House, request: TurnRequest): Promise<TurnResult> {
  for (let race = 0; race < RACES_AT_MOST; race += 1) {
    const live = await house.stages.run('load', {}, () => recentOf(house, request.conversation))
    if (!live) throw new AdmissionsError('NotFound', 'This conversation is over or never was: start a new one.')
    const earlier = await earlierTurn(house, live, request)
    if (earlier) return earlier
    const result = await onceOn(house, live, request)
    if (result) return result
  }
  house.metrics.turns.inc({ outcome: 'lost-races' })
  throw new AdmissionsError('STORE_UNAVAILABLE', 'Too many messages at once in this conversation: send again.')
}

function recentOf(house: House, id: string): Promise<LiveConversation | null> {
  return overIfIllegible(house, id, house.conversations.recent(id))
}

async function earlierTurn(house: House, live: LiveConversation, request: TurnRequest): Promise<TurnResult | null> {
  const clientId = clientActivityId(request.activity)
  if (clientId === null) return null
  const firstSeq = await earlierSeq(house, live, clientKeyOf(live, clientId))
  if (firstSeq === undefined) return null
  house.metrics.turns.inc({ outcome: 'repeated' })
  return { id: activityId(live.id, firstSeq), activities: [] }
}

async function earlierSeq(house: House, live: LiveConversation, clientKey: string): Promise<number | undefined> {
  if (live.taken) return live.taken.get(clientKey)
  return (await house.store.turnByClientKey(live.id, clientKey))?.firstSeq
}

async function onceOn(house: House, live: LiveConversation, request: TurnRequest): Promise<TurnResult | null> {
  const at = house.clock.now().toISOString()
  const said = { activity: request.activity, at: at as Instant }
  const decided = await house.stages.run('decide', {}, () => decideTurn(house, live, said))
  const { verdict } = decided
  const decision = await raisedAgain(house, live, decided)
  // What is kept, shown and read once more holds no number of a card.
  const masked = shownActivity(request.activity, decision.shownAs)
  const echo = visitorActivity(masked, { user: live.user, seq: live.lastSeq + 1 }, { conversation: live.id, at })
  const shown = request.activity.type !== 'conversationUpdate'
  if (!shown && decision.messages.length === 0) return { id: echo.id, activities: [] }
  const first = shown ? echo : null
  const draft = { decision, first, clientActivityId: clientActivityId(request.activity), at }
  const committed = await house.stages.run('commit', {}, () => commitTurn(house, live, draft))
  if (!committed) return null
  if (decision.effects.some(({ type }) => type === 'drop-photos')) await dropPhotos(house, live.id)
  const isOnDesk = live.state.answers['note.lead'] !== undefined
  if (isOnDesk && contactChanged(live.state, decision.state)) await rememberContact(house, live.id)
  house.metrics.turns.inc({ outcome: 'taken' })
  if (verdict) house.metrics.gate.inc({ outcome: verdict.outcome, label: verdict.label })
  const mayLeave = house.model !== null && !asksWhoSheIs(house, live)
  if (verdict && mayLeave) lookAgain(house, { ...lookedAt(house, live, masked), verdict })
  for (const kind of decision.answerKinds) house.metrics.answers.inc({ kind })
  if (verdict?.outcome === 'go-on' && mayLeave) askAgain(house, live, { activity: masked, decision })
  await tellDesks(house, live, {
    lead: committed.lead !== null,
    danger: verdict?.outcome === 'escalate',
    said: request.activity.type === 'message',
  })
  return { id: echo.id, activities: committed.activities }
}

/** What a model reads for danger once more, where there is one. */
function lookedAt(house: House, live: LiveConversation, activity: IncomingActivity): Omit<LookedAt, 'verdict'> {
  const text = activity.type === 'message' ? withoutHers(house, live, visitorMessage(activity).text) : ''
  return { conversation: live.id, text, saidBefore: saidWithoutNames(house, live) }
}

/** What the facts did not surely answer is read once more by a model, where there is one. */
function askAgain(
  house: House,
  live: LiveConversation,
  { activity, decision }: { activity: IncomingActivity; decision: Decision },
): void {
  if (activity.type !== 'message') return
  readAgain(house, {
    conversation: live.id,
    program: live.program,
    question: withoutHers(house, live, visitorMessage(activity).text),
    locale: decision.state.locale,
    kinds: decision.answerKinds,
  })
}

async function decideTurn(house: House, live: LiveConversation, said: { activity: IncomingActivity; at: Instant }) {
  const program = house.world.programs.get(live.program)
  if (!program) throw new AdmissionsError('PROGRAM_NOT_FOUND', 'The program of this conversation is no longer served.')
  const message = screenedMessage(said.activity, live.state.said)
  const inputs = inputsFor(live, said, message)
  const { world, state } = await house.scripts.forTurn(live.state)
  const decided: Decision =
    inputs.length === 0
      ? { state: live.state, messages: [], effects: [], shownAs: null, answerKinds: [] }
      : decide(world, program, { state, inputs })
  const saved = await withSavedTalks(house, { conversation: live.id, world, program, at: said.at }, decided)
  return {
    decision: await withCalendar(house, { live, world, decision: saved, at: said.at }),
    verdict: message?.verdict ?? null,
  }
}

function inputsFor(
  live: LiveConversation,
  said: { activity: IncomingActivity; at: Instant },
  message: ScreenedMessage | null,
): Input[] {
  const { activity, at } = said
  const opened = live.state.stack.length > 0 || live.state.disposition !== null
  const open: Input[] = opened ? [] : [{ type: 'open', at }]
  if (message) return [...open, { type: 'message', message, at }]
  if (activity.type === 'conversationUpdate' || activity.name === 'porchlight/open') return open
  if (activity.type === 'event' && activity.name === 'porchlight/language') {
    return [{ type: 'language-chosen', locale: localeOf(activity.locale), at }]
  }
  return []
}

function clientActivityId(activity: IncomingActivity): string | null {
  const id = activity.channelData?.clientActivityID
  return typeof id === 'string' && id !== '' ? id : null
}
