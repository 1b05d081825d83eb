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
  test('what the page plainly states is said outright and reaches no desk', () => {
    for (const [program, text] of [
      ['sample-001', 'are there evening groups'],
      ['inspira', 'how long is it'],
      ['jagruti', '¿cuánto dura?'],
    ] as const)
      expect(ask(program, text)).toMatchObject({ kind: 'answer', unanswered: false })
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
