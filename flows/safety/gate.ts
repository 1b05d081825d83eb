/**
 * The safety gate: hears danger in what a visitor writes, in the light of what was said before.
 *
 * It is pure and synchronous, needs no model and no network, and runs unchanged in the service and
 * in the visitor's browser. It weighs frames (who, what, when, denied or not) and never keeps a word.
 */
import { buildAutomaton, type Frame, type Hit } from './automaton.ts'
import { frameRows } from './gate-tables.generated.ts'
import { readTokens, type Token } from './stream.ts'
import {
  isDangerLabel,
  RECENT_TURNS,
  type SafetyLabel,
  type SaidBefore,
  type Signal,
  type Verdict,
  type Who,
} from './verdict.ts'

const frames: Frame[] = frameRows.split('\n').map((row) => {
  const [id = '', label = '', weight = '0', traits = '', asked = '', said = '', ...patterns] = row.split(';')
  const list = (text: string): string[] => text.split(',').filter((item) => item !== '')
  return { id, label, weight: Number(weight), traits, asked: list(asked), said: list(said), patterns }
})
const run = buildAutomaton(frames)

/** What a text holds by itself: its tokens and every frame found in them. */
export interface Reading {
  readonly tokens: readonly Token[]
  readonly hits: readonly Hit[]
}

export function read(text: string): Reading {
  const tokens = readTokens(text)
  return { tokens, hits: run(tokens) }
}

const ESCALATE_AT = 0.6
const CHECK_IN_AT = 0.35

/** Judges one message; never throws, whatever the text holds. */
export function judge(text: string, saidBefore: readonly SaidBefore[]): Verdict {
  const background = readBackground(saidBefore.slice(-RECENT_TURNS))
  const { tokens, hits } = read(text)
  const weighed = weigh(tokens, hits, background)
  return verdictOf(weighed)
}

interface Background {
  readonly asked: ReadonlySet<string>
  readonly said: ReadonlySet<string>
}

const LONGEST_EARLIER = 500

export function readBackground(saidBefore: readonly SaidBefore[]): Background {
  const asked = new Set<string>()
  const said = new Set<string>()
  const lastBot = saidBefore.findLast((turn) => turn.role === 'bot')
  if (lastBot !== undefined) {
    for (const { frame } of read(lastBot.text.slice(-LONGEST_EARLIER)).hits)
      if (frame.label.startsWith('ask:')) asked.add(frame.label.slice(4))
  }
  for (const turn of saidBefore.filter((turn) => turn.role === 'user').slice(-5)) {
    const { tokens, hits } = read(turn.text.slice(0, LONGEST_EARLIER))
    for (const signal of weigh(tokens, hits, { asked: new Set(), said: new Set() }))
      if (signal.weight >= CHECK_IN_AT) said.add(signal.label)
    for (const { frame, denied } of hits) if (frame.label.startsWith('said:') && !denied) said.add(frame.label.slice(5))
  }
  return { asked, said }
}

function weigh(tokens: readonly Token[], hits: readonly Hit[], background: Background): Signal[] {
  const apt = hits.filter(({ frame }) => applies(frame, background))
  const mutedWords = new Set(apt.filter((hit) => hit.frame.traits.includes('w')).flatMap((hit) => hit.at))
  const quiet = new Map<number, number>()
  for (const { frame, at, denied } of apt) {
    if (!frame.traits.includes('s') || denied) continue
    const sentence = tokens[at[0]!]!.sentence
    quiet.set(sentence, Math.max(quiet.get(sentence) ?? 0, frame.weight))
  }
  const signals: Signal[] = []
  for (const { frame, at, denied } of apt) {
    if (denied || !(isDangerLabel(frame.label) || frame.label === 'distress')) continue
    const certain = frame.traits.includes('c')
    if (at.some((index) => mutedWords.has(index))) continue
    const calm = certain ? 0 : (quiet.get(tokens[at.at(-1)!]!.sentence) ?? 0)
    signals.push({ label: frame.label as SafetyLabel, frame: frame.id, weight: frame.weight * (1 - calm), who: 'self' })
  }
  return signals
}

export function applies(frame: Frame, { asked, said }: Background): boolean {
  return (
    (frame.asked.length === 0 || frame.asked.some((topic) => asked.has(topic))) &&
    (frame.said.length === 0 || frame.said.some((label) => said.has(label)))
  )
}

function verdictOf(signals: readonly Signal[]): Verdict {
  const who: Who = 'self'
  const danger = signals.filter((signal) => isDangerLabel(signal.label)).toSorted((a, b) => b.weight - a.weight)
  const heaviest = danger[0]
  const total = 1 - danger.reduce((rest, { weight }) => rest * (1 - weight), 1)
  if (heaviest !== undefined && total >= CHECK_IN_AT) {
    return {
      outcome: total >= ESCALATE_AT ? 'escalate' : 'check-in',
      label: heaviest.label,
      who: heaviest.who,
      signals,
    }
  }
  return {
    outcome: 'go-on',
    label: signals.some(({ label }) => label === 'distress') ? 'distress' : 'none',
    who,
    signals,
  }
}
