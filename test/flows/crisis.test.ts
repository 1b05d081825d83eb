import fc from 'fast-check'
import { expect, test } from 'vitest'
import { step } from '../../flows/engine/step.ts'
import { screen } from '../../flows/safety/screen.ts'
import { dangerLabels } from '../../flows/safety/verdict.ts'
import { agree, dataOf, flows, lastOf, NIGHT, programIds, talk, unclearTo } from './house.ts'

const DANGER = 'I am going to kill myself tonight'
const PELIGRO = 'me voy a matar esta noche'

function buttons(message: ReturnType<typeof lastOf> | undefined): string[] {
  return message?.attachments?.[0]?.content.buttons.map((button) => button.value) ?? []
}

test('the crisis card comes first, its first button calls the primary resource, and staff are paged', () => {
  const one = talk()
  const [card] = one.say(DANGER)
  expect(dataOf(card!).kind).toBe('crisis')
  expect(buttons(card)[0]).toBe(`tel:${dataOf(card!).label === 'suicide_imminent' ? '911' : '988'}`)
  expect(dataOf(card!).resources?.length).toBeGreaterThan(0)
  expect(dataOf(lastOf(one)).input).toBeDefined()
  expect(one.effects.map((effect) => effect.type)).toEqual(expect.arrayContaining(['open-lead', 'page-on-call']))
  expect(one.effects.find((effect) => effect.type === 'open-lead')).toMatchObject({
    acuity: expect.stringMatching(/emergency|crisis/),
  })
})

test.each(programIds)('%s shows its own region and answers in Spanish', (program) => {
  const one = talk({ program, locale: 'es-US' })
  const [card] = one.say(PELIGRO)
  expect(dataOf(card!).kind).toBe('crisis')
  expect(buttons(card)[0]).toMatch(program === 'jagruti' ? /^tel:(112|14416)$/ : /^tel:(911|988)$/)
  expect(card!.text).toMatch(/[áéíóúñ]/)
})

test('from every step of an agreeable way, danger brings the card first and the way back to the script', () => {
  const one = talk()
  for (let turn = 0; turn < 40 && one.state.disposition === null; turn += 1) {
    const { state, effects } = step(one.world, one.state, {
      type: 'message',
      message: screen({ text: DANGER }, one.state.said),
      at: NIGHT,
    })
    const first = effects[0]
    expect(first?.type === 'say' && first.message.channelData.porchlight.kind).toBe('crisis')
    const back = step(one.world, state, {
      type: 'message',
      message: screen({ text: 'continue' }, state.said),
      at: NIGHT,
    })
    expect(back.state.crisis).not.toBeNull()
    expect(back.state.stack.filter((place) => place.flow !== 'check-in').length).toBe(back.state.stack.length)
    expect(['crisis', 'check-in']).not.toContain(back.state.stack.at(-1)?.flow)
    one.say(agree(lastOf(one)))
  }
})

test('a form field and a quick reply are heard like typed text', () => {
  const one = talk()
  one.give({ type: 'message', message: screen({ text: '', fields: { note: DANGER } }, []), at: NIGHT })
  expect(dataOf(one.messages[0]!).kind).toBe('crisis')
})

test('no block of words is said twice while danger is named again and again', () => {
  const one = talk()
  const said = new Set<string>()
  for (let turn = 0; turn < 8; turn += 1) {
    const messages = one.say(turn === 0 ? DANGER : 'i still want to kill myself')
    const questions = messages.filter((message) => dataOf(message).kind === 'check-in')
    for (const question of questions) {
      expect(said.has(question.text)).toBe(false)
      said.add(question.text)
    }
    expect(dataOf(messages[0]!).kind).toBe('crisis')
    expect(dataOf(lastOf(one)).input).toBeDefined()
  }
})

