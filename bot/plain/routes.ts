/**
 * `POST /chat/{program}`: a turn of the chat without script, through the same adapter and gate.
 *
 * What a form of another site sends is refused by the browser's own word on it (Sec-Fetch-Site); no
 * cookie is there to be misused. Whatever fails, the page comes back with the numbers, with what was
 * typed, and in danger with the card.
 */
import { createHash } from 'node:crypto'
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express'
import type { DirectLine } from '../channels/direct-line.ts'
import { readActivities } from '../channels/direct-line-read.ts'
import { receiveInTurn } from '../channels/direct-line-urgency.ts'
import type { Grant } from '../channels/token.ts'
import { AdmissionsError } from '../errors.ts'
import { overIfIllegible } from '../keeping/legible.ts'
import { addressPrefix } from '../limits/rate-limit.ts'
import { setChatHeaders } from '../pages/chat-headers.ts'
import { EXIT } from '../pages/page-routes.ts'
import type { Language } from '../pages/templates.ts'
import { begin } from '../turn/begin.ts'
import { newId } from '../turn/conversations.ts'
import { showCardUnstored } from '../turn/emergency.ts'
import type { StoredActivity } from '../turn/stored-activity.ts'
import type { ProgramWorld } from '../world.ts'
import { isTooLong, PostedForm, partsIn, type Said, saidIn } from './answer.ts'
import { readTalk } from './log.ts'
import { type PlainPage, plainPage } from './page.ts'
import { urgentWords } from './urgent-words.ts'
import type { Trouble } from './words.ts'

const BODY_LIMIT = '128kb'

/** One posted form on its way. */
interface Posted {
  readonly line: DirectLine
  readonly program: ProgramWorld
  readonly form: PostedForm
  readonly grant: Grant
  /** What she wrote, where the gate hears danger in it: it is said, whatever else the form asks for. */
  readonly urgent: string | null
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
  const granted = line.tokens.verifyForm(form.talk)
  const isOurs = granted !== null && granted.program === program.profile.id && granted.user !== undefined
  const grant = isOurs ? granted : fresh
  const urgent = form.do === 'erase' ? null : await urgentWords(line.house, grant.conversation, form)
  const posted: Posted = { line, program, form, grant, urgent }
  setChatHeaders(response, line.house, { program, host: request.headers.host })
  const isLate = form.talk !== '' && !isOurs && urgent === null
  try {
    await answer(posted, response, isLate ? { notice: 'late', kept: form } : await perform(posted, request))
  } catch (error) {
    if (isOver(error) && urgent !== null) return startOver({ ...posted, grant: fresh }, request, response)
    await failed(posted, response, error)
  }
}

/** In danger nobody is told that her chat is over: what she wrote begins a new one. */
async function startOver(posted: Posted, request: Request, response: Response): Promise<void> {
  try {
    await answer(posted, response, await perform(posted, request))
  } catch (error) {
    await failed(posted, response, error)
  }
}

function isOver(error: unknown): boolean {
  return error instanceof AdmissionsError && error.code === 'NotFound'
}

/** Does what the form asks for; gives back what the page shows besides the talk. */
async function perform(posted: Posted, request: Request): Promise<Shown> {
  const { line, form, grant, urgent } = posted
  const visitor = { conversation: grant.conversation, user: grant.user ?? '', program: grant.program }
  const locale = `${form.lang}-US`
  const event = (name: string) => ({
    type: 'event' as const,
    name: `porchlight/${name}`,
    locale,
    channelData: { clientActivityID: form.once },
  })
  if (form.do === 'erase') {
    await line.adapter.receive(visitor, event('erase'))
    return { notice: 'erased', activities: [] }
  }
  if (urgent === null && isTooLong(form)) throw new AdmissionsError('MessageSizeTooBig', 'The message is too long.')
  await beginOnce(posted, request)
  if (form.do === 'language') await line.adapter.receive(visitor, event('language'))
  if (urgent === null && form.do !== 'send' && form.text.trim() === '')
    return form.do === 'look' && partsIn(form).length > 0 ? { kept: form } : {}
  const { activities } = await readActivities(line.house, grant.conversation, '')
  const said = saidOf(posted, readTalk(activities).input)
  if ('mend' in said) return { mend: said.mend, kept: form, activities }
  const { text } = said
  const activity = { type: 'message' as const, text, locale, channelData: { clientActivityID: onceOf(form, text) } }
  await receiveInTurn(line, visitor, { activity, address: request.ip })
  return {}
}

