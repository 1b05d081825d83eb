/**
 * What every test of the conversation needs: the real scripts, a program, and a way to talk.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { BotMessage } from '../../flows/activity.ts'
import type {
  ConversationState,
  Effect,
  Input,
  KnowledgeAnswer,
  PayerFound,
  ProgramProfile,
} from '../../flows/conversation.ts'
import { readFlows, type ScriptFile } from '../../flows/engine/read.ts'
import { newConversation, step, type World } from '../../flows/engine/step.ts'
import { screen } from '../../flows/safety/screen.ts'
import { Instant, type Locale, ProgramId } from '../../flows/vocabulary.ts'

export function scriptFiles(): ScriptFile[] {
  const files = ['flows/scripts', 'flows/instruments'].flatMap((folder) =>
    readdirSync(folder).map((name) => `${folder}/${name}`),
  )
  return [...files, 'flows/routing.yaml'].map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

export const { flows, problems } = readFlows(scriptFiles())

export const NIGHT = Instant.parse('2026-11-21T07:10:00.000Z')

export function programOf(id: string, more: Partial<ProgramProfile> = {}): ProgramProfile {
  const office: readonly [string, string] = ['09:00', '17:00']
  return {
    id: ProgramId.parse(id),
    name: { en: `${id} program`, es: `programa ${id}` },
    region: id === 'jagruti' ? 'IN' : 'US',
    servedStates: id === 'inspira' ? ['NJ'] : null,
    timeZone: id === 'jagruti' ? 'Asia/Kolkata' : 'America/New_York',
    staffedHours: { 1: office, 2: office, 3: office, 4: office, 5: office, 6: null, 7: null },
    promiseMinutes: {
      'iop-fit': 5,
      'medical-first': 15,
      higher: 30,
      'staff-decides': 240,
      family: 60,
      lower: 240,
      minor: 30,
    },
    ...more,
  }
}

export const programIds = ['inspira', 'sample-001', 'sample-002', 'jagruti', 'sample-004']

export interface Talk {
  readonly world: World
  state: ConversationState
  messages: BotMessage[]
  effects: Effect[]
  readonly all: BotMessage[]
  say(text: string): BotMessage[]
  give(input: Input): BotMessage[]
}

export interface Answers {
  readonly answer?: (question: string) => Partial<KnowledgeAnswer>
  readonly slots?: readonly string[]
  readonly payer?: (said: string) => Partial<PayerFound>
}

/** A conversation through the real gate and the real step; knowledge is answered by the given functions. */
export function talk(
  begin: { program?: string; locale?: Locale; profile?: Partial<ProgramProfile>; at?: Instant } = {},
  answers: Answers = {},
): Talk {
  const at = begin.at ?? NIGHT
  const world: World = { flows, program: programOf(begin.program ?? 'inspira', begin.profile) }
  const one: Talk = {
    world,
    state: newConversation(flows, { program: world.program, locale: begin.locale ?? 'en-US', at }),
    messages: [],
    effects: [],
    all: [],
    say: (text) => one.give({ type: 'message', message: screen({ text }, one.state.said), at }),
    give(input) {
      one.messages = []
      one.effects = []
      run(one, [input], answers)
      one.all.push(...one.messages)
      return one.messages
    },
  }
  one.give({ type: 'open', at })
  return one
}

function run(one: Talk, inputs: Input[], answers: Answers): void {
  for (let count = 0; inputs.length > 0; count += 1) {
    if (count > 12) throw new Error('a script asks itself in circles')
    const input = inputs.shift()!
    const { state, effects } = step(one.world, one.state, input)
    one.state = state
    for (const effect of effects) {
      one.effects.push(effect)
      if (effect.type === 'say') one.messages.push(effect.message)
      if (effect.type === 'answer-question')
        inputs.push({
          type: 'answered',
          question: effect.question,
          answer: answered(effect.question, answers),
          at: input.at,
        })
      if (effect.type === 'calendar')
        inputs.push({ ...effect, type: 'calendar-said', ok: false, slots: answers.slots ?? [], at: input.at })
      if (effect.type === 'look-up-payer')
        inputs.push({ type: 'payer-found', said: effect.said, found: found(effect.said, answers), at: input.at })
    }
  }
}

function answered(question: string, answers: Answers): KnowledgeAnswer {
  const isQuestion = question.includes('?')
  return {
    kind: 'no-answer',
    text: 'I do not have that.',
    locale: 'en-US',
    facts: [],
    offers: [],
    unanswered: isQuestion,
    isQuestion,
    ...answers.answer?.(question),
  }
}

function found(said: string, answers: Answers): PayerFound {
  return {
    state: 'not-listed',
    payer: null,
    listedAs: null,
    condition: null,
    asOf: null,
    second: null,
    ...answers.payer?.(said),
  }
}

export function lastOf(one: Talk): BotMessage {
  const last = one.messages.at(-1)
  if (!last) throw new Error('nothing was said')
  return last
}

export function dataOf(message: BotMessage) {
  return message.channelData.porchlight
}

const plausible: Readonly<Record<string, string>> = {
  age: '34',
  payer: 'Aetna',
  'address-level1': 'New Jersey',
  'address-level2': 'Mumbai',
  'given-name': 'Ana',
  tel: '609 555 2368',
  email: 'ana@example.org',
  'member-id': 'W123456789',
  'group-number': 'G1234567',
  name: 'Ana Díaz',
  'subscriber-name': 'Luis Díaz',
  'subscriber-bday': '1960-03-30',
  organization: 'City Hospital',
  'own-words': 'I would like help with my drinking.',
  bday: '1990-05-17',
}

/** What an agreeable visitor sends: the first option, yes to consent, a plausible value by field. */
export function agree(message: BotMessage, tel = plausible.tel!): string {
  const input = dataOf(message).input
  if (!input) throw new Error('the turn ends without an input')
  if (input.type === 'consent') return 'yes'
  const first = input.options?.[0]?.value
  if (first !== undefined && input.type !== 'text') return first
  if (input.field === 'tel') return tel
  return plausible[input.field ?? ''] ?? first ?? 'Nothing more'
}

/** The first of the gate's own lines that it finds unclear in this conversation. */
export function unclearTo(one: Talk): string {
  const lines = ['plain-danger', 'calm-twins'].flatMap((name) =>
    readFileSync(`test/safety/author/${name}.txt`, 'utf8').split('\n'),
  )
  const said = [
    'whats the point of anything',
    'nothing matters now',
    ...lines.filter((line) => /^[a-z]/.test(line) && !line.includes('>>')),
  ]
  const found = said.find((text) => screen({ text }, one.state.said).verdict.outcome === 'check-in')
  if (found === undefined) throw new Error('the gate finds nothing unclear')
  return found
}
