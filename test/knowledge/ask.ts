/** Asks from the shell: `node test/knowledge/ask.ts PROGRAM "question"…`, and shows what came of it. */
import { answer } from '../../knowledge/answer.ts'
import { readLibrary } from '../../knowledge/library.ts'

const { library, problems } = readLibrary('knowledge/programs')
for (const { file, line, message } of problems) console.error(`${file}:${line} ${message}`)
const [id, ...questions] = process.argv.slice(2)
const program = library.programs.find((one) => one.id === id)
for (const text of program ? questions : []) {
  const reply = answer({ text, locale: 'en-US', today: '2026-11-23' }, program!)
  console.log(`${text}\n  ${reply.kind} ${reply.facts.map((fact) => fact.id).join(' ')}\n  ${reply.text}`)
}
