import { expect, test } from 'vitest'
import { drawMermaid } from '../../flows/engine/draw.ts'
import { drawSvg } from '../../flows/engine/draw-svg.ts'
import { countDropOff } from '../../flows/engine/drop-off.ts'
import { Flow } from '../../flows/engine/flow.ts'
import { agree, flows, lastOf, NIGHT, type Talk, talk } from './house.ts'

const names = [...flows.flows.keys()]

test.each(names)('the flow %s is drawn with every step', (name) => {
  const flow = flows.flows.get(name)!
  const mermaid = drawMermaid(flow)
  const svg = drawSvg(flow)
  expect(mermaid).toMatch(/^---\ntitle: .*\n---\nflowchart TD\n/)
  for (const step of flow.steps) {
    expect(mermaid).toContain(`s_${step.id.replaceAll('-', '_')}`)
    expect(svg).toContain(`>${step.id}<`)
  }
  expect(svg).toMatch(/^<svg [^>]*role="img"/)
  expect(svg).toContain('awaiting review')
})

test('a step that nobody reaches is marked, in words too', () => {
  const flow = Flow.parse({
    flow: 'demo',
    title: { en: 'Demo', es: 'Demo' },
    review: 'awaiting-review',
    steps: [
      { id: 'one', go: 'three' },
      { id: 'two', say: { en: 'Never <said>.', es: 'Nunca.' } },
      { id: 'three', end: 'information' },
    ],
  })
  expect(drawMermaid(flow)).toContain('class s_two unreachable')
  expect(drawSvg(flow)).toContain('two · unreachable')
  expect(drawSvg(flow)).toContain('Never &lt;said&gt;.')
})

function stoppedAfter(texts: readonly string[]): Talk {
  const one = talk()
  for (const text of texts) one.say(text)
  return one
}

test('where people stop is counted and drawn: whoever was handed off, said goodbye or has staff there has not stopped', () => {
  const atAge = Array.from({ length: 8 }, () => stoppedAfter(['screening', 'self']))
  const farther = Array.from({ length: 4 }, () => stoppedAfter(['screening', 'self', '34']))
  const gone = stoppedAfter(['screening', 'self', 'goodbye'])
  const inDanger = stoppedAfter(['screening', 'self', 'I want to kill myself'])
  const withStaff = stoppedAfter(['screening', 'self'])
  withStaff.give({ type: 'staff-took-over', name: 'Dana', at: NIGHT })
  const sent = stoppedAfter(['screening', 'self'])
  while (sent.state.disposition !== 'handed-off') sent.say(agree(lastOf(sent)))
  const dropOff = countDropOff([...atAge, ...farther, gone, inDanger, withStaff, sent].map(({ state }) => state))
  expect(dropOff.get('screening/age')).toEqual({ asked: 16, stopped: 8 })
  expect(dropOff.get('safety/asq1')).toEqual({ asked: 5, stopped: 4 })
  const screening = flows.flows.get('screening')!
  expect(drawMermaid(screening, dropOff)).toContain('stopped 8 of 16 (50 %)')
  expect(drawMermaid(screening, dropOff)).toContain('class s_age dropoff')
  expect(drawSvg(screening, dropOff)).toContain('>stopped 8 of 16 (50 %)<')
  // Five people make no pattern: numbers, and no mark.
  expect(drawMermaid(flows.flows.get('safety')!, dropOff)).toContain('stopped 4 of 5 (80 %)')
  expect(drawMermaid(flows.flows.get('safety')!, dropOff)).not.toContain('class s_asq1 dropoff')
})