test('one denial never clears the sign, and nothing ends the chat', () => {
  const one = talk()
  one.say(DANGER)
  one.say('no i was joking')
  one.say('goodbye')
  expect(one.state.crisis).not.toBeNull()
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('a choice of the protocol that the gate escalates again keeps its thread', () => {
  const one = talk()
  one.say("my friend took too many pills and won't wake up")
  expect(one.state.crisis?.label).toBe('overdose_now')
  one.say('yes')
  const asked = lastOf(one).text
  const messages = one.say('no')
  expect(one.state.crisis?.label).toBe('overdose_now')
  expect(messages.map((message) => message.text)).not.toContain(asked)
})

test.each(dangerLabels)('the protocol of %s is complete in both languages and leads on', (label) => {
  for (const locale of ['en-US', 'es-US'] as const) {
    const one = talk({ locale })
    one.give({ type: 'sign-added', label, at: NIGHT })
    expect(dataOf(one.messages[0]!)).toMatchObject({ kind: 'crisis', label })
    expect(buttons(one.messages[0])[0]).toMatch(/^tel:/)
    for (let turn = 0; turn < 14; turn += 1) {
      expect(dataOf(lastOf(one)).input).toBeDefined()
      const options = dataOf(lastOf(one)).input?.options
      if (!options) break
      one.say(
        options.find((option) => !['continue', 'elsewhere', 'person'].includes(option.value))?.value ??
          options[0]!.value,
      )
    }
    expect(one.state.crisis).not.toBeNull()
  }
})

test('violence: leaving the page comes first, and no contact is asked for unless it is safe', () => {
  const one = talk()
  const [card] = one.say('my boyfriend hits me and i am scared of him')
  expect(dataOf(card!).label).toBe('violence_victim')
  expect(card!.text).toMatch(/^If someone may see this screen/)
  one.say('Talk to a person here')
  expect(one.messages.some((message) => dataOf(message).step === 'phone')).toBe(false)
  expect(dataOf(lastOf(one)).step).toBe('is-it-safe')
})

test('an overdose begins with the emergency number', () => {
  const [card] = talk().say('she is not breathing and her lips are blue, she took fentanyl')
  expect(card!.text).toMatch(/^Call 911 now/)
  expect(buttons(card)[0]).toBe('tel:911')
})

test('an unclear sign brings one direct question; no lets the script go on, yes does not', () => {
  const begin = (): ReturnType<typeof talk> => {
    const one = talk()
    one.say('screening')
    return one
  }
  const one = begin()
  const before = one.state.stack.at(-1)
  const unclear = unclearTo(one)
  one.say(unclear)
  expect(dataOf(lastOf(one))).toMatchObject({ kind: 'check-in', input: { type: 'choice' } })
  one.say('yes')
  expect(one.state.crisis).not.toBeNull()
  const calm = begin()
  calm.say(unclear)
  calm.say('no')
  expect(calm.state.crisis).toBeNull()
  expect(calm.state.stack.at(-1)).toEqual(before)
})

test('while staff have the chat the bot is silent, but the card is still shown and staff are paged', () => {
  const one = talk()
  one.give({ type: 'staff-took-over', name: 'Dee', at: NIGHT })
  expect(one.say('hello? do you take aetna?')).toEqual([])
  const messages = one.say(DANGER)
  expect(messages.map((message) => dataOf(message).kind)).toEqual(['crisis'])
  expect(one.effects.some((effect) => effect.type === 'page-on-call')).toBe(true)
  one.give({ type: 'staff-handed-back', at: NIGHT })
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('distress is answered warmly and quietly, without a card, and then the question goes on', () => {
  const text = [
    'i feel so alone tonight',
    'i relapsed and i feel awful',
    'im so ashamed',
    'i am really struggling',
  ].find((one) => screen({ text: one }, []).verdict.label === 'distress')
  expect(text).toBeDefined()
  const one = talk()
  const messages = one.say(text!)
  expect(messages[0]!.text).toMatch(/988/)
  expect(messages[0]!.attachments).toBeUndefined()
  expect(dataOf(lastOf(one)).input).toBeDefined()
})

test('random words around danger never hide it', () => {
  const one = talk()
  const calm = fc.constantFrom('hello there.', 'what time do you open?', 'my insurance is aetna.', 'thanks.', 'ok.', '')
  fc.assert(
    fc.property(calm, calm, (before, after) => {
      const message = screen({ text: `${before} ${DANGER}. ${after}` }, one.state.said)
      const { effects } = step(one.world, one.state, { type: 'message', message, at: NIGHT })
      const [first] = effects
      return first?.type === 'say' && first.message.channelData.porchlight.kind === 'crisis'
    }),
  )
})

test('every protocol names no method, and only people who can help', () => {
  const words = JSON.stringify(flows.crisis)
  expect(words).not.toMatch(/\b(mg|milligrams?|rope|noose|dose of)\b/i)
})
