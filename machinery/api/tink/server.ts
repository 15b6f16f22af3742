import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf'
import { type Server, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import { RpcFault } from './fault.ts'
import { type Input, type Methods, methodDefinition, type UnaryService, unaryMethods } from './service.ts'

/** Who calls, and whether the caller still listens. */
export interface Call {
  /** Address and port of the caller, as `192.0.2.7:51234`. */
  readonly peer: string
  /** Aborted when the caller hangs up or its deadline passes: whoever holds a call open watches it. */
  readonly signal: AbortSignal
  /** The first value of a request header, undefined when it was not sent. */
  header(name: string): string | undefined
}

type Fields = Record<string, unknown>
type Init<D> = D extends DescMessage ? MessageInitShape<D> : never

/** One function a method; it answers with the fields of the reply, or throws an RpcFault. */
export type Handlers<S extends UnaryService> = {
  readonly [N in keyof Methods<S>]: (request: Input<S, N>, call: Call) => Promise<Init<Methods<S>[N]['output']>>
}

export interface Serving {
  /** Hears of every fault that is not an RpcFault; the caller is told `internal fault` and nothing more. */
  readonly onBug: (error: unknown, method: string) => void
}

/** Adds a service to a grpc-js server. */
export function serve<S extends UnaryService>(server: Server, service: S, handlers: Handlers<S> & Serving): void {
  const definition = Object.fromEntries(unaryMethods(service).map(each => [each.name, methodDefinition(service, each)]))
  const byName = handlers as unknown as Record<string, (request: unknown, call: Call) => Promise<Fields>>
  const implementation = unaryMethods(service).map(method => {
    const answer = (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>) => {
      const handler = byName[method.localName]
      if (!handler) return reply({ code: status.UNIMPLEMENTED, details: `${method.name} is not served here` })
      new Promise<Fields>(resolve => resolve(handler.call(handlers, call.request, callOf(call)))).then(
        fields => reply(null, create(method.output, fields)),
        error => reply(statusOf(error, bug => handlers.onBug(bug, method.name))),
      )
    }
    return [method.name, answer] as const
  })
  server.addService(definition, Object.fromEntries(implementation))
}

function statusOf(error: unknown, onBug: (error: unknown) => void): { code: status; details: string } {
  if (error instanceof RpcFault) return { code: error.status, details: error.message }
  onBug(error)
  return { code: status.INTERNAL, details: 'internal fault' }
}

function callOf(call: ServerUnaryCall<unknown, unknown>): Call {
  const hungUp = new AbortController()
  call.on('cancelled', () => hungUp.abort(new RpcFault('rpc/cancelled', 'the caller hung up')))
  return {
    peer: call.getPeer(),
    signal: hungUp.signal,
    header: name => call.metadata.get(name)[0]?.toString(),
  }
}