/** In danger all that was written, unless the answer is all of it. */
function saidOf({ form, urgent }: Posted, asked: Parameters<typeof saidIn>[1]): Said {
  const said = saidIn(form, asked)
  if (urgent === null) return said
  const isWhole = 'text' in said && !isTooLong(form) && partsIn(form).every((part) => said.text.includes(part))
  return isWhole ? said : { text: urgent }
}

/** The same words from the same page are one turn; other words from it (back, and written anew) are another. */
function onceOf({ once }: PostedForm, text: string): string {
  return once === '' ? '' : `${once} ${createHash('sha256').update(text).digest('base64url')}`
}

/** The first form of a talk begins it; the bot speaks first, as everywhere. */
async function beginOnce({ line, form, grant, urgent }: Posted, request: Request): Promise<void> {
  const { house } = line
  const { conversation, user = '', program } = grant
  if (await overIfIllegible(house, conversation, house.conversations.load(conversation))) return
  const wait = line.startLimit.take(addressPrefix(request.ip))
  if (wait > 0 && urgent === null) throw new AdmissionsError('TooManyRequests', 'Too many starts from this network.')
  const isNew = await begin(house, { id: conversation, program, user, locale: `${form.lang}-US` })
  if (!isNew) throw new AdmissionsError('NotFound', 'This conversation was erased: start a new one.')
  await line.adapter.receive({ conversation, user, program }, { type: 'conversationUpdate' })
}

async function answer(posted: Posted, response: Response, shown: Shown): Promise<void> {
  const { line, grant } = posted
  const isEmpty = shown.notice === 'erased' || shown.notice === 'late'
  const activities =
    shown.activities ?? (isEmpty ? [] : (await readActivities(line.house, grant.conversation, '')).activities)
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
    token: line.tokens.signForm(grant),
    talk: readTalk(shown.activities ?? []),
    notice: shown.notice ?? null,
    mend: shown.mend ?? null,
    kept: shown.kept ?? null,
  })
}

/** The page says what went wrong in plain words; in danger it shows the card, stored or not. */
async function failed(posted: Posted, response: Response, error: unknown): Promise<void> {
  const { line, form, grant, urgent } = posted
  const { house } = line
  const known =
    error instanceof AdmissionsError
      ? error
      : new AdmissionsError('ServiceError', 'Something failed on our side.', { cause: error })
  if (known.status >= 500) house.log.error({ event: 'request.failed', code: known.code })
  if (urgent !== null) holdCard(posted, urgent, known)
  const said = await readActivities(house, grant.conversation, '').catch(() => ({ activities: [] }))
  const isGone = known.code === 'NotFound'
  const next = isGone ? { ...grant, conversation: newId(), user: newId('dl_') } : grant
  const notErased = known.code === 'UNDER_HOLD' ? 'kept' : 'notErased'
  const notice = form.do === 'erase' && !isGone ? notErased : troubleOf(known)
  response.status(known.status).type('html')
  response.send(await pageOf(posted, next, { notice, kept: form, activities: said.activities }))
}

/** The card waits for the page that is about to be made, where the turn has not put it there already. */
function holdCard({ line: { house }, form, grant }: Posted, text: string, error: AdmissionsError): void {
  const { conversation, program } = grant
  const held = house.emergencies.take(conversation)
  const activity = { type: 'message' as const, text, locale: `${form.lang}-US` }
  if (held.length > 0) house.emergencies.hold(conversation, held)
  else showCardUnstored(house, { conversation, activity, program }, error)
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
