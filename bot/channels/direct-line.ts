/**
 * Direct Line 3.0, self-hosted, to the letter of the wire contract.
 *
 * Token, start, reconnect, activities; the WebSocket stands in `direct-line-socket`. The polling
 * route never answers 429 or 5xx, because Microsoft's client then stops for ever without a word.
 */
import type { IncomingMessage } from 'node:http'
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { overIfIllegible } from '../keeping/legible.ts'
import { addressPrefix, type RateLimit } from '../limits/rate-limit.ts'
import { begin, isOtherLanguage, localeOf } from '../turn/begin.ts'
import { newId } from '../turn/conversations.ts'
import { parseActivity } from './admissions-bot.ts'
import type { Crowd } from './crowd.ts'
import type { DirectLineAdapter } from './direct-line-adapter.ts'
import type { DirectLineAuth } from './direct-line-auth.ts'
import { type ActivityPage, readActivities } from './direct-line-read.ts'
import { uploadRoute } from './direct-line-upload.ts'
import { receiveInTurn } from './direct-line-urgency.ts'
import { type Grant, TOKEN_LIFE_S, type Tokens } from './token.ts'

export interface DirectLine {
  readonly house: House
  readonly tokens: Tokens
  readonly auth: DirectLineAuth
  readonly adapter: DirectLineAdapter
  readonly turnLimit: RateLimit
  readonly startLimit: RateLimit
  readonly crowd: Crowd
}

const UserIn = z.object({ id: z.string().max(200).optional(), Id: z.string().max(200).optional() })
const GenerateBody = z.object({
  program: z.string().max(60).optional(),
  user: UserIn.optional(),
  User: UserIn.optional(),
  trustedOrigins: z.array(z.string().max(300)).max(50).optional(),
})
const StartBody = z.object({ user: UserIn.nullish(), locale: z.string().max(35).nullish() })

export function directLineRouter(line: DirectLine): Router {
  const router = Router()
  router.post('/tokens/generate', async (request, response) => void response.json(await generate(line, request)))
  router.post('/tokens/refresh', async (request, response) => void response.json(await refresh(line, request)))
  router.post('/conversations', async (request, response) => start(line, request, response))
  router.get('/conversations/:id', async (request, response) => void response.json(await reconnect(line, request)))
  router.get('/conversations/:id/activities', async (request, response) => {
    const { watermark } = request.query
    response.json(await takePoll(line, request, { id: request.params.id, watermark }))
  })
  router.post('/conversations/:id/activities', async (request, response) => {
    const { ip: address, body, params } = request
    response.json(await takePost(line, request, { id: params.id, body, address }))
  })
  uploadRoute(line, router)
  router.use(() => {
    throw new AdmissionsError('NotFound', 'Direct Line has nothing at this address.')
  })
  return router
}

async function generate(line: DirectLine, request: Request) {
  line.auth.requireSecret(request)
  const body = parse(GenerateBody, request.body ?? {})
  const user = body.user?.id ?? body.User?.Id ?? body.User?.id ?? body.user?.Id
  if (user !== undefined && !user.startsWith('dl_'))
    throw new AdmissionsError('BadArgument', 'user.id must start with dl_.')
  const program = body.program ?? (line.house.world.programs.keys().next().value as string)
  if (!line.house.world.programs.has(program)) throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program has this id.')
  const origins = user === undefined ? body.trustedOrigins : undefined
  const grant: Grant = { conversation: newId(), program, ...(user ? { user } : {}), ...(origins ? { origins } : {}) }
  return tokenAnswer(line, grant)
}

async function refresh(line: DirectLine, request: Request) {
  const grant = await line.auth.grant(request)
  if (grant === null) throw new AdmissionsError('Forbidden', 'The secret needs no refresh: send a token.')
  return tokenAnswer(line, grant)
}

async function tokenAnswer(line: DirectLine, grant: Grant) {
  return { conversationId: grant.conversation, token: line.tokens.sign(grant), expires_in: TOKEN_LIFE_S }
}

