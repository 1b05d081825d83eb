/**
 * Whole talks with our own scripts, made by chance with a fixed seed: what stands before an answer.
 *
 * In the service an answer never comes alone; ten turns stand before it, our safety questions among
 * them. The ear must have met them, or every "skip" after a safety question sounds like a sign. And
 * danger in the middle of a script must be heard in spite of them: labelled lines are put there too.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BotMessage } from '../flows/activity.ts'
import type { ConversationState } from '../flows/conversation.ts'
import { dangerLabels, isDangerLabel } from '../flows/safety/verdict.ts'
import type { Locale } from '../flows/vocabulary.ts'
import { type LabelledLine, readLines } from '../test/safety/measure.ts'
import { afterCheckIns, afterwards, houseLines, looseAnswers, typedAnswers } from './house-lines.ts'
import { begin, calmly, heardAs, take } from './house-walk.ts'

const TALKS = 240
const TURNS = 34
/** Of the lines that a talk gives, so many are kept: neighbours in a talk are nearly the same. */
const KEPT = 0.32
/** Lines of danger after which the talk goes on, and how much is said at each of its steps. */
const FOLLOWED = 0.08
const AFTER_EACH = 4
/** Lines, danger or its twin, that are asked about with a check-in. */
const ASKED_ABOUT = 0.14
/** Talks that each sign in answer to a question of ours is put into. */
const ANSWERED = 8
const corpus = ['en-self', 'en-others', 'es-and-mixed', 'questions'].map((name) =>
  join(import.meta.dirname, `../test/safety/corpus/${name}.jsonl`),
)

let seed = 20_261_121
/** The same run on every machine. */
function chance(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed / 0x7fffffff
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(chance() * items.length)] as T
}

function answerFor(last: BotMessage): string {
  const { input, flow } = last.channelData.porchlight
  const lang = last.locale === 'es-US' ? 'es' : 'en'
  const labels = (input?.options ?? []).map((option) => option.label)
  if (flow === 'safety' && labels.length > 0 && chance() < 0.9)
    return pick([labels.find((label) => /^no$/i.test(label)) ?? pick(labels), pick(typedAnswers('', lang))])
  if (labels.length > 0 && chance() < 0.85) return pick(labels)
  if (flow !== 'safety' && flow !== 'crisis' && chance() < 0.5) return pick(looseAnswers(lang))
  return pick(typedAnswers(input?.type ?? 'text', lang))
}

/** Places where an answer alone says nothing about danger, for the gate's purposes. */
const isCalmPlace = (last: BotMessage, text: string): boolean => {
  const { flow, step: name } = last.channelData.porchlight
  if (flow === 'safety')
    return /^no$/i.test(text) || typedAnswers('', last.locale === 'es-US' ? 'es' : 'en').includes(text)
  return (
    flow !== 'crisis' &&
    !/^(others-use|safe-home|needs-day-night|safe-now|symptoms-now|stopped-before|phq9)$/.test(name ?? '')
  )
}

function talk(locale: Locale, number: number): LabelledLine[] {
  let taken = begin(locale)
  const lines: LabelledLine[] = []
  for (let turn = 0; turn < TURNS && taken.last; turn += 1) {
    const text = answerFor(taken.last)
    if (chance() < KEPT && isCalmPlace(taken.last, text)) lines.push(calm(`talk-${number}-${turn}`, text, taken.state))
    taken = take(taken, calmly(text))
    if (chance() < 0.1) contexts.push({ locale, said: [...taken.state.said] })
  }
  return lines
}

function calm(id: string, text: string, state: ConversationState): LabelledLine {
  const lang = state.locale === 'es-US' ? 'es' : 'en'
  return { id, text, lang, label: 'none', must_escalate: false, tier: 'neg_plain', alt: [], context: [...state.said] }
}

/**
 * In the middle of the crisis protocol, the buttons that go on and the words that calm are no new sign; what
 * another visitor said, danger or not, means there what it meant alone.
 */
