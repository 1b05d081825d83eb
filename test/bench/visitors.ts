/**
 * The bench's visitors: each goes through one talk after the other, every talk in a conversation of its own.
 */
import type { Visitor } from './load.ts'
import { talks } from './talks.ts'

export interface Started {
  readonly conversationId: string
  readonly token: string
  readonly streamUrl: string
}

export async function start(address: string): Promise<Started> {
  const granted = (await (await fetch(`${address}/programs/inspira/token`, { method: 'POST' })).json()) as Started
  const headers = { authorization: `Bearer ${granted.token}` }
  return (await (await fetch(`${address}/v3/directline/conversations`, { method: 'POST', headers })).json()) as Started
}

let posted = 0

function bodyOf(text: string): string {
  posted += 1
  return JSON.stringify({
    type: 'message',
    text,
    from: { id: 'visitor' },
    channelData: { clientActivityID: `bench.${posted}.${Math.random()}` },
  })
}

/** @param conversations - enough of them for the round; after the last it begins again with the first. */
function talker(address: string, conversations: readonly Started[], first: number): Visitor {
  let talk = first
  let line = 0
  return () => {
    const lines = talks[talk % talks.length] as readonly string[]
    const { conversationId, token } = conversations[(talk - first) % conversations.length] as Started
    const text = lines[line] as string
    line += 1
    if (line === lines.length) {
      line = 0
      talk += 1
    }
    return {
      url: `${address}/v3/directline/conversations/${conversationId}/activities`,
      headers: { authorization: `Bearer ${token}` },
      body: bodyOf(text),
    }
  }
}

/** Talks ready for each visitor before a round; more than a round can use up. */
const TALKS_EACH = 24

export function talkers(address: string, count: number): Promise<Visitor[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const conversations: Started[] = []
      for (let talk = 0; talk < TALKS_EACH; talk += 1) conversations.push(await start(address))
      return talker(address, conversations, index)
    }),
  )
}

/** The same words to an echo. */
export function echoer(url: string, first: number): Visitor {
  let line = first
  const words = talks.flat()
  return () => {
    line += 1
    return { url, headers: {}, body: bodyOf(words[line % words.length] as string) }
  }
}

/** The same words to an echo bot of the SDKs, which answers in the response. */
export function echoBotVisitor(address: string, first: number): Visitor {
  let line = first
  const words = talks.flat()
  const about = {
    deliveryMode: 'expectReplies',
    channelId: 'emulator',
    serviceUrl: address,
    recipient: { id: 'bot' },
    conversation: { id: `bench-${first}` },
  }
  return () => {
    line += 1
    const activity = JSON.parse(bodyOf(words[line % words.length] as string)) as object
    return {
      url: `${address}/api/messages`,
      headers: {},
      body: JSON.stringify({ ...activity, id: `${line}`, ...about }),
    }
  }
}

/** The same words to offline-directline, in a conversation that its first message begins. */
export function offlineVisitor(address: string, first: number): Visitor {
  return echoer(`${address}/directline/conversations/bench-${first}/activities`, first)
}
