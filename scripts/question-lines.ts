/**
 * The knowledge base's own questions as harmless lines: what most visitors write is no sign.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from '../flows/safety/gate.ts'
import { CERTAIN, hasFrame } from '../flows/safety/gate-odds.ts'

const root = join(import.meta.dirname, '..')

interface Asked {
  readonly text: string
  readonly lang: 'en' | 'es'
}

function examples(): Asked[] {
  return globSync('knowledge/programs/*/facts/*.md', { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line): Asked[] => {
        const match = /^(try|prueba): (.+)$/.exec(line)
        const lang = match?.[1] === 'prueba' ? 'es' : 'en'
        return match ? (match[2] as string).split('|').map((text) => ({ text: text.trim(), lang })) : []
      }),
  )
}

/** Questions about doses and the like may come with danger; those are left to the labelled lines. */
function byProgram(): Asked[] {
  return globSync(['test/knowledge/own-questions.jsonl', 'test/knowledge/asked/*.jsonl'], { cwd: root })
    .sort()
    .flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { question: string; lang?: string; type?: string; action?: string })
    .filter(({ type, action }) => type !== 'medical-advice' && action !== 'escalate')
    .map(({ question, lang }) => ({ text: question, lang: lang === 'es' ? 'es' : 'en' }))
}

/** Topics where danger may stand beside: bodies, doses and names of illnesses. */
const besideDanger = /^no-(dose|taper|medical-advice|diagnosis)$/

/** Questions by topic; a line that begins with # names the topic of those under it. */
function byTopic(): Asked[] {
  return globSync('test/knowledge/corpus/*.txt', { cwd: root })
    .sort()
    .flatMap((file) => readFileSync(join(root, file), 'utf8').split(/^# /m).slice(1))
    .map((part) => part.split('\n'))
    .filter(([topic]) => !besideDanger.test(topic?.trim() ?? ''))
    .flatMap(([, ...lines]) => lines.flatMap((line) => line.split('|')))
    .map((text) => ({ text: text.trim(), lang: /[¿áéíóúñ]/.test(text) ? ('es' as const) : ('en' as const) }))
    .filter(({ text }) => text !== '')
}

/** Requests that are put as orders and wishes, and circumstances told plainly, under a heading for each language. */
function requests(): Asked[] {
  const [, ...parts] = readFileSync(join(root, 'test/safety/author/requests.txt'), 'utf8').split(/^# (?=en$|es$)/m)
  return parts.flatMap((part) => {
    const lang = part.startsWith('es') ? 'es' : 'en'
    const texts = part.slice(2).split(/[|\n]/)
    return texts.map((text) => ({ text: text.trim(), lang }) as const).filter(({ text }) => text !== '')
  })
}

/** Blows are told of as they are: danger beside the question. So is what a frame is certain of. */
const blows = /\b(hits|beats|abuses) me\b/
const tellsDanger = (text: string): boolean => blows.test(text) || hasFrame(judge(text, []), CERTAIN)

const seen = new Set<string>()
const lines = [...examples(), ...byProgram(), ...byTopic(), ...requests()]
  .filter(({ text }) => !seen.has(text) && seen.add(text) && !tellsDanger(text))
  .map(({ text, lang }, index) => ({
    id: `question-${index}`,
    text,
    lang,
    label: 'none',
    who: 'self',
    must_escalate: false,
    tier: 'neg_plain',
    alt: [],
  }))
writeFileSync(
  join(root, 'test/safety/corpus/questions.jsonl'),
  `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
)
process.stderr.write(`${lines.length} questions\n`)
