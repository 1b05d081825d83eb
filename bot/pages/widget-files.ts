/**
 * The built scripts and styles, handed out as they were packed at the build: brotli, else gzip, else plain.
 *
 * Anybody's page may load the tag: it is made for that. Hashed files never change; the tag may.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { widgetFolder } from './templates.ts'

const YEAR_S = 31_536_000
const TAG_S = 300
const endings = { br: '.br', gzip: '.gz' } as const

export function widgetFiles(): Router {
  const router = Router()
  router.use(asPacked)
  router.use(
    express.static(widgetFolder, {
      index: false,
      fallthrough: true,
      setHeaders(response, path) {
        const hashed = /-[\w-]{8}\.\w+(\.br|\.gz)?$/.test(path)
        response.set({
          'Access-Control-Allow-Origin': '*',
          'Cross-Origin-Resource-Policy': 'cross-origin',
          // A script that runs as a worker (the gate) brings its own policy: more scripts of ours, and no network.
          'Cross-Origin-Embedder-Policy': 'require-corp',
          'Content-Security-Policy':
            "default-src 'none'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
          'Cache-Control': hashed ? `public, max-age=${YEAR_S}, immutable` : `public, max-age=${TAG_S}`,
        })
      },
    }),
  )
  return router
}

/** Points the request at the packed file, where the browser takes one and the build made one. */
const asPacked: RequestHandler = (request, response, next) => {
  const kind = /^\/[\w.-]+\.(js|css)$/.exec(request.path)?.[1]
  if (!kind) return next()
  response.vary('Accept-Encoding')
  // The tighter one first, whatever order the browser names them in.
  const encoding = (['br', 'gzip'] as const).find((one) => request.acceptsEncodings(one))
  if (!encoding) return next()
  const name = request.path + endings[encoding]
  if (!existsSync(join(widgetFolder, name))) return next()
  response.type(kind).set('Content-Encoding', encoding)
  request.url = name
  next()
}
