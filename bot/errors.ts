/**
 * Every error of the service: one class, one registry of codes.
 *
 * An error carries a code, a cause and never a visitor's words. The registry is the README's table
 * (a test keeps them equal); Direct Line's own codes stay as Microsoft's clients know them.
 */

/** Code → HTTP status and what it means to the person who meets it. */
export const errorCodes = {
  CONFIG_INVALID: { status: 500, meaning: 'A setting is wrong; the start stops and names it.' },
  DATA_INVALID: {
    status: 500,
    meaning: 'A script, fact or program file is wrong; the start stops and names file and line.',
  },
  KEY_UNREADABLE: { status: 500, meaning: 'The deployment key is missing or does not fit the stored data.' },
  STORE_UNAVAILABLE: { status: 503, meaning: 'The store cannot be read or written now; nothing was kept, send again.' },
  MODEL_UNAVAILABLE: {
    status: 503,
    meaning: 'The language model is down, late, over budget or answered no JSON; the answer comes without it.',
  },
  PROGRAM_NOT_FOUND: { status: 404, meaning: 'No program has this id.' },
  ORIGIN_NOT_ALLOWED: { status: 403, meaning: 'This site is not on the list of the program.' },
  RATE_LIMITED: { status: 429, meaning: 'Too many requests; wait as long as Retry-After says.' },
  SIGN_IN_FAILED: { status: 401, meaning: 'Name, password or code is wrong.' },
  SECOND_FACTOR_REQUIRED: {
    status: 401,
    meaning: 'The password fits; the code of the second factor is missing, or is still to be set up.',
  },
  SIGN_IN_PROVIDER_DOWN: {
    status: 503,
    meaning: 'The provider of OpenID Connect does not answer; sign in by password.',
  },
  SIGN_IN_LOCKED: { status: 429, meaning: 'Too many failed sign-ins; wait as long as Retry-After says.' },
  SIGNED_OUT: { status: 401, meaning: 'There is no valid desk session; sign in.' },
  CROSS_SITE: { status: 403, meaning: 'The request came from another site.' },
  NOT_PERMITTED: { status: 403, meaning: 'This account may not do that.' },
  LEAD_NOT_FOUND: { status: 404, meaning: 'No lead has this id, or it belongs to another program.' },
  LEAD_ALREADY_CLAIMED: { status: 409, meaning: 'Somebody holds the lead; the message says who and until when.' },
  LEAD_CLOSED: { status: 409, meaning: 'The lead is closed.' },
  CHAT_NOT_TAKEN: { status: 409, meaning: 'The chat is with the assistant: take it over before writing in it.' },
  LEASE_LOST: { status: 409, meaning: 'The fence is old: the lease lapsed or went to somebody else.' },
  PHOTO_UNREADABLE: { status: 415, meaning: 'The file is no readable JPEG, PNG, HEIC or PDF; nothing was kept.' },
  SIGNATURE_INVALID: {
    status: 401,
    meaning: 'A webhook is not signed by a secret in force, is too old, or was taken before.',
  },
  ADDRESS_INTERNAL: {
    status: 400,
    meaning: 'An address that was set leads inside the network and its host is not on the list.',
  },
  CALENDAR_UNREADABLE: {
    status: 502,
    meaning: 'A program’s calendar elsewhere answered with something that is no calendar; no set times are offered.',
  },
  PAYER_UNREACHABLE: { status: 502, meaning: 'The clearinghouse did not answer; it is asked again by itself.' },
  PAYER_UNREADABLE: { status: 502, meaning: 'The clearinghouse answered with something that is no answer.' },
  CONSENT_REQUIRED: { status: 403, meaning: 'There is no active consent for this.' },
  REQUEST_INVALID: { status: 400, meaning: 'The request does not have the form that the contract states.' },
  UNDER_HOLD: { status: 409, meaning: 'A legal hold keeps this conversation; it is erased once the hold is lifted.' },
  FACT_FAULTY: { status: 422, meaning: 'A statement may not be said as it stands; the message says what to mend.' },
  CHANGED_MEANWHILE: { status: 409, meaning: 'Somebody changed the entry a moment ago: look at it again.' },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.' },
  BadArgument: { status: 400, meaning: 'Direct Line: an argument is wrong; the message says which.' },
  MalformedData: { status: 400, meaning: 'Direct Line: the body is not an activity.' },
  MissingProperty: { status: 400, meaning: 'Direct Line: a required property is missing.' },
  MessageSizeTooBig: {
    status: 413,
    meaning:
      'Direct Line: the activity, its text or what comes beside it is longer than allowed; the message says which.',
  },
  Unauthorized: { status: 401, meaning: 'Direct Line: the Authorization header is missing or malformed.' },
  Forbidden: { status: 403, meaning: 'Direct Line: the token or secret is not valid here.' },
  TokenExpired: { status: 403, meaning: 'Direct Line: the token has expired; get a new one.' },
  NotFound: { status: 404, meaning: 'Direct Line: no such conversation or address; an erased one is gone.' },
  NotSupported: { status: 415, meaning: 'Direct Line: this is not done here.' },
  TooManyRequests: { status: 429, meaning: 'Direct Line: too many turns or starts; wait as long as Retry-After says.' },
  ServiceError: { status: 500, meaning: 'Something failed on our side; the message was not kept, send again.' },
} as const

export type ErrorCode = keyof typeof errorCodes

const TOO_MANY = 429

export class AdmissionsError extends Error {
  readonly code: ErrorCode
  readonly status: number
  /** Seconds or an HTTP date for `Retry-After`. */
  readonly retryAfter: string | null
  /** Names and times for programs, beside the sentence for people. */
  readonly detail: Readonly<Record<string, string>>

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { retryAfter?: string; detail?: Record<string, string> } = {},
  ) {
    // Who is told to wait may be thousands a second, and nobody asks where in the code she was told.
    const { stackTraceLimit } = Error
    if (errorCodes[code].status === TOO_MANY) Error.stackTraceLimit = 0
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'AdmissionsError'
    this.code = code
    this.status = errorCodes[code].status
    this.retryAfter = options.retryAfter ?? null
    this.detail = options.detail ?? {}
  }

  /** The body of every error answer. */
  toBody(): { error: { code: string; message: string } } {
    return { error: { code: this.code, message: this.message, ...this.detail } }
  }
}
