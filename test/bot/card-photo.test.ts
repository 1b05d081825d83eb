/**
 * A photo of a card, from a client of Direct Line to the desk: only after consent, only pixels, sealed, and gone in time.
 */
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeEach, expect, test } from 'vitest'
import { dropExpired, performDue } from '../../bot/outbox/perform.ts'
import { decodePhoto } from '../../bot/photos/decode.ts'
import type { LeadRecord } from '../../bot/ports.ts'
import { TestDesk } from './desk-in-test.ts'
import { upToCard } from './insurance-talk.ts'
import { type Visitor, visit } from './service-in-test.ts'

const MARK = 'zq9canary'
const heic = readFileSync('test/bot/photos/sample-card.heic')
const card = (): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 400, channels: 3, background: '#1d4f8c' } })
    .jpeg()
    .withExif({
      IFD0: { ImageDescription: `${MARK} street` },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '40/1 0/1 0/1' },
    })
    .toBuffer()

/** A page of PDF with the given content stream and objects behind it. */
function pdf(content: string, more: string[] = [], resources = ''): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 250]/Contents 4 0 R/Resources<<${resources}>>>>`,
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    ...more,
  ]
  let out = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = out.length
    out += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  return Buffer.from(
    `${out}${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${out.length}\n%%EOF`,
    'latin1',
  )
}

let desk: TestDesk
beforeEach(async () => {
  desk = await TestDesk.open()
  return () => desk.close()
})

async function atPhoto(upTo = upToCard.length): Promise<Visitor> {
  const visitor = await visit(desk.service.address, 'sample-002')
  for (const text of upToCard.slice(0, upTo)) await visitor.say(text)
  return visitor
}

function send(visitor: Visitor, body: Buffer | FormData, type?: string): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${visitor.token}` }
  if (type) headers['content-type'] = type
  const url = `${desk.service.address}/v3/directline/conversations/${visitor.conversation}/upload?userId=x`
  return fetch(url, { method: 'POST', headers, body: body instanceof FormData ? body : new Uint8Array(body) })
}

function form(files: Buffer[], activity: object = { type: 'message' }): FormData {
  const parts = new FormData()
  parts.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }), 'blob')
  for (const file of files) parts.append('file', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'card.jpg')
  return parts
}

test('both forms of the upload reach the desk: sealed, without place or payload, every look in the trail', async () => {
  const visitor = await atPhoto()
  const sent = await send(
    visitor,
    form([await card(), heic], { type: 'message', channelData: { clientActivityID: 'p1' } }),
  )
  expect(sent.status).toBe(200)
  const again = await send(visitor, form([heic], { type: 'message', channelData: { clientActivityID: 'p1' } }))
  expect(await again.json()).toEqual(await sent.clone().json())
  const echo = (await visitor.activities()).find(({ attachments }) => attachments !== undefined)
  expect(echo).toMatchObject({
    channelData: { clientActivityID: 'p1' },
    attachments: [{ contentType: 'image/jpeg' }, {}],
  })
  expect((await send(visitor, await card(), 'image/jpeg')).status).toBe(200)
  for (const text of ['May 17, 1990', 'send']) await visitor.say(text)
  const { house } = desk.service
  const stored = await house.store.documents(visitor.conversation)
  expect(stored.map(({ kind }) => kind)).toEqual(['card-photo', 'card-photo', 'card-photo'])
  expect(Buffer.from(stored[0]?.body ?? []).indexOf(Buffer.from([0xff, 0xd8, 0xff]))).toBe(-1)
  const lead = (await house.store.leadOf(visitor.conversation)) as LeadRecord
  const ana = await desk.as('ana')
  const { photos } = (await ana(`leads/${lead.id}`)).body.verification as { photos: { id: string }[] }
  expect(photos).toHaveLength(3)
  const picture = await fetch(`${desk.api}/leads/${lead.id}/photos/${photos[0]?.id}`, {
    headers: { cookie: ana.cookie },
  })
  const bytes = Buffer.from(await picture.arrayBuffer())
  expect(picture.headers.get('content-type')).toBe('image/jpeg')
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 640 })
  expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  expect(bytes.includes(MARK)).toBe(false)
  const ben = await desk.as('ben')
  expect((await ben(`leads/${lead.id}/photos/${photos[0]?.id}`)).status).toBe(404)
  const looks = (await house.store.auditTrail(100, null)).filter(({ event }) => event === 'photo.viewed')
  expect(looks.map(({ actor }) => actor)).toEqual(['ana'])
})

test('before asking the insurer was allowed a photo is refused, said so, and not kept', async () => {
  const visitor = await atPhoto(6)
  const refused = await send(visitor, await card(), 'image/jpeg')
  expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
    415,
    'NotSupported',
  ])
  expect((await visitor.activities()).at(-1)?.text).toMatch(/send no photo yet/)
  expect(await desk.service.house.store.documents(visitor.conversation)).toEqual([])
})

