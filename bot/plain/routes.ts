/**
 * `POST /chat/{program}`: a turn of the chat without script, through the same adapter and gate.
 *
 * What a form of another site sends is refused by the browser's own word on it (Sec-Fetch-Site); no
 * cookie is there to be misused. Whatever fails, the page comes back with the numbers, with what was
 * typed, and in danger with the card.
 */
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express'
import { begin } from '../begin.ts'
import type { DirectLine } from '../channels/direct-line.ts'
import { readActivities } from '../channels/direct-line-read.ts'
import { isUrgent } from '../channels/direct-line-urgency.ts'
import type { Grant } from '../channels/token.ts'
import { newId } from '../conversations.ts'
import { showCardUnstored } from '../emergency.ts'
import { AdmissionsError } from '../errors.ts'
import { setChatHeaders } from '../pages/chat-headers.ts'
import { EXIT } from '../pages/page-routes.ts'
import type { Language } from '../pages/templates.ts'
import { addressPrefix } from '../rate-limit.ts'
import type { StoredActivity } from '../stored-activity.ts'
import type { ProgramWorld } from '../world.ts'
import { PostedForm, saidIn } from './answer.ts'
import { readTalk } from './log.ts'
import { type PlainPage, plainPage } from './page.ts'
import type { Trouble } from './words.ts'

const BODY_LIMIT = '128kb'

/** One posted form on its way. */
interface Posted {
  readonly line: DirectLine
  readonly program: ProgramWorld
  readonly form: PostedForm
  readonly grant: Grant
}

type Shown = Partial<Pick<PlainPage, 'notice' | 'mend' | 'kept'>> & { activities?: readonly StoredActivity[] }

export function plainRoutes(line: DirectLine): Router {
  const router = Router()
  router.post(
    '/chat/:program',
    ownFormsOnly,
    express.urlencoded({ extended: false, limit: BODY_LIMIT }),
    (request: Request<{ program: string }>, response) => takeForm(line, request, response),
  )
  return router
}

