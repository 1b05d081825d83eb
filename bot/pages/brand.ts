/**
 * A program's own colour as a stylesheet of one rule: it works without script and under the strictest policy.
 */
import type { RequestHandler } from 'express'
import { AdmissionsError } from '../errors.ts'
import type { House } from '../house.ts'

/** The link to a program's colour; '' when it has none of its own. */
export function brandLink(profile: { id: string; brand?: string | undefined }): string {
  return profile.brand === undefined ? '' : `<link rel="stylesheet" href="/chat/${profile.id}/brand.css">`
}

/** The main button stays the house's in the dark, where a dark colour would not be seen. */
export function brandSheet(house: House): RequestHandler<{ program: string }> {
  return (request, response) => {
    const brand = house.world.programs.get(request.params.program)?.knowledge.brand
    if (brand === undefined) throw new AdmissionsError('NOT_FOUND', 'This program has no colour of its own.')
    response.type('css').set('Cache-Control', 'public, max-age=300')
    response.send(`html:root{--porch-door:${brand};--porch-night:light-dark(${brand},#9dbbf2)}`)
  }
}
