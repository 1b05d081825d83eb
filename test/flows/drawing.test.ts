import { expect, test } from 'vitest'
import { drawMermaid, drawSvg } from '../../flows/engine/draw.ts'
import { Flow } from '../../flows/engine/flow.ts'
import { flows } from './house.ts'

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
