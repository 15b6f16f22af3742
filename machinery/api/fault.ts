import { Fault } from '../../wire/fault.ts'

/** Reasons of a Kubernetes Status (apimachinery `StatusReason`) and the HTTP code each one has. */
export const STATUS_CODE = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  Gone: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
  /** Of no reason that has a name. */
  Unknown: 500,
} as const

export type StatusReason = keyof typeof STATUS_CODE

export function isStatusReason(text: string): text is StatusReason {
  return Object.hasOwn(STATUS_CODE, text)
}

/** The reason that an HTTP code stands for where nobody says more. */
export function reasonOf(code: number): StatusReason {
  const found = Object.entries(STATUS_CODE).find(([, known]) => known === code)?.[0]
  return found !== undefined && isStatusReason(found) ? found : code >= 500 ? 'InternalError' : 'BadRequest'
}

/** One field of an object that was refused (apimachinery `StatusCause`). */
export interface StatusCause {
  readonly reason: string
  readonly message: string
  readonly field: string
}

export interface StatusDetails {
  readonly name?: string
  readonly group?: string
  readonly kind?: string
  readonly uid?: string
  readonly causes?: readonly StatusCause[]
  readonly retryAfterSeconds?: number
}

/** What a fault has that says nothing of what it is about. */
export const NO_DETAILS: StatusDetails = Object.freeze({})

/** The API refused a request; on the wire it is a `Status`. */
export class ApiFault extends Fault<StatusReason> {
  readonly details: StatusDetails

  constructor(reason: StatusReason, sentence: string, details: StatusDetails = NO_DETAILS) {
    super(reason, sentence, { name: details.name, kind: details.kind })
    this.name = 'ApiFault'
    this.details = details
  }

  get httpCode(): number {
    return STATUS_CODE[this.code]
  }
}

/** A list is too old to go on as it began; with this token it goes on with what is there by now. */
export class ListExpired extends ApiFault {
  readonly continue: string

  constructor(sentence: string, token: string) {
    super('Expired', sentence)
    this.continue = token
  }
}

export function isApiFault(thrown: unknown, ...reasons: readonly StatusReason[]): thrown is ApiFault {
  return thrown instanceof ApiFault && (reasons.length === 0 || reasons.includes(thrown.code))
}
