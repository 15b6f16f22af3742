import { ApiFault, ListExpired, NO_DETAILS, type StatusDetails } from '../../api/fault.ts'

/** What a client reads about a refusal (apimachinery `meta/v1` Status). */
export function statusOf(fault: ApiFault): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: fault instanceof ListExpired ? { continue: fault.continue } : {},
    status: 'Failure',
    message: fault.message,
    ...(fault.code !== 'Unknown' && { reason: fault.code }),
    ...(fault.details !== NO_DETAILS && { details: fault.details }),
    code: fault.httpCode,
  }
}

export function success(details: StatusDetails): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

export function methodNotAllowed(): ApiFault {
  return new ApiFault('MethodNotAllowed', 'the server does not allow this method on the requested resource', {})
}

export function noSuchPath(): ApiFault {
  return new ApiFault('NotFound', 'the server could not find the requested resource', {})
}
