/**
 * The model: any server of the OpenAI protocol, asked once, never twice, and only as long as allowed.
 *
 * The only file that imports `openai`. Its errors can hold the request, so nothing of them is passed on.
 */
import type OpenAI from 'openai'
import { AdmissionsError } from '../errors.ts'
import type { LanguageModel, ModelReply, ModelRequest } from '../models/language-model.ts'
import { bounded } from './bounded.ts'

export interface ModelServer {
  /** null = the provider's own address. */
  readonly baseUrl: string | null
  /** null = a server that asks for none. */
  readonly apiKey: string | null
  readonly name: string
}

export function openaiModel({ baseUrl, apiKey, name }: ModelServer): LanguageModel {
  const address = baseUrl === null ? {} : { baseURL: baseUrl }
  // Loaded only where a model is configured, and at the start, so that no question waits for it.
  const client = import('openai').then(
    ({ default: Client }) =>
      new Client({
        apiKey: apiKey ?? 'none',
        ...address,
        maxRetries: 0,
        logLevel: 'off',
        fetch: async (...asked) => bounded(await fetch(asked[0], { ...asked[1], redirect: 'error' })),
      }),
  )
  return {
    async complete(request, onGrowth) {
      const asked = { client: await client, body: bodyOf(request, name), deadlineMs: request.deadlineMs }
      const reply = await (onGrowth ? growing(asked, onGrowth) : whole(asked)).catch((error: unknown) => {
        if (error instanceof AdmissionsError) throw error
        return unavailable('did not answer in time or in its protocol')
      })
      return parsed(reply)
    },
  }
}

function bodyOf({ instructions, input, form, tokensAtMost }: ModelRequest, model: string) {
  return {
    model,
    messages: [
      { role: 'system' as const, content: instructions },
      { role: 'user' as const, content: input },
    ],
    max_completion_tokens: tokensAtMost,
    response_format: {
      type: 'json_schema' as const,
      json_schema: { name: form.name, schema: form.schema, strict: true },
    },
  }
}

interface AskedModel {
  readonly client: OpenAI
  readonly body: ReturnType<typeof bodyOf>
  readonly deadlineMs: number
}

interface RawReply {
  readonly text: unknown
  readonly tokens: unknown
}

async function whole({ client, body, deadlineMs }: AskedModel): Promise<RawReply> {
  const limits = { signal: AbortSignal.timeout(deadlineMs), timeout: deadlineMs }
  return rawOf(await client.chat.completions.create(body, limits))
}

/** Piece by piece; a server that knows no pieces answers at once, as if it had not been asked for them. */
async function growing({ client, body, deadlineMs }: AskedModel, onGrowth: (text: string) => void): Promise<RawReply> {
  const limits = { signal: AbortSignal.timeout(deadlineMs), timeout: deadlineMs }
  const inPieces = { ...body, stream: true as const, stream_options: { include_usage: true } }
  const { data, response } = await client.chat.completions.create(inPieces, limits).withResponse()
  if (response.headers.get('content-type')?.includes('application/json')) {
    const reply = rawOf((await response.json()) as OpenAI.ChatCompletion)
    if (typeof reply.text === 'string') onGrowth(reply.text)
    return reply
  }
  let text = ''
  let tokens = 0
  for await (const piece of data) {
    const more: unknown = piece?.choices?.[0]?.delta?.content
    tokens = piece?.usage?.total_tokens ?? tokens
    if (typeof more !== 'string' || more === '') continue
    text += more
    if (text.length > LONGEST_REPLY) return unavailable('answered without a usable text')
    onGrowth(text)
  }
  return { text, tokens }
}

/** A server may send anything at all under its 200, so each step down is optional. */
function rawOf(reply: OpenAI.ChatCompletion): RawReply {
  return { text: reply?.choices?.[0]?.message?.content, tokens: reply?.usage?.total_tokens }
}

function parsed({ text, tokens: said }: RawReply): ModelReply {
  if (typeof text !== 'string' || text.length > LONGEST_REPLY) return unavailable('answered without a usable text')
  const tokens = Number(said ?? 0)
  try {
    return { value: JSON.parse(text), tokens: Number.isFinite(tokens) ? tokens : 0 }
  } catch {
    return unavailable('answered no JSON')
  }
}

/** Characters; far beyond anything that was asked for. */
const LONGEST_REPLY = 20_000

function unavailable(what: string): never {
  throw new AdmissionsError('MODEL_UNAVAILABLE', `The model ${what}.`)
}
