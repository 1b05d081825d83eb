/**
 * A photo of a card, from a file to a sealed document that only the desk opens.
 *
 * It is taken once asking the insurer was allowed, and never before; it goes when the plan was checked,
 * when its days are over, when the visitor takes it off the review, and with the conversation.
 */
import type { IncomingActivity } from '../../flows/activity.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { holdOf } from '../keeping/legal-hold.ts'
import { overIfIllegible } from '../keeping/legible.ts'
import { seal, unseal } from '../keeping/vault.ts'
import { suggestCard } from '../outbox/verification.ts'
import type { DocumentRecord } from '../stores/document-port.ts'
import { clientKeyOf, type LiveConversation, newId } from '../turn/conversations.ts'
import { activityId, visitorActivity } from '../turn/stored-activity.ts'
import { takeInput } from '../turn/take-input.ts'
import { PHOTO } from './card-reader.ts'
import { decodePhoto, type Refusal } from './decode.ts'

/** Both sides of a card, and one more try of each. */
const PHOTOS_AT_MOST = 4
const DAY_MS = 86_400_000

export interface PhotoUpload {
  readonly files: readonly Buffer[]
  /** The activity that came with them: its client id and channel data are echoed. */
  readonly activity: IncomingActivity
}

/** @returns the id of the visitor's activity. @throws AdmissionsError `NotSupported` before the permission, `PHOTO_UNREADABLE`, `MessageSizeTooBig`. */
export async function keepPhotos(house: House, conversation: string, upload: PhotoUpload): Promise<string> {
  const live = await loaded(house, conversation)
  const earlier = await earlierId(house, live, upload.activity)
  if (earlier !== null) return earlier
  if (!mayKeep(live)) return refuse(house, conversation, 'not-now')
  const decoded = await Promise.all(upload.files.map((file) => decodePhoto(file)))
  const refused = decoded.find((one): one is { refused: Refusal } => 'refused' in one)
  if (refused) return refuse(house, conversation, refused.refused)
  const held = await house.store.documents(conversation)
  const before = held.filter(({ kind }) => kind === PHOTO)
  if (before.length + decoded.length > PHOTOS_AT_MOST) await drop(house, before)
  for (const one of decoded) {
    if (!('jpeg' in one)) continue
    await put(house, live, one.jpeg)
    await read(house, live, one.jpeg)
  }
  return received(house, conversation, upload)
}

function mayKeep({ state }: LiveConversation): boolean {
  return state.consents.findLast(({ kind }) => kind === 'payer-disclosure')?.given === true
}

async function loaded(house: House, conversation: string): Promise<LiveConversation> {
  const live = await overIfIllegible(house, conversation, house.conversations.load(conversation))
  if (!live) throw new AdmissionsError('NotFound', 'This conversation is over or never was: start a new one.')
  return live
}

/** A repeated upload is the first one. */
async function earlierId(house: House, live: LiveConversation, activity: IncomingActivity): Promise<string | null> {
  const id = clientIdOf(activity)
  const turn = id === null ? null : await house.store.turnByClientKey(live.id, clientKeyOf(live, id))
  return turn === null ? null : activityId(live.id, turn.firstSeq)
}

function clientIdOf(activity: IncomingActivity): string | null {
  const id = activity.channelData?.clientActivityID
  return typeof id === 'string' && id !== '' ? id : null
}

/** What a reader makes of it helps staff and decides nothing; a reader that fails costs nothing. */
async function read(house: House, live: LiveConversation, jpeg: Buffer): Promise<void> {
  const card = await house.cardReader.read(jpeg).catch(() => null)
  if (card) await suggestCard(house, live, card)
}

async function put(house: House, live: LiveConversation, jpeg: Buffer): Promise<void> {
  const now = house.clock.now()
  const id = newId('photo_')
  const document: DocumentRecord = {
    id,
    conversation: live.id,
    kind: PHOTO,
    at: now.toISOString(),
    expiresAt: new Date(now.getTime() + house.config.cardPhotoDays * DAY_MS).toISOString(),
    body: seal(live.key, jpeg, `document ${live.id} ${id}`),
  }
  if (!(await house.store.putDocument(document))) throw new AdmissionsError('NotFound', 'This conversation is over.')
}

async function received(house: House, conversation: string, { files, activity }: PhotoUpload): Promise<string> {
  let id = ''
  await takeInput(house, conversation, {
    inputs: (_, at) => [{ type: 'photo-received', at }],
    clientActivityId: clientIdOf(activity),
    first(live, at) {
      const from = { user: live.user, seq: live.lastSeq + 1 }
      const echo = visitorActivity({ ...activity, type: 'message', text: '' }, from, { conversation, at })
      id = echo.id
      // No address: what was sent is shown to staff alone, and not given back to whoever holds the token.
      return { ...echo, attachments: files.map(() => ({ contentType: 'image/jpeg', name: 'card.jpg' })) }
    },
  })
  return id
}

/** Said in the chat, and to the program that sent it. */
async function refuse(house: House, conversation: string, why: Refusal | 'not-now'): Promise<never> {
  const reason = why === 'not-now' ? 'not-now' : 'unreadable'
  await takeInput(house, conversation, { inputs: (_, at) => [{ type: 'photo-refused', reason, at }] })
  if (why === 'not-now') {
    // Not 403: Microsoft's client takes that for an expired token and connects anew.
    throw new AdmissionsError(
      'NotSupported',
      'A photo is taken after asking the insurer was allowed: nothing was kept.',
    )
  }
  if (why === 'too-large')
    throw new AdmissionsError('MessageSizeTooBig', 'A photo has at most 10 MB and 50 megapixels.')
  if (why === 'busy') {
    throw new AdmissionsError('TooManyRequests', 'Too many photos at once: send it again.', { retryAfter: '10' })
  }
  throw new AdmissionsError('PHOTO_UNREADABLE', 'The file is no readable JPEG, PNG, HEIC or PDF: nothing was kept.')
}

/** The picture for the desk, or null when it is gone. */
export async function openPhoto(house: House, live: LiveConversation, id: string): Promise<Buffer | null> {
  const found = (await house.store.documents(live.id)).find((one) => one.id === id && one.kind === PHOTO)
  return found ? unseal(live.key, found.body, `document ${live.id} ${id}`) : null
}

/**
 * Drops the photos of a conversation, unless a legal hold keeps them; how many there were.
 *
 * @param until - only those that were kept by then.
 */
export async function dropPhotos(house: House, conversation: string, until = '9'): Promise<number> {
  return drop(house, await photosToDrop(house, conversation, until))
}

/** None while a legal hold keeps them. */
export async function photosToDrop(house: House, conversation: string, until = '9'): Promise<DocumentRecord[]> {
  if (await holdOf(house.store, conversation)) return []
  return (await house.store.documents(conversation)).filter(({ kind, at }) => kind === PHOTO && at <= until)
}

async function drop(house: House, photos: readonly DocumentRecord[]): Promise<number> {
  for (const { conversation, id } of photos) await house.store.dropDocument(conversation, id)
  return photos.length
}