function afterDanger(line: LabelledLine, number: number): LabelledLine[] {
  const locale: Locale = line.lang === 'es' ? 'es-US' : 'en-US'
  const lang = line.lang === 'es' ? 'es' : 'en'
  const verdict = { outcome: 'escalate', label: line.label, who: 'self' } as const
  let taken = take(begin(locale), heardAs(line.text, verdict))
  const lines: LabelledLine[] = []
  for (let turn = 0; turn < 3 && taken.last; turn += 1) {
    const labels = (taken.last.channelData.porchlight.input?.options ?? []).map((option) => option.label)
    const ordinary = [...times(AFTER_EACH, () => pick(afterwards(lang))), ...times(AFTER_EACH, () => question(lang))]
    for (const text of [...labels.slice(-2), ...ordinary, pick(afterCheckIns('ordinary', lang))])
      lines.push(calm(`after-${number}-${turn}-${text}`, text, taken.state))
    for (const isDanger of [true, true, false])
      lines.push({ ...pick(alone(lang, isDanger)), context: [...taken.state.said] })
    taken = take(taken, calmly(pick([...labels.slice(0, -2), 'ok'])))
  }
  return lines
}

/**
 * After a check-in another subject is no sign, and neither is a no; a yes, or how and when, says the danger
 * that was asked about.
 */
function afterCheckIn(line: LabelledLine, number: number): LabelledLine[] {
  const locale: Locale = line.lang === 'es' ? 'es-US' : 'en-US'
  const lang = line.lang === 'es' ? 'es' : 'en'
  const label = isDangerLabel(line.label) ? line.label : pick(dangerLabels)
  const verdict = { outcome: 'check-in', label, who: pick(['self', 'self', 'other']) } as const
  const asked = take(begin(locale), heardAs(line.text, verdict))
  const isSuicide = label.startsWith('suicide')
  const danger = [
    ...times(2, () => pick(afterCheckIns('confirming', lang))),
    ...(isSuicide ? [pick(afterCheckIns('confirmingSuicide', lang))] : []),
  ].map((text) => ({
    ...calm(`yes-${number}-${text}`, text, asked.state),
    label,
    must_escalate: true,
    tier: 'contextual',
  }))
  const ordinary = (state: ConversationState): LabelledLine[] =>
    [
      'no',
      ...times(AFTER_EACH, () => pick(afterCheckIns('ordinary', lang))),
      ...times(AFTER_EACH, () => question(lang)),
    ].map((text) => calm(`asked-${number}-${text}`, text, state))
  return [...danger, ...ordinary(asked.state), ...ordinary(take(asked, calmly('no')).state)]
}

const times = <T>(length: number, make: () => T): T[] => Array.from({ length }, make)

/** What other people asked of a program. */
const question = (lang: 'en' | 'es'): string => pick(questions.get(lang) as LabelledLine[]).text

/** Labelled lines that nothing stands before. */
const alone = (lang: 'en' | 'es', isDanger: boolean): readonly LabelledLine[] =>
  unprompted.get(`${lang} ${isDanger}`) ?? []

const labelled = readLines(corpus).filter((line) => !line.context?.length)
const unprompted = Map.groupBy(labelled, (line) => `${line.lang === 'es' ? 'es' : 'en'} ${line.must_escalate}`)

const questions = Map.groupBy(
  labelled.filter(({ id }) => id.startsWith('question-')),
  ({ lang }) => lang,
)

const contexts: { locale: Locale; said: ConversationState['said'] }[] = []

const lines = Array.from({ length: TALKS }, (_, number) => talk(number % 4 === 3 ? 'es-US' : 'en-US', number)).flat()
/** What was said in some talk of ours in this language. */
const before = (lang: string): ConversationState['said'] =>
  pick(contexts.filter(({ locale }) => (locale === 'es-US') === (lang === 'es'))).said

/** Labelled lines, danger and calm alike, as if they were typed in the middle of a script. */
const moved = labelled
  .filter(() => chance() < 0.4)
  .map((line): LabelledLine => ({ ...line, id: `moved-${line.id}`, context: before(line.lang) }))
/** Signs given in answer to our own questions, in talks of some length. */
const answeredInTalks = houseLines()
  .filter((line) => line.must_escalate)
  .flatMap((line) =>
    Array.from({ length: ANSWERED }, () => ({ ...line, context: [...before(line.lang), ...line.context] })),
  )
const after = labelled.filter((line) => line.must_escalate && chance() < FOLLOWED).flatMap(afterDanger)
const asked = labelled
  .filter(({ tier }) => /^(implied|contextual|neg_hard)$/.test(tier) && chance() < ASKED_ABOUT)
  .flatMap(afterCheckIn)
const all = [...lines, ...moved, ...answeredInTalks, ...after, ...asked].map((line) => JSON.stringify(line))
writeFileSync(join(import.meta.dirname, '../test/safety/corpus/house-talks.jsonl'), `${all.join('\n')}\n`)
process.stderr.write(
  `${lines.length} lines of our talks, ${moved.length} labelled lines put into them, ${after.length} after a danger sign, ${asked.length} after a check-in\n`,
)
