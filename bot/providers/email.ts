/**
 * Pages outside by e-mail (SMTP): the same thin news as the webhook, in neutral words.
 *
 * A mailbox is read by more people than one and mail travels in the open, so it says that somebody
 * waits, when, and under which id; never who, what for, or at which program. The Message-ID is the
 * effect's own, so that a second try is the same mail.
 */
import { connect, type Socket } from 'node:net'
import type { Transporter } from 'nodemailer'
import { AdmissionsError } from '../errors.ts'
import type { Permit } from '../outbox/exits.ts'
import { MANAGER_FROM } from '../outbox/retry.ts'
import type { Notifier, StoredEffect } from '../ports.ts'

export interface Mailbox {
  /** `smtp://` or `smtps://`, with user and password when the server asks for them. */
  readonly url: string
  readonly from: string
}

export interface EmailTarget {
  /** Who is called when somebody is in danger. */
  readonly onCall: readonly string[]
  /** Who is mailed too when on-call does not come. */
  readonly managers: readonly string[]
  /** Who hears of every new request. */
  readonly leads: readonly string[]
}

export interface Letter {
  /** Also its Message-ID. */
  readonly id: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly attachment?: { readonly name: string; readonly type: string; readonly body: string }
}

/** Sends letters. @throws AdmissionsError `ServiceError` without a word of the letter. */
export interface Post {
  send(letter: Letter, permit: Permit): Promise<void>
}

/** How long a server may be silent, and how long a letter may take in all: well below an effect's lease. */
export interface MailTimes {
  readonly silentMs: number
  readonly letterMs: number
}
const usualTimes: MailTimes = { silentMs: 10_000, letterMs: 20_000 }
const loopback = /^(127\.|localhost$|\[?::1\]?$)/

export function openMailbox(mailbox: Mailbox, times: MailTimes = usualTimes): Post {
  // Loaded only where mail is configured.
  const transport = transportTo(mailbox, times)
  return {
    async send({ id, to, subject, text, attachment }) {
      const messageId = `<${id}@${domainOf(mailbox.from)}>`
      const attachments = attachment
        ? [{ filename: attachment.name, contentType: attachment.type, content: attachment.body }]
        : []
      const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
      const letter = { from: mailbox.from, to: [...to], subject, text, messageId, headers, attachments }
      await (await transport).sendMail(letter).catch(undelivered)
    },
  }
}

/** Encrypted on the way, but to a server on this machine. */
async function transportTo({ url }: Mailbox, times: MailTimes): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const address = new URL(url)
  const isTls = address.protocol === 'smtps:'
  const place = { host: address.hostname, port: Number(address.port || (isTls ? 465 : 587)) }
  return createTransport({
    ...place,
    getSocket: (_options, done) => socketTo(place, times, done),
    secure: isTls,
    requireTLS: !isTls && !loopback.test(address.hostname),
    ignoreTLS: !isTls && loopback.test(address.hostname),
    ...(address.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) } }),
    greetingTimeout: times.silentMs,
    socketTimeout: times.silentMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/**
 * A socket that ends when a letter has taken too long, whatever the server does meanwhile: one that answers a
 * letter a minute would otherwise keep it past its lease, and the next round would send it beside the first.
 */
function socketTo(
  place: { host: string; port: number },
  { silentMs, letterMs }: MailTimes,
  done: (error: Error | null, opened: { connection: Socket } | false) => void,
): void {
  const socket = connect({ ...place, signal: AbortSignal.timeout(letterMs) })
  socket.setTimeout(silentMs, () => socket.destroy(new Error('silent')))
  // Whoever reads it listens too; an end that comes after everybody has left is nobody's fault.
  socket.on('error', () => undefined)
  const failed = (error: Error): void => done(error, false)
  socket.once('error', failed)
  socket.once('connect', () => {
    socket.off('error', failed)
    done(null, { connection: socket })
  })
}

export function emailNotifier(post: Post, target: EmailTarget): Notifier {
  return {
    name: 'email',
    async notify(effect, permit) {
      const to = recipients(target, effect)
      if (to.length > 0) await post.send({ id: effect.id, to, ...wordsOf(effect) }, permit)
    },
  }
}

/** The ladder: the desk and on-call at once; from the third page on, the manager too. */
function recipients(target: EmailTarget, effect: StoredEffect): readonly string[] {
  if (effect.kind !== 'page-on-call') return target.leads
  return effect.attempts >= MANAGER_FROM ? [...new Set([...target.onCall, ...target.managers])] : target.onCall
}

function wordsOf(effect: StoredEffect): { subject: string; text: string } {
  const isPage = effect.kind === 'page-on-call'
  const lines = [
    isPage ? 'A person needs you now. Please open the desk and claim the request at the top.' : 'A request came in.',
    'The desk has everything else. Please do not answer this mail.',
    '',
    `Request: ${effect.conversation}`,
    `Notice: ${effect.id}${effect.attempts > 0 ? `, sent ${effect.attempts + 1} times` : ''}`,
  ]
  return { subject: isPage ? 'Now: a person waits' : 'A new request', text: lines.join('\n') }
}

function domainOf(from: string): string {
  return /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? 'localhost'
}

/** A server quotes the letter in its refusals: only its answer's code is passed on. */
function undelivered(error: unknown): never {
  const answered = error !== null && typeof error === 'object' && 'responseCode' in error ? error.responseCode : null
  const what = typeof answered === 'number' ? `answered ${answered}` : 'could not be reached'
  throw new AdmissionsError('ServiceError', `The mail server ${what}.`)
}
