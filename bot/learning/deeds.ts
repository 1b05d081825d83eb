/**
 * What staff say when they do something with a statement, as it comes in from the desk.
 */
import { z } from 'zod'
import { Day } from '../../knowledge/fact.ts'

/** The version that the person has before her: what was changed since is not passed or confirmed unread. */
const version = z.number().int().min(1)
export const Reviewing = z
  .strictObject({ version, pass: z.boolean(), note: z.string().trim().max(500).default('') })
  .refine(({ pass, note }) => pass || note !== '', 'say what is to be mended')
export const SettingAside = z.strictObject({
  program: z.string().max(41),
  topic: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .nullable()
    .default(null),
  questions: z.array(z.string().max(80)).max(50).default([]),
})
export const Confirming = z.strictObject({ version, reviewBy: Day })
export const Withdrawing = z.strictObject({ note: z.string().trim().min(3).max(500) })