const ownFormsOnly: RequestHandler = (request, _response, next) => {
  const site = request.headers['sec-fetch-site']
  const { origin, host } = request.headers
  const isForeign = origin !== undefined && origin !== 'null' && !/^https?:\/\//.test(origin)
  const isOther = origin !== undefined && origin !== 'null' && origin.replace(/^https?:\/\//, '') !== host
  if (isForeign || isOther || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new AdmissionsError('ORIGIN_NOT_ALLOWED', 'The form came from another site: open the chat and send it there.')
  next()
}

async function takeForm(line: DirectLine, request: Request<{ program: string }>, response: Response): Promise<void> {
  const program = line.house.world.programs.get(request.params.program)
  if (!program) throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program has this id: check the tag on your page.')
  const parsed = PostedForm.safeParse(request.body ?? {})
  if (!parsed.success) throw new AdmissionsError('MalformedData', 'The form does not have the fields of the chat.')
  const form = parsed.data
  const fresh: Grant = { conversation: newId(), program: program.profile.id, user: newId('dl_') }
  const granted = await line.tokens.verifyForm(form.talk).catch(() => null)
  const isOurs = granted !== null && granted.program === program.profile.id && granted.user !== undefined
  const posted: Posted = { line, program, form, grant: isOurs ? granted : fresh }
  setChatHeaders(response, line.house, { program, host: request.headers.host })
  try {
    const shown =
      form.talk !== '' && !isOurs ? ({ notice: 'late', kept: form } as const) : await perform(posted, request)
    await answer(posted, response, shown)
  } catch (error) {
    await failed(posted, response, error)
  }
}

/** Does what the form asks for; gives back what the page shows besides the talk. */
async function perform(posted: Posted, request: Request): Promise<Shown> {
  const { line, form, grant } = posted
  const visitor = { conversation: grant.conversation, user: grant.user ?? '', program: grant.program }
  const event = (name: string) => ({
    type: 'event' as const,
    name: `porchlight/${name}`,
    locale: `${form.lang}-US`,
    channelData: { clientActivityID: form.once },
  })
  if (form.do === 'erase') {
    await line.adapter.receive(visitor, event('erase'))
    return { notice: 'erased', activities: [] }
  }
  await beginOnce(posted, request)
  if (form.do === 'language') await line.adapter.receive(visitor, event('language'))
  if (form.do !== 'send') return {}
  const { activities } = await readActivities(line.house, grant.conversation, '')
  const said = saidIn(form, readTalk(activities).input)
  if ('mend' in said) return { mend: said.mend, kept: form, activities }
  const activity = {
    type: 'message' as const,
    text: said.text,
    locale: `${form.lang}-US`,
    channelData: { clientActivityID: form.once },
  }
  const wait = line.turnLimit.take(grant.conversation)
  if (wait > 0 && !isUrgent(activity)) throw new AdmissionsError('TooManyRequests', 'Too many messages in a minute.')
  await line.adapter.receive(visitor, activity)
  return {}
}

/** The first form of a talk begins it; the bot speaks first, as everywhere. */
async function beginOnce({ line, form, grant }: Posted, request: Request): Promise<void> {
  const { house } = line
  const { conversation, user = '', program } = grant
  if (await house.conversations.load(conversation)) return
  const wait = line.startLimit.take(addressPrefix(request.socket.remoteAddress))
  if (wait > 0 && !isUrgent({ type: 'message', text: form.text }))
    throw new AdmissionsError('TooManyRequests', 'Too many starts from this network.')
  const isNew = await begin(house, { id: conversation, program, user, locale: `${form.lang}-US` })
  if (!isNew) throw new AdmissionsError('NotFound', 'This conversation was erased: start a new one.')
  await line.adapter.receive({ conversation, user, program }, { type: 'conversationUpdate' })
}

async function answer(posted: Posted, response: Response, shown: Shown): Promise<void> {
  const { line, grant } = posted
  const isOver = shown.notice === 'erased' || shown.notice === 'late'
  const activities =
    shown.activities ?? (isOver ? [] : (await readActivities(line.house, grant.conversation, '')).activities)
  const next = shown.notice === 'erased' ? { ...grant, conversation: newId(), user: newId('dl_') } : grant
  response.type('html').send(await pageOf(posted, next, { ...shown, activities }))
}

async function pageOf({ line, program, form }: Posted, grant: Grant, shown: Shown): Promise<string> {
  const { id, name, region } = program.profile
  const { brand } = program.knowledge
  return plainPage({
    program: { id, name: name[form.lang], region, brand },
    language: form.lang,
    exit: EXIT,
    token: await line.tokens.signForm(grant),
    talk: readTalk(shown.activities ?? []),
    notice: shown.notice ?? null,
    mend: shown.mend ?? null,
    kept: shown.kept ?? null,
  })
}

/** The page says what went wrong in plain words; in danger it shows the card, stored or not. */
async function failed(posted: Posted, response: Response, error: unknown): Promise<void> {
  const { line, form, grant } = posted
  const { house } = line
  const known =
    error instanceof AdmissionsError
      ? error
      : new AdmissionsError('ServiceError', 'Something failed on our side.', { cause: error })
  if (known.status >= 500) house.log.error({ event: 'request.failed', code: known.code })
  const activity = { type: 'message' as const, text: form.text, locale: `${form.lang}-US` }
  if (form.do === 'send' && house.emergencies.take(grant.conversation).length === 0)
    showCardUnstored(house, { conversation: grant.conversation, activity, program: grant.program }, known)
  const said = await readActivities(house, grant.conversation, '').catch(() => ({ activities: [] }))
  const isOver = known.code === 'NotFound'
  const next = isOver ? { ...grant, conversation: newId(), user: newId('dl_') } : grant
  const notice = form.do === 'erase' && !isOver ? 'notErased' : troubleOf(known)
  response.status(known.status).type('html')
  response.send(await pageOf(posted, next, { notice, kept: form, activities: said.activities }))
}

function troubleOf({ code }: AdmissionsError): Trouble {
  if (code === 'NotFound') return 'over'
  if (code === 'TooManyRequests') return 'busy'
  return code === 'MessageSizeTooBig' || code === 'MalformedData' ? 'long' : 'down'
}

/** For people a page, for programs the usual error: an address without a program, a form from elsewhere. */
export function pageInstead(line: DirectLine): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (!request.accepts(['json', 'html']) || request.accepts(['json', 'html']) === 'json') return next(error)
    const program = line.house.world.programs.get(request.path.slice(1))
    const language: Language = request.query.lang === 'es' ? 'es' : 'en'
    const notice = noticeFor(error, program)
    setChatHeaders(response, line.house, { program: program ?? null, host: request.headers.host })
    response.status(notice.status).type('html')
    const named = program && {
      id: program.profile.id,
      name: program.profile.name[language],
      region: program.profile.region,
    }
    response.send(
      plainPage({
        program: named ?? null,
        language,
        exit: EXIT,
        token: '',
        talk: readTalk([]),
        mend: null,
        kept: null,
        notice: notice.words,
      }),
    )
  }
}

function noticeFor(error: unknown, program: ProgramWorld | undefined): { status: number; words: Trouble } {
  if (!program) return { status: 404, words: 'unknown' }
  if (error instanceof AdmissionsError && error.code === 'ORIGIN_NOT_ALLOWED')
    return { status: 403, words: 'elsewhere' }
  const status = error !== null && typeof error === 'object' && 'status' in error ? Number(error.status) : 500
  return status < 500 ? { status, words: 'long' } : { status: 500, words: 'down' }
}
