/**
 * What a desk call says, parsed once where it enters.
 */
import type { z } from 'zod'
import { AdmissionsError } from '../errors.ts'

/** @throws AdmissionsError `REQUEST_INVALID` with the field's name. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || 'the body'
  throw new AdmissionsError(
    'REQUEST_INVALID',
    `${field} is missing or does not have the form that the desk's API states.`,
  )
}
