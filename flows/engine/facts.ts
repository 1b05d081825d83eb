/**
 * From a visitor's answers to the facts of the routing table.
 *
 * Only what was chosen or confirmed becomes a fact; danger alone fires unconfirmed. What was refused or
 * never asked stays unknown.
 */
import type { ConversationState } from '../conversation.ts'
import { type DangerLabel, isDangerLabel } from '../safety/verdict.ts'
import type { Fact } from './condition.ts'
import { servedOf, type World } from './context.ts'
import { WRITTEN_FLOW } from './known-signs.ts'
import { itemOf } from './library.ts'
import type { RoutingFacts } from './route.ts'

export function routingFacts(world: World, state: ConversationState): RoutingFacts {
  const value = (name: string): Fact => state.answers[name]?.value
  return {
    age: value('age'),
    personAge: value('person-adult') === 'no' ? 17 : undefined,
    forWhom: value('for-whom') === 'loved-one' ? 'other' : value('for-whom'),
    served: servedOf(world.program, state),
    language: state.locale === 'es-US' ? 'es' : 'en',
    ...safetyFacts(state),
    phq9Item9: scoreOf(world, state, 'phq-9.phq9'),
    ...useFacts(world, state),
    ...stabilityFacts(state),
    coverage: coverageFact(state),
  }
}

const factOfLabel: Readonly<Partial<Record<DangerLabel, string>>> = {
  suicide_imminent: 'suicideImminent',
  overdose_now: 'overdoseNow',
  withdrawal_emergency: 'withdrawalEmergencyNow',
  medical_emergency: 'medicalEmergencyNow',
  harm_to_others: 'dangerNow',
  violence_victim: 'dangerNow',
  child_abuse: 'dangerNow',
  psychosis_danger: 'psychosisNow',
}

const aboutOneself: readonly DangerLabel[] = ['suicide_passive', 'suicide_active', 'suicide_imminent', 'self_harm']

/** Every kind of danger of this talk: a later one takes no reason away. */
function labelsHeard({ crisis, trail }: ConversationState): readonly DangerLabel[] {
  if (crisis === null) return []
  const shown = trail.flatMap(({ flow, step }) => (flow === WRITTEN_FLOW && isDangerLabel(step) ? [step] : []))
  return [...new Set([...shown, crisis.label])]
}

function safetyFacts(state: ConversationState): RoutingFacts {
  const facts: Record<string, Fact> = {}
  for (const number of [1, 2, 3, 4, 5]) {
    const given = state.answers[`asq.asq${number}`]
    if (given) facts[`asq.${number}`] = given.value === null ? 'refused' : given.value
  }
  if (facts['asq.5'] === 'refused') delete facts['asq.5']
  if (state.answers['asq.asq5'] !== undefined || state.trail.some((place) => place.step === 'asq5'))
    facts.asqAsked5 = 'yes'
  const own = ['safety-dead', 'safety-now'].some(
    (name) => state.answers[name]?.value === 'yes' || state.answers[name]?.value === null,
  )
  const heard = labelsHeard(state)
  // What has a rule of its own is not called a concern about suicide as well; to suicide now both rules apply.
  if (own || heard.some((label) => aboutOneself.includes(label))) facts.detector = 'crisis'
  for (const label of heard) {
    const named = factOfLabel[label]
    if (named !== undefined) facts[named] = 'yes'
  }
  if (state.answers['symptoms-now'] && has(state, 'symptoms-now', 'seeing-things')) facts.withdrawalEmergencyNow = 'yes'
  return facts
}

function has(state: ConversationState, name: string, ...wanted: string[]): boolean {
  const value = state.answers[name]?.value
  return Array.isArray(value) && value.some((one) => wanted.includes(one))
}

/** yes when one of these was chosen, no when others or none were, unknown when nothing was answered. */
function chosen(state: ConversationState, name: string, ...wanted: string[]): 'yes' | 'no' | undefined {
  if (!Array.isArray(state.answers[name]?.value)) return undefined
  return has(state, name, ...wanted) ? 'yes' : 'no'
}

const hoursSince: Readonly<Record<string, number>> = { today: 6, yesterday: 30, 'two-to-five-days': 72, longer: 240 }