test('what is no photo is refused with a reason and a next step, and the script stands where it stood', async () => {
  const visitor = await atPhoto()
  const wrong: [string, Buffer, number][] = [
    ['a program named .jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4_000, 1)]), 415],
    ['a truncated photo', (await card()).subarray(0, 900), 415],
    ['nothing', Buffer.alloc(0), 400],
    ['11 MB', Buffer.alloc(11 * 1024 * 1024, 0xff), 413],
  ]
  for (const [name, bytes, status] of wrong)
    expect((await send(visitor, bytes, 'image/jpeg')).status, name).toBe(status)
  expect((await send(visitor, form([]))).status).toBe(400)
  const last = (await visitor.activities()).at(-1)
  expect(last?.text).toMatch(/could not use that file[\s\S]*photo of the front of your card/)
  expect(await desk.service.house.store.documents(visitor.conversation)).toEqual([])
})

test('words that come with a photo pass the gate like any others', async () => {
  const visitor = await atPhoto()
  await send(visitor, form([await card()], { type: 'message', text: 'I want to kill myself' }))
  const said = await visitor.activities()
  expect(
    said.some(({ channelData }) => (channelData as { porchlight?: { kind: string } })?.porchlight?.kind === 'crisis'),
  ).toBe(true)
})

test('words and fields pass the gate whatever is wrong with the files, and are said once however often it is tried', async () => {
  const isCrisis = ({ channelData }: { channelData?: unknown }): boolean =>
    (channelData as { porchlight?: { kind: string } } | undefined)?.porchlight?.kind === 'crisis'
  const photo = await card()
  for (const said of [{ text: 'I want to kill myself' }, { value: { note: 'I want to kill myself' } }]) {
    for (const files of [[], [photo, photo, photo]]) {
      const visitor = await atPhoto(6)
      const activity = { type: 'message', ...said, channelData: { clientActivityID: 'w1' } }
      expect((await send(visitor, form(files, activity))).status).toBe(400)
      const once = await visitor.activities()
      expect(once.some(isCrisis)).toBe(true)
      await send(visitor, form(files, activity))
      expect(await visitor.activities()).toHaveLength(once.length)
    }
  }
})

test('bombs end their child and nothing else', async () => {
  const huge = await sharp({ create: { width: 10_000, height: 6_100, channels: 3, background: '#abc' } })
    .jpeg()
    .toBuffer()
  const nested = Array.from({ length: 9 }, (_, level) => {
    const content = level === 8 ? '0 0 1 1 re f ' : '/X Do '.repeat(12)
    return `<</Type/XObject/Subtype/Form/BBox[0 0 400 250]/Resources<</XObject<</X ${6 + level} 0 R>>>>/Length ${content.length}>>stream\n${content}\nendstream`
  })
  const image = deflateSync(Buffer.alloc(1_000_000)).toString('latin1')
  const wide = `<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length ${image.length}>>stream\n${image}\nendstream`
  const results = await Promise.all([
    decodePhoto(huge),
    decodePhoto(pdf('/X Do', nested, '/XObject<</X 5 0 R>>'), 2_000),
    decodePhoto(pdf('q 400 0 0 250 0 0 cm /X Do Q', [wide], '/XObject<</X 5 0 R>>')),
    decodePhoto(pdf('0.2 0.3 0.8 rg 0 0 400 250 re f')),
  ])
  expect(results[0]).toEqual({ refused: 'too-large' })
  expect(results[1]).toMatchObject({ refused: expect.stringMatching(/too-large|unreadable/) })
  expect(results[3]).toHaveProperty('jpeg')
}, 40_000)

test('photos go with their days, with the line on the review, and with the conversation', async () => {
  const { house } = desk.service
  const [old, taken, erased] = [await atPhoto(), await atPhoto(), await atPhoto()]
  for (const one of [old, taken, erased]) await send(one, await card(), 'image/jpeg')
  const count = async (one: Visitor) => (await house.store.documents(one.conversation)).length
  expect(await count(taken)).toBe(1)
  for (const text of ['May 17, 1990', 'leave a line out', 'Photo of the card']) await taken.say(text)
  expect(await count(taken)).toBe(0)
  // A crash after that turn was kept: what it stored drops the photos of before, and not a later one.
  const now = house.clock.now()
  const kept = { conversation: taken.conversation, kind: 'card-photo', expiresAt: null, body: Buffer.from('p') }
  const [until = '', later = ''] = [now, new Date(now.getTime() + 1_000)].map((one) => one.toISOString())
  for (const at of [until, later]) await house.store.putDocument({ ...kept, id: at, at })
  await performDue(house)
  expect((await house.store.documents(taken.conversation)).map(({ id }) => id)).toEqual([later])
  await erased.post({ type: 'event', name: 'porchlight/erase' })
  expect(await count(erased)).toBe(0)
  await desk.pass(8 * 24 * 60)
  await dropExpired(house)
  expect(await count(old)).toBe(0)
})

test('a worksheet needs the permission for an outcome; when staff confirm, the photos go and the visitor hears no result', async () => {
  const visitor = await atPhoto()
  await send(visitor, await card(), 'image/jpeg')
  for (const text of ['May 17, 1990', 'send']) await visitor.say(text)
  const lead = (await desk.service.house.store.leadOf(visitor.conversation)) as LeadRecord
  const ana = await desk.as('ana')
  const fence = await desk.claim(ana, lead)
  const save = (worksheet: object) => ana(`leads/${lead.id}/worksheet`, { body: { fence, worksheet } })
  expect((await save({ card: { memberId: 'W1' }, deductible: '$500', saidBy: 'Kim', outcome: 'active' })).status).toBe(
    200,
  )
  const sheet = ((await ana(`leads/${lead.id}`)).body.verification as { worksheet: object }).worksheet
  expect(sheet).toMatchObject({ deductible: '$500', outcome: 'active', card: { memberId: 'W1' } })
  expect((await visitor.activities()).at(-1)?.text).toMatch(/^We have checked with Aetna\. A person will explain/)
  await ana(`leads/${lead.id}/confirm-coverage`, { body: { fence } })
  expect(await desk.service.house.store.documents(visitor.conversation)).toMatchObject([{ kind: 'worksheet' }])
  await visitor.say("don't contact me")
  expect((await save({ outcome: 'inactive' })).status).toBe(403)
})
