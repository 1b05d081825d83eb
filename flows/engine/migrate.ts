/**
 * Moves a running conversation to another version of the scripts, by a checked mapping of steps.
 *
 * Nothing is asked twice and nothing that was answered is lost: every question of the old version must have
 * its place in the new one, under the same answer, with the same choices.
 */
import type { ConversationState, Place } from '../conversation.ts'
import { CHECK_IN_FLOW } from './check-in.ts'
import { CRISIS_FLOW } from './crisis.ts'
import { type AskStep, answerOf, isAsking, type Step } from './flow.ts'
import { type FlowLibrary, ROOT_FLOW, stepAt } from './library.ts'

/** `flow/step` → `flow/step`, where the names differ. */
export type StepMap = Readonly<Record<string, string>>

/** What stands against a move: one sentence each, empty when every running conversation can go on. */
export function migrationFaults(from: FlowLibrary, to: FlowLibrary, map: StepMap): string[] {
  const faults = Object.entries(map).flatMap(([old, next]) => [
    ...(stepAt(from, placeOf(old)) ? [] : [`${old}: the old version has no such step`]),
    ...(stepAt(to, placeOf(next)) ? [] : [`${old} → ${next}: the new version has no such step`]),
  ])
  for (const flow of from.flows.values()) {
    for (const step of flow.steps) {
      if (isAsking(step)) faults.push(...questionFaults(step, { from: `${flow.flow}/${step.id}`, to, map }))
    }
  }
  return faults
}

function questionFaults(step: Step, where: { from: string; to: FlowLibrary; map: StepMap }): string[] {
  const name = where.map[where.from] ?? where.from
  const next = stepAt(where.to, placeOf(name))
  if (!next) return where.map[where.from] ? [] : [`${where.from}: name the step of the new version that stands for it`]
  if (answerOf(next) !== answerOf(step))
    return [`${where.from} → ${name}: the answer is \`${answerOf(step)}\` before and \`${answerOf(next)}\` after`]
  if (!('ask' in step) || !('ask' in next)) return []
  if (step.input !== next.input)
    return [`${where.from} → ${name}: the input is ${step.input} before and ${next.input} after`]
  const lost = lostOptions(step, next)
  return lost.length === 0 ? [] : [`${where.from} → ${name}: the choices ${lost.join(', ')} are gone`]
}

function lostOptions(step: AskStep, next: AskStep): string[] {
  const kept = new Set((next.options ?? []).map((option) => option.value))
  return (step.options ?? []).map((option) => option.value).filter((value) => !kept.has(value))
}

/** The same conversation in the new version; from a place that is gone it starts again at the first open question. */
export function moveState(state: ConversationState, to: FlowLibrary, map: StepMap): ConversationState {
  const move = (place: Place): Place => {
    const next = map[`${place.flow}/${place.step}`]
    return next === undefined ? place : placeOf(next)
  }
  const stack = state.stack.map(move)
  const isHere = (place: Place): boolean => isOutside(place) || stepAt(to, place) !== null
  return {
    ...state,
    scriptVersion: to.version,
    stack: stack.every(isHere) ? stack : [{ flow: ROOT_FLOW, step: to.flows.get(ROOT_FLOW)?.steps[0]?.id ?? '' }],
    trail: state.trail.map(move).filter(isHere),
  }
}

/** Places of the danger protocol stand in no flow. */
function isOutside(place: Place): boolean {
  return place.flow === CHECK_IN_FLOW || place.flow === CRISIS_FLOW
}

function placeOf(name: string): Place {
  const [flow = '', step = ''] = name.split('/')
  return { flow, step }
}
