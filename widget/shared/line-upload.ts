/**
 * Files over Direct Line: one form with an activity that carries the client's id, and the files themselves.
 *
 * Not kept for later like words: a photo that did not arrive is chosen again. It comes with the fields, on
 * demand, so that the first message costs nothing for it.
 */
import type { SendState } from './outbox.ts'

export interface Upload {
  readonly url: string
  readonly token: string
  readonly locale: string
  readonly clientId: string
}

/** A phone's photo over a slow line. */
const TIMEOUT_MS = 120_000

/** `refused` when the service said no (it says why in the chat), `failed` when it was not reached. */
export async function sendFiles({ url, token, locale, clientId }: Upload, files: readonly File[]): Promise<SendState> {
  const activity = { type: 'message', locale, channelData: { clientActivityID: clientId } }
  const form = new FormData()
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }))
  for (const file of files) form.append('file', file, 'card')
  const headers = { Authorization: `Bearer ${token}` }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response = await fetch(url, { method: 'POST', headers, body: form, signal }).catch(() => null)
  if (response?.ok) return 'sent'
  return response && response.status < 500 && response.status !== 429 ? 'refused' : 'failed'
}
