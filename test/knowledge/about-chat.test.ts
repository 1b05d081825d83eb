/** Promises of what the chat says about itself: yes or no first, and no more than `docs/privacy.md` holds. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultOf } from '../../knowledge/verify.ts'
import { ask, library } from './programs.ts'

test.each<[string, string, RegExp]>([
  ['are you a person', '¿es usted una persona?', /^No, (I'm an automated assistant|soy un asistente automático)/],
  ['are you a bot?', '¿eres un robot?', /^(Yes, I'm an|Sí, soy un|Soy un) (automated assistant|asistente automático)/],
  [
    'is this a real person or a robot',
    '¿hablo con una persona o un robot?',
    /^(I'm an automated|Soy un asistente automático)/,
  ],
  ['is anyone there', '¿hay alguien ahí?', /^(I'm an automated|Soy un asistente automático).*(A person|Una persona)/],
  [
    'who reads this',
    '¿quién lee esto?',
    /^(The program's admissions staff can read|El personal de admisiones del programa puede leer)/,
  ],
  [
    'do you record this',
    '¿graban esto?',
    /^(Yes, what you write is stored encrypted|Sí, lo que usted escribe se guarda cifrado)/,
  ],
  [
    'can i delete this',
    '¿puedo borrar esto?',
    /^(Yes, you can have this conversation erased|Sí, puede hacer que se borre)/,
  ],
  [
    'how long do you keep this',
    '¿cuánto tiempo guardan esto?',
    /^(The program sets how long|El programa decide cuánto tiempo)/,
  ],
  [
    'do you sell my data',
    '¿venden mis datos?',
    /^No, (nothing that you write here is sold|nada de lo que usted escribe aquí se vende)/,
  ],
  ['will my boss see this', '¿mi jefe puede ver esto?', /^No, (the chat does not show|el chat no muestra)/],
  [
    'can the police see this',
    '¿la policía puede ver esto?',
    /^(The chat itself does not show|El chat mismo no muestra).*(the team can say|puede decir el equipo)/,
  ],
  ['do you track me', '¿saben mi ubicación?', /^No, (the chat does not ask your browser|el chat no le pregunta)/],
  [
    'do i have to give my name',
    '¿tengo que dar mi nombre?',
    /^No, (you don't need to give your name|no necesita dar su nombre)/,
  ],
  [
    'can i stay anonymous',
    '¿puedo preguntar sin dar mi nombre?',
    /^(Yes, you can ask here without|Sí, puede preguntar aquí sin)/,
  ],
  [
    'is this free to use',
    '¿cuesta usar este chat?',
    /^(Yes, using this chat costs nothing|Sí, usar este chat no cuesta nada)/,
  ],
])('"%s" and "%s"', (en, es, said) => {
  for (const { id } of library.programs)
    for (const text of [en, es]) {
      const reply = ask(id, text)
      expect(reply.text, text).toMatch(said)
      expect(reply.kind).toBe('answer')
      expect(reply.facts.map(({ source }) => source.file)).toContain('about-this-assistant.txt')
    }
})

test('each sentence about the chat stands on its own page and says no more', () => {
  const page = readFileSync('knowledge/assistant/about-this-assistant.txt', 'utf8').split('\n')
  for (const fact of [...library.programs[0]!.words.assistantFacts.values()].flat()) {
    for (const { line, text } of fact.quotes) expect([fact.id, page[line - 1]]).toEqual([fact.id, text])
    for (const text of [fact.say.en, fact.say.es])
      expect([fact.id, faultOf({ text, facts: [fact] })]).toEqual([fact.id, null])
  }
})

test.each([
  'will anyone there handle my meds',
  'is there somebody to keep track of all that with me',
  'is the program free',
  'do you share a room there',
])('"%s" asks of the program, not of the chat', (text) => {
  for (const { facts } of library.programs.map(({ id }) => ask(id, text)))
    expect(facts.filter(({ id }) => id.startsWith('assistant.'))).toEqual([])
})

test('"el" is a man where a verb follows, and an article before a thing', () => {
  expect(ask('inspira', '¿el sigue en su programa?').kind).toBe('privacy-refusal')
  const [before] = [['hola, mi hermano toma mucho']]
  expect(ask('inspira', '¿cuánto dura el programa?', before).facts[0]?.id).toBe('inspira.length')
  expect(ask('sample-004', '¿el seguro lo cubre?', ['my daughter']).facts[0]?.id).toBe('sample-004.commercial-plans')
})
