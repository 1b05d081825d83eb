/** Promises about messages that ask several things at once. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ask } from './programs.ts'
import { readCases } from './question-files.ts'

describe('several questions in one message', () => {
  test('each is answered or named as not known, in the order in which it was asked', () => {
    const asked = 'how long is the program and do you have weekend groups and can i bring my dog'
    const { kind, text } = ask('inspira', asked)
    expect(kind).toBe('partial')
    expect(text).toMatch(/six to eight weeks.*days.*pets/)
  })

  test('what is not known is said first where it was asked first, and goes to the team', () => {
    const { text, unanswered } = ask('jagruti', 'do you take pets and how many days a week')
    expect(text).toMatch(/^The page says nothing about pets; I'll pass that on to the team\. A typical/)
    expect(unanswered).toBe(true)
  })

  test('two things that the page does not say are one sentence, in both languages', () => {
    expect(ask('inspira', 'is there parking? and wifi? and do you treat depression?').text).toMatch(
      /nothing about parking or wifi; .*depression/,
    )
    expect(ask('sample-001', '¿cuánto dura y cuánto cuesta?').text).toMatch(
      /^La página no dice cuántas semanas dura ni cuánto cuesta; eso se lo paso al equipo\./,
    )
  })

  test('silences are joined with the one that begins alike, wherever it stands', () => {
    const { text } = ask('sample-001', 'how long is it, do you have weekend groups and can i bring my dog')
    expect(text).toMatch(
      /^The page does not give exact days or times for groups or say how many weeks it takes; the page says nothing about pets;/,
    )
  })

  test('an insurer is answered in its turn, and what is asked beside it is answered or named too', () => {
    expect(ask('sample-004', 'how much does it cost and do you take aetna').text).toMatch(
      /^The page gives no prices; our page names no insurer.*pass that on/,
    )
    expect(ask('inspira', 'aceptan medicaid y tienen grupos de noche').text).toMatch(/Medicaid ni qué días u horarios/)
    expect(ask('sample-002', 'do you take aetna and united and how long does it take').text).toMatch(
      /Aetna.*how long it takes.*United Health/,
    )
    expect(ask('sample-002', 'i got horizon hmo, in network?').text).toMatch(/^Horizon BCBS [^.]*with you\.$/)
  })

  test('a question of the chat hides none of the program, nor a second one of the chat', () => {
    expect(ask('sample-004', 'are you a bot? do you do detox?').text).toMatch(/^Yes, I'm an automated.*medical detox/)
    expect(ask('sample-004', 'is this confidential? how long is the program?').text).toMatch(
      /^The program's admissions staff can read.*8 weeks up to 6 months/,
    )
    const { kind, text, unanswered } = ask('inspira', '¿es usted una persona? ¿cuánto cuesta?')
    expect(text).toMatch(/^No, soy un asistente automático.*no dice cuánto cuesta; eso se lo paso al equipo/)
    expect([kind, unanswered]).toEqual(['partial', true])
    expect(ask('jagruti', 'do you sell my data and who reads this').text).toMatch(/^No, nothing.*staff can read/)
    expect(ask('sample-002', 'do you take aetna and who reads this').text).toMatch(/^I don't see Aetna.*staff can read/)
    expect(ask('inspira', 'is this confidential? who can see it?').text).toBe(
      ask('inspira', 'is this confidential?').text,
    )
  })

  test('a bare thing is named in Spanish as in English', () => {
    expect(ask('sample-004', '¿Puedo traer a mi perro? ¿hay comida?').text).toMatch(/mascotas ni la comida/)
    expect(ask('sample-004', 'are dogs ok? is there food?').text).toMatch(/food or pets/)
  })

  test('a thing named beside an answer is named as not known, not left out', () => {
    expect(ask('inspira', 'can i do it online and do you offer childcare while im in group').text).toMatch(
      /^You can participate in-person, virtually.*nothing about who looks after children/,
    )
    expect(ask('inspira', 'do you have zoom groups, how many weeks, and is there a waitlist').text).toMatch(
      /^You can participate.*six to eight weeks.*how soon/,
    )
    expect(ask('sample-001', 'do you do massage and family therapy and detox').text).toMatch(
      /massage.*Family therapy.*about detox/,
    )
  })

  test('a bare word at the end of a list is answered or named as well', () => {
    expect(ask('sample-004', 'is there parking, and the cost?').text).toMatch(/parking.*gives no prices/)
    expect(ask('sample-001', 'how long is it, how much is it and do i sleep there').text).toMatch(
      /what it costs or how many weeks.*living at home/,
    )
    expect(ask('sample-001', 'do you do yoga and family therapy and detox').text).toMatch(
      /yoga.*Family therapy.*about detox/,
    )
  })

  test('no part is left out for want of room', () => {
    expect(ask('sample-004', 'what do i bring and what time does it start and who do i meet').text).toMatch(
      /insurance card.*case manager.*days or times/,
    )
  })

  test('what a fuller sentence says is not said beside it, and what nobody asked is left out', () => {
    for (const text of ['how long are the sessions and how often', 'how many hours per week'])
      expect(ask('inspira', text).text).toBe(
        'Typically there are three-hour-long sessions two to three times per week.',
      )
  })

  test('that the team hears of it is said once, another program named or not', () => {
    expect(ask('inspira', 'what does jagruti charge').text.match(/pass that on/g)).toHaveLength(1)
  })

  test('at most a sentence for each and three in all', () => {
    const { text } = ask('inspira', 'how long is it, what does it cost, and is it online')
    expect(text.match(/[.?](?=\s|$)/g)!.length).toBeLessThanOrEqual(3)
  })

  test('the same thing asked twice in other words is one question', () => {
    const { kind, facts } = ask('inspira', 'how long is it? like how many weeks?')
    expect(kind).toBe('answer')
    expect(facts[0]?.id).toBe('inspira.length')
  })
})

describe('how sure a reply is', () => {
  test('a thing that is named and nothing else is heard by its name, not by what its letters look like', () => {
    for (const one of ['waitlist?', 'is there a waitlist', '¿lista de espera?']) {
      expect(ask('inspira', one).text, one).toMatch(/how soon one can start|qué tan pronto se puede empezar/)
      expect(ask('sample-004', one).text, one).toMatch(/^(The page says early outreach|La página dice que comunicarse)/)
    }
    expect(ask('inspira', 'virtual?').text).toMatch(/^You can participate in-person, virtually/)
    expect(ask('sample-001', 'virtual?').text).toMatch(/^The page does not say whether sessions are online/)
  })

  test('what the page plainly states is said outright and reaches no desk', () => {
    for (const [program, text] of [
      ['sample-001', 'are there evening groups'],
      ['inspira', 'how long is it'],
      ['jagruti', '¿cuánto dura?'],
    ] as const)
      expect(ask(program, text)).toMatchObject({ kind: 'answer', unanswered: false })
  })

  test('what merely stands near is never said as the answer, even where it says what it leaves open', () => {
    expect(ask('sample-002', 'i still use heroin every day can i do the iop').text).toMatch(
      /^I don't have exactly that/,
    )
  })

  test('of a thing named in so many words the page is said to be silent, and no far fact is said', () => {
    for (const [program, text, says] of [
      ['inspira', 'dan comida o algo de tomar durante las sesiones', 'La página no dice nada sobre la comida.'],
      ['sample-004', 'do you offer sessions in portuguese', 'The page says nothing about languages.'],
    ] as const)
      expect(ask(program, text).text.startsWith(says)).toBe(true)
  })

  test('a number that the page does not give is named as missing, not met with other numbers', () => {
    expect(ask('sample-001', 'how long is it').text).toMatch(/^The page does not say how many weeks it takes/)
  })

  test('beside the answer no number of something else is said', () => {
    expect(ask('sample-004', 'how long is the waitlist').text).not.toMatch(/weeks|hours|per week/)
  })

  test('what is stated of insurers at large is said beside one that the page does not name', () => {
    expect(ask('sample-001', 'how do i get the best deal with blue cross').text).toMatch(
      /^Our page names no insurer.*You'd choose a provider in this network/,
    )
  })

  test('words that ask nothing are not met with what merely stands near', () => {
    for (const text of ['you have no idea how much it hurts every day', 'rehab didnt work for me nothing works'])
      expect(ask('inspira', text)).toMatchObject({ isQuestion: false, facts: [] })
  })

  test('of our own questions, what only stands near is said as that and goes to the team; what is said outright does not', () => {
    const questions = readCases(readFileSync('test/knowledge/own-questions.jsonl', 'utf8'))
    const replies = questions.slice(0, 400).map(({ program, question }) => ask(program, question))
    const near = replies.filter(({ text }) => /^(I don't have exactly that|No tengo justo eso)/.test(text))
    expect(near.length).toBeGreaterThan(0)
    expect(near.filter(({ kind, unanswered }) => kind !== 'partial' || !unanswered)).toEqual([])
    expect(replies.filter(({ kind, unanswered }) => kind === 'answer' && unanswered)).toEqual([])
  })
})
