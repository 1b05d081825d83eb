/** Asks from the shell: `node test/knowledge/ask.ts PROGRAM "question"…`, and shows what came of it. */
import { answer } from '../../knowledge/answer.ts'
import { readLibrary } from '../../knowledge/library.ts'
import { readMessage } from '../../knowledge/reading/reading.ts'
import { topicsIn } from '../../knowledge/topics/topics.ts'

const { library, problems } = readLibrary('knowledge/programs')
for (const { file, line, message } of problems) console.error(`${file}:${line} ${message}`)
const [id, ...questions] = process.argv.slice(2)
const why = process.argv.includes('--why')
const program = library.programs.find((one) => one.id === id)
for (const text of program ? questions.filter((one) => one !== '--why') : []) {
  if (why)
    for (const clause of readMessage(text, program!.words).clauses)
      console.log(
        clause.asks,
        clause.lead.join(),
        [...clause.concepts].filter((name) => name !== 'filler').join(' '),
        '| unknown',
        clause.unknown.join(' '),
        '\n   ',
        topicsIn(clause.concepts, program!.words)
          .slice(0, 6)
          .map((hit) => `${hit.topic.id} ${hit.score}`)
          .join(', '),
      )
  const reply = answer({ text, locale: 'en-US', isOpen: true, today: '2026-11-23' }, program!)
  console.log(`${text}\n  ${reply.kind} ${reply.facts.map((fact) => fact.id).join(' ')}\n  ${reply.text}`)
}
