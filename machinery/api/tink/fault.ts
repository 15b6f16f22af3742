import { status } from '@grpc/grpc-js'
import { type Facts, Fault } from '../../../wire/fault.ts'

/** What a call may end in, and gRPC's number for it. */
const STATUS = {
  'rpc/cancelled': status.CANCELLED,
  'rpc/unknown': status.UNKNOWN,
  'rpc/invalid-argument': status.INVALID_ARGUMENT,
  'rpc/deadline-exceeded': status.DEADLINE_EXCEEDED,
  'rpc/not-found': status.NOT_FOUND,
  'rpc/already-exists': status.ALREADY_EXISTS,
  'rpc/permission-denied': status.PERMISSION_DENIED,
  'rpc/resource-exhausted': status.RESOURCE_EXHAUSTED,
  'rpc/failed-precondition': status.FAILED_PRECONDITION,
  'rpc/aborted': status.ABORTED,
  'rpc/out-of-range': status.OUT_OF_RANGE,
  'rpc/unimplemented': status.UNIMPLEMENTED,
  'rpc/internal': status.INTERNAL,
  'rpc/unavailable': status.UNAVAILABLE,
  'rpc/data-loss': status.DATA_LOSS,
  'rpc/unauthenticated': status.UNAUTHENTICATED,
} as const

export type RpcCode = keyof typeof STATUS

/** What a handler throws to answer with a status, and what a client throws when it was answered with one. */
export class RpcFault extends Fault<RpcCode> {
  get status(): status {
    return STATUS[this.code]
  }

  /** The fault for a gRPC status number; a number that nobody knows becomes `rpc/unknown`. */
  static of(number: number, sentence: string, facts: Facts = {}): RpcFault {
    return new RpcFault(CODES.get(number) ?? 'rpc/unknown', sentence, facts)
  }
}

const CODES: ReadonlyMap<number, RpcCode> = new Map(
  Object.entries(STATUS).map(([code, number]) => [number, code as RpcCode]),
)
