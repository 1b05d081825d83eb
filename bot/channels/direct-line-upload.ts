/**
 * Direct Line's upload, in both of its forms: one file with its headers, or a form with an activity and files.
 */
import express, { type Request, type Response, type Router } from 'express'
import type { IncomingActivity } from '../../flows/activity.ts'
import { AdmissionsError } from '../errors.ts'
import { createPlaces } from '../limits/places.ts'
import { addressPrefix } from '../limits/rate-limit.ts'
import { FILE_MAX } from '../photos/decode.ts'
import { keepPhotos } from '../photos/keep-photo.ts'
import { visitorMessage } from '../turn/visitor-message.ts'
import { parseActivity } from './admissions-bot.ts'
import type { DirectLine } from './direct-line.ts'
import { receiveInTurn } from './direct-line-urgency.ts'

/** Two sides of a card. */
const FILES_AT_MOST = 2
const FORM_EXTRA = 64 * 1024
const ACTIVITY = 'application/vnd.microsoft.activity'
/** Each may hold twenty megabytes, from its first byte to its answer: all of them together half a gigabyte. */
const AT_ONCE = { house: 24, network: 8, conversation: 2 }

/** The files are not read yet: words are taken first, whatever is wrong with a file. */
interface Parts {
  readonly files: readonly (Buffer | Blob)[]
  readonly activity: IncomingActivity
}

export function uploadRoute(line: DirectLine, router: Router): void {
  const body = express.raw({ type: () => true, limit: FILES_AT_MOST * FILE_MAX + FORM_EXTRA })
  const permitted = async (request: Request<{ id: string }>, _response: Response, next: () => void) => {
    await line.auth.grantFor(request, request.params.id)
    next()
  }
  const places = createPlaces(AT_ONCE)
  const withPlace = (request: Request<{ id: string }>, response: Response, next: () => void) => {
    const giveBack = places.take(['house', `network ${addressPrefix(request.ip)}`, `conversation ${request.params.id}`])
    if (giveBack === null)
      throw new AdmissionsError('TooManyRequests', 'Too many photos at once: send it again.', { retryAfter: '10' })
    response.once('close', giveBack)
    next()
  }
  router.post(
    '/conversations/:id/upload',
    permitted,
    withPlace,
    body,
    async (request: Request<{ id: string }>, response) => {
      response.json({ id: await upload(line, request) })
    },
  )
}

/** Words that come with a file are a turn of their own, before it: they pass the gate like any others. */
async function upload(line: DirectLine, request: Request<{ id: string }>): Promise<string> {
  const { id } = request.params
  const grant = await line.auth.grantFor(request, id)
  const { files, activity } = await partsOf(request)
  const { text, value, ...rest } = activity
  const visitor = { conversation: id, user: grant?.user ?? '', program: grant?.program }
  const words = wordsOf(activity)
  if (words) await receiveInTurn(line, visitor, { activity: words, address: request.ip })
  if (files.length === 0 || files.length > FILES_AT_MOST) {
    throw new AdmissionsError('BadArgument', `Send one or ${FILES_AT_MOST} files: the sides of a card.`)
  }
  if (!words && line.turnLimit.take(id) > 0)
    throw new AdmissionsError('TooManyRequests', 'Too many messages in a minute: wait a moment.', { retryAfter: '10' })
  const read = await Promise.all(
    files.map(async (file) => (Buffer.isBuffer(file) ? file : Buffer.from(await file.arrayBuffer()))),
  )
  return keepPhotos(line.house, id, { files: read, activity: rest })
}

/** Said once, however often the upload is tried again; null where nothing was written or filled in. */
function wordsOf({ text, value, locale, channelData }: IncomingActivity): IncomingActivity | null {
  const message = visitorMessage({ type: 'message', text, value })
  if (![message.text, ...Object.values(message.fields ?? {})].some((part) => part.trim() !== '')) return null
  const id = channelData?.clientActivityID
  const once = typeof id === 'string' && id !== '' ? { channelData: { clientActivityID: `${id}/words` } } : {}
  return { type: 'message', text, value, locale, ...once }
}

async function partsOf(request: Request): Promise<Parts> {
  const type = request.headers['content-type'] ?? ''
  const bytes: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  if (bytes.length === 0) throw new AdmissionsError('BadArgument', 'The upload is empty: send a file.')
  if (!/^multipart\/form-data/i.test(type)) return { files: [bytes], activity: { type: 'message' } }
  // The platform's own, which it loads when it is first named; Express's has the same name.
  const form = await new globalThis.Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new AdmissionsError('MalformedData', 'The form could not be read: send multipart/form-data.')
    })
  const blobs = [...form.values()].flatMap((part) => (typeof part === 'string' ? [] : [part]))
  const template = blobs.find((blob) => blob.type.startsWith(ACTIVITY))
  const files = blobs.filter((blob) => blob !== template)
  return {
    files,
    activity: template ? parseActivity(json(await template.text())) : { type: 'message' },
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AdmissionsError('MalformedData', 'The activity of the form is no JSON.')
  }
}
