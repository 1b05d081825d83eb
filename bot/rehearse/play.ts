/**
 * The rehearsal: a marked visitor walks a live installation, step by step, and each step is timed.
 *
 * A step that fails does not stop the others: the report says how much of the house works tonight.
 */
import { AdmissionsError } from '../errors.ts'
import { answerTo } from './answers.ts'
import { type RehearsalDesk, rehearsalDesk } from './desk.ts'
import { type RehearsalVisitor, rehearsalVisitor, type Said } from './visitor.ts'

export interface RehearsalAsked {
  readonly url: string
  readonly secret: string
  readonly program: string
  /** Without it the steps at the desk are left out, and said to be. */
  readonly staff: { readonly name: string; readonly password: string; readonly code?: string } | null
}

export interface RehearsalStep {
  readonly step: string
  readonly outcome: 'good' | 'bad' | 'left-out'
  readonly ms: number
  /** What was missing, in a few words. */
  readonly why?: string
}

const TURNS_AT_MOST = 90

/** @param report - told each step as it ends. @returns whether every step was good. */
export async function rehearse(asked: RehearsalAsked, report: (step: RehearsalStep) => void): Promise<boolean> {
  let isGood = true
  const step = async (name: string, deed: () => Promise<string | null>): Promise<void> => {
    const begun = performance.now()
    const why = await deed().catch((error: unknown) =>
      error instanceof AdmissionsError ? error.message : 'the answer has another form',
    )
    const ms = Math.round(performance.now() - begun)
    if (why !== null) isGood = false
    report({ step: name, outcome: why === null ? 'good' : 'bad', ms, ...(why !== null && { why }) })
  }
  await step('ready', () => isReady(asked.url))
  let endangered: RehearsalVisitor | null = null
  await step('danger', async () => {
    endangered = await rehearsalVisitor(asked)
    return danger(endangered)
  })
  await step('facts', () => facts(asked))
  let talked: RehearsalVisitor | null = null
  await step('insurance-and-hand-off', async () => {
    talked = await rehearsalVisitor(asked)
    return handOff(talked)
  })
  const others = () => (endangered ? [endangered.conversation] : [])
  await atDesk({ asked, step, report, conversation: () => talked?.conversation ?? null, others })
  return isGood
}

async function isReady(url: string): Promise<string | null> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
  return response?.ok ? null : `not ready: ${response?.status ?? 'it does not answer'}`
}

async function danger(visitor: RehearsalVisitor): Promise<string | null> {
  const [first] = await visitor.say('I want to kill myself')
  return first?.kind === 'crisis' ? null : 'no crisis card came first'
}

async function facts(asked: RehearsalAsked): Promise<string | null> {
  const visitor = await rehearsalVisitor(asked)
  const said = await visitor.say('What services do you offer?')
  const answered = said.some(({ kind, facts }) => (kind === 'answer' || kind === 'partial') && (facts ?? []).length > 0)
  return answered ? null : 'no answer with its source'
}

async function handOff(visitor: RehearsalVisitor): Promise<string | null> {
  let said: Said[] = await visitor.open()
  for (let turn = 0; turn < TURNS_AT_MOST; turn += 1) {
    const last = said.at(-1)
    if (last?.flow === 'closing') return null
    const answer = answerTo(last)
    if (answer === null) return `nothing is asked after ${last?.flow ?? 'the beginning'}`
    said = await visitor.say(answer)
  }
  return 'the script did not end'
}

interface AtDesk {
  readonly asked: RehearsalAsked
  readonly step: (name: string, deed: () => Promise<string | null>) => Promise<void>
  readonly report: (step: RehearsalStep) => void
  readonly conversation: () => string | null
  /** Whose leads are tidied up as well. */
  readonly others: () => readonly string[]
}

async function atDesk({ asked, step, report, conversation, others }: AtDesk): Promise<void> {
  const { staff } = asked
  if (!staff) {
    for (const name of ['lead-visible', 'claim', 'close']) report({ step: name, outcome: 'left-out', ms: 0 })
    return
  }
  let desk: RehearsalDesk | null = null
  let [lead, fence]: [string | null, number] = [null, 0]
  await step('lead-visible', async () => {
    desk = await rehearsalDesk(asked.url, staff)
    lead = await desk.leadOf(conversation() ?? '')
    return lead === null ? 'the lead is not in the queue' : null
  })
  await step('claim', async () => {
    if (!desk || lead === null) return 'no lead'
    fence = await (desk as RehearsalDesk).claim(lead)
    return null
  })
  await step('close', async () => {
    if (!desk || lead === null) return 'no lead'
    await (desk as RehearsalDesk).closeAsTest(lead, fence)
    for (const one of others()) await tidyUp(desk, one)
    await (desk as RehearsalDesk).signOut()
    return null
  })
}

/** A lead of the rehearsal must not stand first in the queue in the morning. */
async function tidyUp(desk: RehearsalDesk, conversation: string): Promise<void> {
  const lead = await desk.leadOf(conversation)
  if (lead !== null) await desk.closeAsTest(lead, await desk.claim(lead))
}
