/**
 * What the chat's page may do and who may hold it, as headers; each with its reason.
 */
import type { Response } from 'express'
import type { House } from '../house.ts'
import type { ProgramWorld } from '../world.ts'

/** What a page could ask a device for and the chat never does; a photo comes through the phone's own chooser. */
const NEVER = [
  'camera',
  'microphone',
  'geolocation',
  'display-capture',
  'payment',
  'usb',
  'serial',
  'bluetooth',
  'hid',
  'midi',
  'accelerometer',
  'gyroscope',
  'magnetometer',
  'idle-detection',
  'browsing-topics',
  'attribution-reporting',
]

export function setChatHeaders(
  response: Response,
  house: House,
  asked: { program: ProgramWorld | null; host: string | undefined },
): void {
  response.set({
    'Content-Security-Policy': chatPolicy(house, asked),
    'Permissions-Policy': NEVER.map((name) => `${name}=()`).join(', '),
    // A page of its own shares no window with the site that opened it.
    'Cross-Origin-Opener-Policy': 'same-origin',
    // Sites that isolate themselves may hold the frame too: it loads nothing that is not ours.
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
}

/** What comes as Host goes into a policy: nothing but a name or address and a port. */
const plainHost = /^[\w.-]{1,253}(:\d{1,5})?$|^\[[\da-f:.]{2,45}\](:\d{1,5})?$/i

/** Scripts and styles of our own only; who may hold the frame is the program's list. */
function chatPolicy(
  house: House,
  { program, host }: { program: ProgramWorld | null; host: string | undefined },
): string {
  const name = plainHost.exec(host ?? '')?.[0]
  const sockets = name === undefined ? '' : ` ws://${name} wss://${name}`
  const loopback = house.config.production ? [] : ['http://localhost:*', 'http://127.0.0.1:*']
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The safety gate runs beside the page.
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${["'self'", ...(program?.origins ?? []), ...loopback].join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html porchlight',
  ].join('; ')
}
