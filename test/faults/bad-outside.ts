/**
 * What a visitor's message may set going outside, badly behaved when told to: model, webhook, mail server.
 */
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

export type Outsider = 'model' | 'webhook' | 'mail'
/** It answers nothing, or what it answers is not so. */
export type Mood = 'well' | 'silent' | 'lies'

export interface Outside {
  readonly settings: Record<string, string>
  be(mood: Mood, who: Outsider): void
  end(): void
}

const signing = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

export async function openOutside(): Promise<Outside> {
  const moods: Record<Outsider, Mood> = { model: 'well', webhook: 'well', mail: 'well' }
  const web = createHttpServer((request, response) => {
    const who = (request.url ?? '').split('/')[1] as Outsider
    request.resume()
    if (moods[who] === 'silent') return
    if (moods[who] === 'lies')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(lieOf(who))
    response.writeHead(who === 'webhook' ? 204 : 503).end()
  })
  const mail = createServer((socket) => speak(socket, moods.mail))
  const [webPort, mailPort] = await Promise.all([portOf(web), portOf(mail)])
  const url = (who: Outsider): string => `http://127.0.0.1:${webPort}/${who}`
  return {
    settings: {
      OPENAI_MODEL: 'local',
      OPENAI_BASE_URL: url('model'),
      ON_CALL_WEBHOOK: url('webhook'),
      ON_CALL_WEBHOOK_SECRET: signing,
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      SMTP_FROM: 'desk@example.org',
      ON_CALL_EMAIL: 'night@example.org',
    },
    be(mood, who) {
      moods[who] = mood
    },
    end() {
      web.closeAllConnections()
      web.close()
      mail.close()
    },
  }
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A model that says nobody is in danger, in its own form; the others say that all is done. */
function lieOf(who: Outsider): string {
  const content = JSON.stringify({ danger: false, sign: null, facts: [], sentences: ['Everything is fine.'] })
  return JSON.stringify(
    who === 'model' ? { choices: [{ index: 0, message: { role: 'assistant', content } }] } : { status: 'delivered' },
  )
}

/** Takes any letter; a lying one says so before it has read it, and hangs up. */
function speak(socket: Socket, mood: Mood): void {
  socket.on('error', () => undefined)
  if (mood === 'silent') return
  socket.write('220 mail.example.org\r\n')
  socket.on('data', (chunk) => {
    const line = String(chunk)
    if (/^DATA/i.test(line)) {
      socket.write(mood === 'lies' ? '250 taken\r\n' : '354 go on\r\n')
      if (mood === 'lies') socket.end()
    } else socket.write('250 mail.example.org\r\n')
  })
}