function useFacts(world: World, state: ConversationState): RoutingFacts {
  const value = (name: string): Fact => state.answers[name]?.value
  const noUse = value('use-any') === 'no'
  const lastUse = value('last-use')
  const seizure = chosen(state, 'stopped-before', 'seizure')
  const times = has(state, 'stopped-before', 'several-times') ? 'several' : value('times-withdrawn')
  const daily = chosen(state, 'most-days', 'sedatives')
  // Conversations of earlier versions were asked for prescribed medicines on their own.
  const prescribed = chosen(state, 'medicines', 'sedative') ?? (state.answers.medicines ? undefined : daily)
  const sedatives =
    daily === 'yes' || prescribed === 'yes'
      ? 'yes'
      : noUse
        ? 'no'
        : daily === 'no' && prescribed === 'no'
          ? 'no'
          : undefined
  return {
    'alcohol.freq': alcoholFrequency(world, state),
    'alcohol.drinks': scoreOf(world, state, 'audit-c.audit2'),
    'alcohol.morning': value('morning'),
    'alcohol.lastDrinkHours': typeof lastUse === 'string' ? hoursSince[lastUse] : undefined,
    sedativesDaily: sedatives,
    'opioids.daily': noUse ? 'no' : chosen(state, 'most-days', 'opioids'),
    'opioids.use': chosen(state, 'most-days', 'opioids'),
    'opioids.inMoud':
      chosen(state, 'most-days', 'moud') === 'yes'
        ? 'yes'
        : (chosen(state, 'medicines', 'moud') ?? chosen(state, 'most-days', 'moud')),
    'withdrawal.seizureEver': noUse ? 'no' : seizure,
    'withdrawal.deliriumEver': noUse ? 'no' : chosen(state, 'stopped-before', 'saw-things', 'confused'),
    'withdrawal.symptomsNow': noUse ? 'no' : chosen(state, 'symptoms-now', 'shaking', 'vomiting', 'racing-heart'),
    'withdrawal.times': times,
  }
}

const plainFrequency: Readonly<Record<string, number>> = { never: 0, sometimes: 1, weekly: 3, 'most-days': 4 }

function alcoholFrequency(world: World, state: ConversationState): Fact {
  const plain = state.answers['drinks-how-often']?.value
  return scoreOf(world, state, 'audit-c.audit1') ?? (typeof plain === 'string' ? plainFrequency[plain] : undefined)
}

/** @param name - instrument and item, as the answer is named. */
function scoreOf(world: World, state: ConversationState, name: string): number | undefined {
  const given = state.answers[name]?.value
  const [instrument = '', item = ''] = name.split('.')
  return itemOf(world.flows, { instrument, item })?.item.options.find((option) => option.value === given)?.score
}

function stabilityFacts(state: ConversationState): RoutingFacts {
  const value = (name: string): Fact => state.answers[name]?.value
  const health = value('health')
  const before = value('treatment-before')
  return {
    needs24h: value('needs-day-night'),
    'living.safe': value('safe-home') === 'others' ? 'yes' : value('safe-home'),
    'living.othersUse': value('safe-home') === 'others' ? 'yes' : value('others-use'),
    medicallyStable: health === undefined || health === null ? undefined : health === 'none' ? 'yes' : 'no',
    seriousIllness: health === 'illness' ? 'yes' : undefined,
    headInjury: health === 'head-injury' ? 'yes' : undefined,
    pregnant: health === 'pregnant' ? 'yes' : undefined,
    canAttend9h: value('nine-hours'),
    recentHigher: before === 'weekly' || before === 'none' ? undefined : before,
    failedIop: before === 'iop' ? (value('iop-worked') === 'no' ? 'yes' : undefined) : undefined,
    problem: value('impact'),
    court: value('court'),
    veteran: value('veteran'),
  }
}

function coverageFact(state: ConversationState): Fact {
  const { kind } = state.coverage
  if (kind === null) return state.answers.payer?.value === null ? 'unknown' : undefined
  if (kind === 'none' || kind === 'self-pay') return 'none'
  if (kind === 'medicare' || kind === 'medicaid') return kind
  return kind === 'listed' ? 'in-network' : 'unknown'
}
