/**
 * The pages people open: the demo, the chat in its frame, the published crisis protocol, the built files.
 */
import { type Request, type Response, Router } from 'express'
import type { Tokens } from '../channels/token.ts'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { firstForm } from '../plain/page.ts'
import { newId } from '../turn/conversations.ts'
import type { ProgramWorld } from '../world.ts'
import { brandLink, brandSheet } from './brand.ts'
import { setChatHeaders } from './chat-headers.ts'
import { helpLinks } from './help-links.ts'
import { permissionRoutes } from './permission-page.ts'
import { safetyPage } from './safety-page.ts'
import { fillTemplate, type Language, templateNamed } from './templates.ts'
import { widgetFiles } from './widget-files.ts'

/** A neutral page for leaving in a hurry: the weather. */
export const EXIT = 'https://www.weather.gov/'
/** What the header says to whoever looks over a shoulder. */
const neutral = { en: 'Messages', es: 'Mensajes' } as const

export function pageRoutes(house: House, tokens: Tokens): Router {
  const router = Router()
  router.use('/widget', widgetFiles())
  router.use(permissionRoutes(house))
  router.get('/chat/:program', (request, response) => chatPage({ house, tokens }, request, response))
  router.get('/chat/:program/brand.css', brandSheet(house))
  router.get('/safety', async (request, response) => {
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self'; form-action 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    )
    response.type('html').send(await safetyPage(house, languageOf(request)))
  })
  if (!house.config.production) router.get('/', (request, response) => demoPage(house, request, response))
  return router
}

async function chatPage(
  { house, tokens }: { house: House; tokens: Tokens },
  request: Request<{ program: string }>,
  response: Response,
): Promise<void> {
  const program = house.world.programs.get(request.params.program)
  if (!program) throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program has this id: check the tag on your page.')
  const { id, name, region } = program.profile
  const language = languageOf(request)
  const token = tokens.signForm({ conversation: newId(), program: id, user: newId('dl_') })
  setChatHeaders(response, house, { program, host: request.headers.host })
  response.type('html').send(
    fillTemplate(templateNamed('chat'), {
      language,
      values: { name: 'discreet' in request.query ? neutral[language] : name[language], exit: EXIT },
      links: {
        'help.en': helpLinks(region, 'en'),
        'help.es': helpLinks(region, 'es'),
        brand: brandLink({ id, brand: program.knowledge.brand }),
        plain: firstForm({ id, name: name[language], language, token }),
      },
      config: { program: id, name: name[language], region, exit: EXIT },
    }),
  )
}

function demoPage(house: House, request: Request, response: Response): void {
  const { program: asked } = request.query
  const { programs } = house.world
  const program = typeof asked === 'string' ? programs.get(asked) : programs.values().next().value
  if (!program)
    throw new AdmissionsError('PROGRAM_NOT_FOUND', 'No program has this id: leave it out for the first one.')
  const { id, name, region } = program.profile
  const language = languageOf(request)
  const config = { program: id, name: name[language], region, exit: EXIT, sections: demoSections(program, language) }
  // As a page of a program that is strict: the tag asks for no more.
  response.set(
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  )
  response.type('html').send(
    fillTemplate(templateNamed('demo'), {
      language,
      values: { name: name[language], program: id },
      links: { 'help.en': helpLinks(region, 'en'), 'help.es': helpLinks(region, 'es') },
      config,
    }),
  )
}

/** Sentences of the program's own page, so that the demo shows nothing that nobody said. */
function demoSections(program: ProgramWorld, language: Language): { heading: string; text: string[] }[] {
  const said = program.knowledge.facts.slice(0, 8).map((fact) => fact.say[language])
  const heading = language === 'es' ? 'Sobre el programa' : 'About the program'
  return [{ heading, text: said }]
}

function languageOf(request: Request): Language {
  const asked = typeof request.query.lang === 'string' ? request.query.lang : (request.headers['accept-language'] ?? '')
  return asked.toLowerCase().startsWith('es') ? 'es' : 'en'
}
