/**
 * The model: any server of the OpenAI protocol, asked once, never twice, and only as long as allowed.
 *
 * The only file that imports `openai`. Its errors can hold the request, so nothing of them is passed on.
 */
import type OpenAI from 'openai'
import { AdmissionsError } from '../errors.ts'
import type { LanguageModel, ModelReply, ModelRequest } from '../models/language-model.ts'

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
    ({ default: Client }) => new Client({ apiKey: apiKey ?? 'none', ...address, maxRetries: 0, logLevel: 'off' }),
  )
  return {
    async complete(request) {
      const signal = AbortSignal.timeout(request.deadlineMs)
      const reply = await (await client).chat.completions
        .create(bodyOf(request, name), { signal, timeout: request.deadlineMs })
        .catch(() => unavailable('did not answer in time or in its protocol'))
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

/** A server may send anything at all under its 200, so each step down is optional. */
function parsed(reply: OpenAI.ChatCompletion): ModelReply {
  const text: unknown = reply?.choices?.[0]?.message?.content
  if (typeof text !== 'string' || text.length > LONGEST_REPLY) return unavailable('answered without a usable text')
  const tokens = Number(reply.usage?.total_tokens ?? 0)
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