async function start(line: DirectLine, request: Request, response: Response): Promise<void> {
  // Who has no token takes nothing from her network.
  const granted = await line.auth.grant(request)
  const wait = line.startLimit.take(addressPrefix(request.ip))
  if (wait > 0)
    throw new AdmissionsError('TooManyRequests', 'Too many starts from this network.', { retryAfter: String(wait) })
  const body = parse(StartBody, request.body ?? {})
  const grant = granted ?? { conversation: newId(), program: line.house.world.programs.keys().next().value as string }
  const user = grant.user ?? offeredUser(body)
  const begun = await begin(line.house, {
    id: grant.conversation,
    program: grant.program,
    user,
    locale: localeOf(body.locale ?? undefined),
    speaksOther: isOtherLanguage(body.locale ?? undefined),
  })
  if (!begun) await refuseErased(line, grant.conversation)
  // With a user in the token the bot speaks first; without, only when it is spoken to.
  if (begun && grant.user)
    await line.adapter.receive(
      { conversation: grant.conversation, user, program: grant.program },
      { type: 'conversationUpdate' },
    )
  response
    .status(begun ? 201 : 200)
    .json({ ...(await tokenAnswer(line, grant)), streamUrl: await streamUrl(line, request, { grant, watermark: '0' }) })
}

/** A `dl_` id is only accepted inside a token; any other may be offered by the page. */
function offeredUser(body: z.infer<typeof StartBody>): string {
  const offered = body.user?.id ?? body.user?.Id
  if (offered?.startsWith('dl_')) throw new AdmissionsError('BadArgument', 'A dl_ user id must come inside the token.')
  return offered ?? newId('user_')
}

async function refuseErased(line: DirectLine, id: string): Promise<void> {
  if (!(await overIfIllegible(line.house, id, line.house.conversations.load(id))))
    throw new AdmissionsError('NotFound', 'This conversation was erased: start a new one.')
}

async function reconnect(line: DirectLine, request: Request<{ id: string }>) {
  const { id } = request.params
  const granted = await line.auth.grantFor(request, id)
  const live = await overIfIllegible(line.house, id, line.house.conversations.load(id))
  if (!live) throw new AdmissionsError('NotFound', 'This conversation is over or never was: start a new one.')
  const grant = granted ?? { conversation: id, program: live.program, user: live.user }
  // A watermark given, even empty, is replayed from; an absent one means: only what comes from now on.
  const given = request.query.watermark
  const watermark = given === undefined ? String(live.lastSeq) : String(given || '0')
  return { ...(await tokenAnswer(line, grant)), streamUrl: await streamUrl(line, request, { grant, watermark }) }
}

async function streamUrl(line: DirectLine, request: Request, at: { grant: Grant; watermark: string }): Promise<string> {
  const t = line.tokens.signStream(at.grant)
  const scheme = request.secure || request.headers['x-forwarded-proto'] === 'https' ? 'wss' : 'ws'
  const path = `/v3/directline/conversations/${at.grant.conversation}/stream`
  return `${scheme}://${request.headers.host}${path}?watermark=${encodeURIComponent(at.watermark)}&t=${t}`
}

/** Takes a message, an event or typing; gives the id under which it stands. */
export async function takePost(
  line: DirectLine,
  request: Pick<IncomingMessage, 'headers'>,
  posted: { id: string; body: unknown; address: string | undefined },
): Promise<{ id: string }> {
  const { id } = posted
  const grant = await line.auth.grantFor(request, id)
  const activity = parseActivity(posted.body)
  const visitor = { conversation: id, user: grant?.user ?? '', program: grant?.program }
  return { id: (await receiveInTurn(line, visitor, { activity, address: posted.address })).id }
}

/** The activities after a watermark. */
export async function takePoll(
  line: DirectLine,
  request: Pick<IncomingMessage, 'headers'>,
  asked: { id: string; watermark: unknown },
): Promise<ActivityPage> {
  await line.auth.grantFor(request, asked.id)
  return readActivities(line.house, asked.id, asked.watermark)
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || 'the body'
  throw new AdmissionsError('BadArgument', `${field} does not have the form that Direct Line states.`)
}
