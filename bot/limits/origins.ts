/**
 * Which web pages may use the service: our own origin, and the program's own list.
 *
 * Outside production any loopback origin is allowed as well, so that a provider can try the widget
 * on a page of the machine at hand.
 */
import type { House } from '../house.ts'

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

/** A request without an Origin header does not come from a web page. */
export function isAllowedOrigin(
  house: House,
  origin: string | undefined,
  asked: { program: string; host: string | undefined; trusted?: readonly string[] | undefined },
): boolean {
  if (origin === undefined) return true
  if (asked.host !== undefined && (origin === `http://${asked.host}` || origin === `https://${asked.host}`)) return true
  if (asked.trusted?.includes(origin)) return true
  if (!house.config.production && loopback.test(origin)) return true
  return house.world.programs.get(asked.program)?.origins.includes(origin) ?? false
}
