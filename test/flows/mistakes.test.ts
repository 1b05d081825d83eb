import { expect, test } from 'vitest'
import { readFlows } from '../../flows/engine/read.ts'
import { scriptFiles } from './house.ts'

/** File, what stands there, what somebody makes of it, what the message must say. */
const mistakes: readonly (readonly [string, string, string, RegExp])[] = [
  ['scripts/screening.yaml', '        go: done\n', '        go: dome\n', /no step `dome`.*use one of/],
  ['scripts/screening.yaml', '    call: safety', '    call: safty', /no flow `safty`.*use one of/],
  [
    'scripts/screening.yaml',
    'es: ¿Cuántos años tiene?',
    'esp: ¿Cuántos años tiene?',
    /Spanish words are missing|unknown word `esp`/,
  ],
  [
    'scripts/screening.yaml',
    'ask: { en: How old are you?, es: ¿Cuántos años tiene? }',
    'ask: { en: How old are you? }',
    /Spanish words are missing: add `es:`/,
  ],
  [
    'scripts/screening.yaml',
    'ask: { en: How old are you?, es: ¿Cuántos años tiene? }',
    'ask: { es: ¿Cuántos años tiene? }',
    /English words are missing/,
  ],
  ['scripts/screening.yaml', '    input: number', '    input: numbr', /`input` must be one of choice, multi/],
  ['scripts/screening.yaml', '    min: 5\n', '    min: 500\n', /no number is at least 500.*swap/],
  ['scripts/screening.yaml', '    answer: age\n', '    anwser: age\n', /unknown word `anwser`|`answer` is missing/],
  ['scripts/screening.yaml', '    answer: age\n', '    answer: Age of you\n', /answers are named like/],
  ['scripts/screening.yaml', 'answer: age, below: 18', 'answer: agee, below: 18', /no step asks for `agee`/],
  [
    'scripts/screening.yaml',
    'answer: age, below: 18',
    'answer: age, below: 18, above: 3',
    /exactly one of is, in, below/,
  ],
  ['scripts/screening.yaml', 'answer: age, below: 18', 'anser: age, below: 18', /is no condition: use/],
  ['scripts/screening.yaml', '  - id: use\n', '  - id: safety\n', /step `safety` exists twice/],
  ['scripts/screening.yaml', '      - go: safety\n', '      - go: done\n', /nothing leads to the step `safety`/],
  [
    'scripts/screening.yaml',
    '  - id: intro\n    say:',
    '  - id: intro\n    sya:',
    /does nothing known: give it exactly one of say, ask/,
  ],
  ['scripts/screening.yaml', '    call: mood', '    call: mood\n    go: done', /does 2 things \(go, call\)/],
  ['scripts/screening.yaml', 'flow: screening', 'flow: Screening One', /lower-case words joined by dashes/],
  ['scripts/screening.yaml', 'title: {', 'titel: {', /unknown word `titel`|`title` is missing/],
  ['scripts/screening.yaml', 'review: awaiting-review', 'review: fine', /`review`/],
  ['scripts/screening.yaml', '  - id: intro\n', '   - id: intro\n', /is not YAML/],
  ['scripts/screening.yaml', 'flow: screening\n', '\n', /is no script: begin it with `flow:`/],
  ['scripts/use.yaml', 'item: audit1 }', 'item: audit9 }', /no item `audit9` in an instrument `audit-c`/],
  [
    'scripts/use.yaml',
    'instrument: taps-1, item: taps4',
    'instrument: taps-7, item: taps4',
    /no item `taps4` in an instrument `taps-7`/,
  ],
  [
    'scripts/handoff.yaml',
    '    effect: { type: open-lead }',
    '    effect: { type: find-route }',
    /never reaches a person: put `effect/,
  ],
  ['scripts/handoff.yaml', '{ type: open-lead }', '{ type: open-leed }', /`type`/],
  ['scripts/handoff.yaml', '    end: handed-off', '    end: finished', /`end` must be one of handed-off, crisis/],
  ['scripts/handoff.yaml', 'contact you {promise}.', 'contact you {time}.', /nothing fills `{time}`: use one of/],
  [
    'scripts/phrases.yaml',
    'That is all right. A person will tell',
    'You are covered. A person will tell',
    /promises coverage/,
  ],
  [
    'scripts/phrases.yaml',
    'Está bien. Una persona le dirá',
    'Es gratis. Una persona le dirá',
    /promises that something is free/,
  ],
  [
    'scripts/next-step.yaml',
    'Thank you. A person will look',
    'Great! A person will look',
    /shouts|no help to somebody/,
  ],
  [
    'scripts/next-step.yaml',
    'Thank you. A person will look',
    'Thank you. We guarantee a person will look',
    /promises an outcome/,
  ],
  [
    'scripts/loved-one.yaml',
    'It is good that you ask.',
    'It is hard to love an addict.',
    /names a person by an illness/,
  ],
  ['scripts/loved-one.yaml', 'It is good that you ask.', 'Your child may commit suicide.', /died by suicide/],
  ['scripts/consent.yaml', '    consent: contact\n', '', /a consent needs both/],
  ['scripts/contact.yaml', '    input: phone\n', '    input: choice\n', /a `choice` needs options/],
  [
    'scripts/contact.yaml',
    '{ value: morning, en: Morning',
    '{ value: Morning!, en: Morning',
    /one lower-case word that stays the same/,
  ],
  ['scripts/contact.yaml', 'synonyms: [mornings, am,', 'synonyms: [evening, am,', /means both `morning` and `evening`/],
  [
    'scripts/closing.yaml',
    '  - id: quiet\n    forget: [closing]\n  - id: still-here\n    ask:',
    '  - id: quiet\n    forget: [closing]\n  - id: round\n    go: quiet\n  - id: still-here\n    ask:',
    /runs in a circle without a question|nothing leads to the step/,
  ],
  ['scripts/main.yaml', '    become: professional', '    become: main', /no script leads to the flow `professional`/],
  ['scripts/crisis.yaml', '  - label: self_harm', '  - label: self_hram', /`label` must be one of/],
  ['scripts/crisis.yaml', '  - label: self_harm', '  - label: overdose_now', /no protocol for `self_harm`/],
  ['scripts/crisis.yaml', '      - id: wound\n', '      - id: suicide\n', /two follow-up steps have the same id/],
  ['scripts/phrases.yaml', '  bridge:', '  brigde:', /brigde|bridge/],
  ['instruments/phq-4.yaml', '        score: 3\n', '', /this option has no score/],
  ['instruments/phq-4.yaml', '        score: 3\n', '        score: 4\n', /add up to 13, not 12/],
  ['instruments/phq-4.yaml', '      max: 12', '      max: 11', /a total of 12 lies in 0 bands/],
  ['instruments/audit-c.yaml', 'loincTotal: 75626-2', 'loincTotal: 75626-3', /75626-3 is no LOINC code/],
  ['instruments/audit-c.yaml', 'id: audit-c\n', 'id: dast-10\n', /may not be shipped without a licence|no item/],
  ['instruments/audit-c.yaml', '      linkId: audit1\n', '      linkId: audit8\n', /no item `audit8` here/],
  [
    'scripts/next-step.yaml',
    'en: Thank you. A person will look at this with you.',
    'en: Considering individual circumstances necessitates multidisciplinary professional evaluation before ultimately determining appropriate therapeutic intervention.',
    /reads at school grade \d+\.\d, at most 8: .*name `next-step\/staff-decides` in scripts\/reading.yaml/,
  ],
  [
    'scripts/next-step.yaml',
    'es: Gracias. Una persona verá esto con usted.',
    'es: Consideraciones multidisciplinarias individualizadas determinarán posteriormente intervenciones profesionales especializadas correspondientes a circunstancias particulares documentadas anteriormente.',
    /reads at -?\d+\.\d points of INFLESZ, at least 55/,
  ],
  [
    'scripts/reading.yaml',
    'en: { file: 6, text: 8 }',
    'en: { file: 1, text: 8 }',
    /as a whole this file reads at school grade/,
  ],
  [
    'scripts/reading.yaml',
    'exceptions: []',
    'exceptions: [{ at: screening/age, language: en, because: it was once long }]',
    /no text at `screening\/age` needs this exception: remove it/,
  ],
  [
    'scripts/reading.yaml',
    'exceptions: []',
    'exceptions: [{ at: screening/age, language: en, because: so }]',
    /`because`: say why/,
  ],
  [
    'scripts/reading.yaml',
    'en: { file: 6, text: 8 }',
    'en: { file: six, text: 8 }',
    /`file` is missing or of the wrong kind/,
  ],
  [
    'scripts/next-step.yaml',
    'Thank you. A person will look at this with you.',
    'Thank you. A person will call you within an hour.',
    /promises a time that nobody has worked out: use \{promise\}/,
  ],
  [
    'scripts/next-step.yaml',
    'Gracias. Una persona verá esto con usted.',
    'Gracias. Una persona le llamará en dos horas.',
    /promises a time that nobody has worked out/,
  ],
  [
    'scripts/next-step.yaml',
    'Thank you. A person will look at this with you.',
    'I promise that you will feel better.',
    /promises what nobody can/,
  ],
  ['scripts/where.yaml', '    call: outside-area', '    call: main', /this calls in a circle \(where → main → where\)/],
  [
    'scripts/not-contacted.yaml',
    '    end: information',
    '    become: not-contacted',
    /`not-contacted` becomes itself again without a question on the way/,
  ],
  [
    'scripts/not-reachable.yaml',
    '    end: information',
    '    set: { left: yes-left }',
    /after `end` this path has no ending: add `end:`/,
  ],
  [
    'scripts/screening.yaml',
    'es: ¿Cuántos años tiene?',
    'es: How old are you?',
    /the Spanish is the English again: translate it/,
  ],
  [
    'scripts/handoff.yaml',
    'una persona le contactará {promise}.',
    'una persona le contactará.',
    /`\{promise\}` stands in one language only/,
  ],
  [
    'scripts/for-whom.yaml',
    'es: Dígame quién puede necesitar el programa, usted u otra persona.',
    'es: Dígame quién puede necesitar el programa, usted u otra persona.\n  - id: round\n    go: whom',
    /from `whom` there is no way out of this flow: add a branch/,
  ],
  [
    'scripts/for-whom.yaml',
    'es: Dígame quién puede necesitar el programa, usted u otra persona.',
    'es: Dígame quién es.\n  - id: hold\n    wait: { en: Please hold on., es: Espere un poco. }\n    options: [{ value: time-passed, en: Go on, es: Seguir }]',
    /`time-passed` is what a wait keeps by itself/,
  ],
  [
    'scripts/mood.yaml',
    'item: { instrument: phq-4, item: gad1 }',
    'item: { instrument: taps-1, item: taps4 }',
    /taps-1 has no Spanish and this flow asks nothing of its own there: add an ask with/,
  ],
  [
    'scripts/use.yaml',
    'item: audit3 }',
    'item: audit2 }',
    /no script asks `audit3`, so audit-c would never have a total/,
  ],
  [
    'instruments/pc-ptsd-5.yaml',
    'score: 1\n',
    'score: 0\n',
    /`ptsd1` scores the same for every answer: mend the scores/,
  ],
  ['routing.yaml', 'id: E-02\n', 'id: E-01\n', /rule E-01 exists twice/],
  ['routing.yaml', '    route: higher\n', '    route: hihger\n', /`route` must be one of emergency/],
]

test.each(mistakes)(
  '%s: "%s" turned into "%s" is found, with its place and its mend',
  (file, right, wrong, message) => {
    const files = scriptFiles().map((one) => {
      if (one.path !== `flows/${file}`) return one
      expect(one.text).toContain(right)
      return { ...one, text: one.text.replace(right, wrong) }
    })
    const found = readFlows(files).problems.filter((one) => one.severity === 'problem')
    const mine = found.filter((one) => message.test(one.message))
    expect(found.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`).join('\n')).toMatch(message)
    expect(mine[0]!.line).toBeGreaterThan(0)
    expect(mine[0]!.column).toBeGreaterThan(0)
  },
)

test('a missing file is named', () => {
  const files = scriptFiles().filter((one) => !one.path.endsWith('crisis.yaml'))
  expect(readFlows(files).problems.map((one) => one.message)).toContain(
    'the crisis file is missing or broken: add or mend it',
  )
})

test('known gaps are warnings', () => {
  const warnings = readFlows(scriptFiles()).problems
  expect(warnings.every((one) => one.severity === 'warning')).toBe(true)
  expect(warnings.some((one) => /no approved Spanish/.test(one.message))).toBe(true)
})
