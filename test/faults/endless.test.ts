/** Whoever answers without an end, a byte now and then or as fast as it can, is left in time and takes no memory. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { bounded } from '../../bot/providers/bounded.ts'
import { openaiModel } from '../../bot/providers/openai.ts'
import { askOutside } from '../../bot/providers/outside-request.ts'

/** Writes without an end: a byte now and then, or as fast as it can. */
async function endless(how: 'drips' | 'pours'): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const block = how === 'drips' ? ' ' : ' '.repeat(65_536)
    const write = (): void => {
      if (response.destroyed) return
      if (how === 'drips') setTimeout(write, 20)
      else setImmediate(write)
      response.write(block)
    }
    write()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, close }
}

test.each(['drips', 'pours'] as const)(
  'whoever %s is left: calendar, feed and payer, record system, model',
  async (how) => {
    const { url, close } = await endless(how)
    try {
      const inTime = { url, method: 'GET', headers: {}, body: null, allowInside: ['127.0.0.1'], timeoutMs: 300 }
      await expect(askOutside(inTime, 'nobody')).rejects.toMatchObject({ code: 'ServiceError' })
      const model = openaiModel({ baseUrl: url, apiKey: null, name: 'local' })
      const request = {
        purpose: 'answer' as const,
        instructions: '',
        input: '',
        form: { name: 'a', schema: {} },
        tokensAtMost: 5,
        deadlineMs: 300,
      }
      await expect(model.complete(request)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
      await expect(model.complete(request, () => undefined)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
      if (how === 'pours') await expect(bounded(await fetch(url)).text()).rejects.toThrow()
    } finally {
      close()
    }
  },
)
