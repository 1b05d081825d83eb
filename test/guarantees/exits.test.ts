/**
 * The one door out: every way in which something could leave the house stands here, and each asks the ledger.
 *
 * A new file that opens a line to the outside fails this test until it takes a `Permit`, or stands in the
 * list of those that carry nothing about a person, with the reason.
 */
import { expect, test } from 'vitest'
import { exits } from '../../bot/outbox/exits.ts'
import { importsOf, sourceFiles } from './source-files.ts'

/** Files that send, write or ask outside about a person, and the exit that each needs. */
const doors: Record<string, readonly (keyof typeof exits)[]> = {
  'bot/providers/webhook.ts': ['page-on-call', 'announce-lead'],
  'bot/providers/signed-post.ts': ['page-on-call', 'announce-lead', 'tell-subscribers', 'tell-revocation'],
  'bot/providers/crm.ts': ['write-customer-file'],
  'bot/providers/fhir.ts': ['write-record'],
  'bot/eligibility/clearinghouse.ts': ['ask-payer'],
  'bot/providers/email.ts': ['page-on-call', 'announce-lead', 'write-to-visitor'],
  'bot/providers/outside-request.ts': ['write-calendar', 'clear-calendar', 'ask-payer'],
}

/** Lines to the outside that say nothing about a person, or never leave what the operator runs. */
const others: Record<string, string> = {
  'bot/providers/openai.ts':
    'the model is given a question and facts, names and numbers taken out; its own tests keep that',
  'bot/stores/redis/connection.ts': 'the store: sealed bytes, ids, codes and times',
  'bot/subscribers/inside-guard.ts': 'looks addresses up and judges them; it calls nobody',
  'bot/commands/facts.ts': 'reads a public page that a programmer names; nobody is in it',
  'bot/rehearse/play.ts': 'calls the installation itself; its visitor is nobody',
  'bot/rehearse/visitor.ts': 'calls the installation itself; its visitor is nobody',
  'bot/rehearse/desk.ts': 'calls the installation itself; its visitor is nobody',
  'bot/operation/tracing.ts': 'stages, codes and times; no word and no id of a conversation (the canary keeps that)',
  'bot/operation/logs-away.ts': 'codes, ids and times of the log; no word (the canary keeps that)',
  'bot/service.ts': 'listens; it never calls',
  'bot/front-doors.ts': 'listens; it never calls',
  'bot/tls.ts': 'listens; it never calls',
  'bot/channels/azure.ts': 'answers Microsoft’s channel in the same conversation',
}

const outward =
  /^(node:(net|tls|http|https|http2|dgram)|undici|nodemailer|openai|ioredis|axios|got|node-fetch|tsdav|botbuilder|@opentelemetry\/exporter-.*)$/
const calls = /(?<![\w.])(fetch|WebSocket|EventSource|XMLHttpRequest)\(|\.sendMail\(/

const bot = sourceFiles().filter(({ path }) => path.startsWith('bot/'))

test('nothing opens a line to the outside but the known doors', () => {
  const lines = bot.filter(
    (file) =>
      importsOf(file).some((one) => outward.test(one.from) && !one.typeOnly) ||
      file.text.split('\n').some((line) => calls.test(line.replace(/^\s*(\*|\/\/).*$/, ''))),
  )
  const known = [...Object.keys(doors), ...Object.keys(others), ...sdk]
  expect(lines.map(({ path }) => path).filter((path) => !known.includes(path))).toEqual([])
})

/** The Bot Framework's adapter of our own end point: it answers on the visitor's line. */
const sdk = ['bot/channels/direct-line-adapter.ts', 'bot/channels/direct-line-socket.ts']

test('every door takes a permit, and only the ledger’s function makes one', () => {
  for (const [path, needed] of Object.entries(doors)) {
    const text = bot.find((file) => file.path === path)?.text ?? ''
    expect(text, `${path} takes no permit`).toMatch(/[Pp]ermit|Notifier/)
    for (const exit of needed) expect(Object.keys(exits)).toContain(exit)
  }
  const makers = bot.filter(({ text }) => /as (unknown as )?Permit\b|\[permitted\]/.test(text)).map(({ path }) => path)
  expect(makers).toEqual(['bot/outbox/exits.ts'])
})

test('each exit says what it carries, and only ids and times go without a yes, in danger or to stop', () => {
  const free = Object.entries(exits).filter(([, { emergency }]) => emergency)
  expect(free.map(([name]) => name)).toEqual(['page-on-call', 'announce-lead', 'tell-subscribers'])
  for (const { carries } of Object.values(exits)) expect(carries.length).toBeGreaterThan(10)
})
