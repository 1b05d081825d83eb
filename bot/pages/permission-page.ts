/**
 * The page behind a permission link: one button that ends every permission, in words that name nothing.
 *
 * It says the same for a link that is not ours and for a conversation that is gone: whoever finds a link
 * learns nothing from it.
 */
import { type Request, type Response, Router } from 'express'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'
import { conversationOf } from '../outbox/permission-link.ts'
import { takeInput } from '../turn/take-input.ts'

const words = {
  en: {
    title: 'Your permission',
    ask: 'You gave permission to be contacted. You can end it here. It then ends at once, and nobody contacts you.',
    button: 'End my permission',
    done: 'Done. Your permission is ended. You can close this page.',
  },
  es: {
    title: 'Su permiso',
    ask: 'Usted dio permiso para que le contacten. Aquí puede terminarlo. Termina al instante y nadie le contacta.',
    button: 'Terminar mi permiso',
    done: 'Hecho. Su permiso terminó. Puede cerrar esta página.',
  },
} as const

export function permissionRoutes(house: House): Router {
  const router = Router()
  router.get('/permission', (request, response) => show(request, response, 'ask'))
  router.post('/permission', async (request, response) => {
    const conversation = conversationOf(house, request.query.t)
    if (conversation !== null) await end(house, conversation)
    show(request, response, 'done')
  })
  return router
}

async function end(house: House, conversation: string): Promise<void> {
  await takeInput(house, conversation, {
    inputs: (_, at) => [{ type: 'consents-revoked', kinds: 'all', by: 'link', at }],
  }).catch((error: unknown) => {
    if (!(error instanceof AdmissionsError) || error.code !== 'NotFound') throw error
  })
}

function show(request: Request, response: Response, part: 'ask' | 'done'): void {
  const language = (request.headers['accept-language'] ?? '').toLowerCase().startsWith('es') ? 'es' : 'en'
  const said = words[language]
  const form = `<form method="post"><button>${said.button}</button></form>`
  response.set(
    'Content-Security-Policy',
    "default-src 'none'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  )
  response
    .type('html')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${said.title}</title><h1>${said.title}</h1><p>${said[part]}</p>${part === 'ask' ? form : ''}</html>`,
    )
}
