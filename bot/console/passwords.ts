/**
 * Passwords of desk accounts: argon2id, its parameters beside the hash, compared in constant time.
 *
 * An unknown name costs as much as a wrong password, so that the time tells nobody who has an account.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AdmissionsError } from '../errors.ts'
import { isCommonPassword } from './common-passwords.ts'

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const
const TAG_BYTES = 32
const SALT_BYTES = 16
const PASSWORD_MIN = 12
const PASSWORD_MAX = 200

const derive = promisify(argon2)

const FEWEST_SIGNS = 6
const RUN = 6
/** Words that a guesser of ours tries first (ASVS 5.0, 6.2.11). */
const tried = ['porchlight', 'password', 'passwort', 'contraseña', 'contrasena', 'letmein', 'admissions', 'welcome']
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1q2w3e4r5t6y7u8i9o0p']

/** Whether somebody who knows the name and our words would soon come upon it. */
export function isGuessable(password: string, name: string): boolean {
  const plain = password.toLowerCase()
  if (new Set(plain).size < FEWEST_SIGNS) return true
  const words = [...tried, name.toLowerCase()].filter((word) => word.length > 2)
  // A long phrase may hold such a word: what is left beside it must be enough by itself.
  const left = words.reduce((rest, word) => rest.replaceAll(word, ''), plain)
  const runs = rows.flatMap((row) => [row, [...row].reverse().join('')])
  const beside = [...left].filter(
    (_, at) => !runs.some((row) => row.includes(left.slice(at, at + RUN)) && left.length - at >= RUN),
  )
  return beside.length < PASSWORD_MIN - 4
}

/** `argon2id$m=19456,t=2,p=1$salt$hash`, base64url. @throws AdmissionsError `REQUEST_INVALID` for a short password, or one that is soon guessed. */
export async function hashPassword(password: string, name: string): Promise<string> {
  if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX) {
    throw new AdmissionsError('REQUEST_INVALID', `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`)
  }
  if (isGuessable(password, name) || (await isCommonPassword(password, name))) {
    throw new AdmissionsError(
      'REQUEST_INVALID',
      'This password is soon guessed: take several words that do not belong together.',
    )
  }
  const salt = randomBytes(SALT_BYTES)
  const hash = await tagOf(password, salt, cost)
  return `argon2id$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

const nobody = `argon2id$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${Buffer.alloc(SALT_BYTES).toString('base64url')}$${Buffer.alloc(TAG_BYTES).toString('base64url')}`

/** @param stored - null for an unknown name. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const match = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored ?? nobody)
  if (!match || password.length > PASSWORD_MAX) return false
  const [, memory, passes, parallelism, salt = '', hash = ''] = match
  const asStored = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const tag = await tagOf(password, Buffer.from(salt, 'base64url'), asStored)
  return timingSafeEqual(tag, Buffer.from(hash, 'base64url')) && stored !== null
}

function tagOf(
  password: string,
  salt: Buffer,
  parameters: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  return derive('argon2id', { message: password, nonce: salt, tagLength: TAG_BYTES, ...parameters }) as Promise<Buffer>
}
