import type { DescMessage, DescMethodUnary, DescService, MessageShape } from '@bufbuild/protobuf'
import { fromBinary, toBinary } from '@bufbuild/protobuf'
import type { MethodDefinition } from '@grpc/grpc-js'

/** The services here have methods of one question and one answer only. */
export type UnaryService = Omit<DescService, 'method'> & {
  readonly method: Record<string, { methodKind: 'unary'; input: DescMessage; output: DescMessage }>
}
export type Methods<S extends UnaryService> = S['method']
export type Input<S extends UnaryService, N extends keyof Methods<S>> = MessageShape<Methods<S>[N]['input']>
export type Output<S extends UnaryService, N extends keyof Methods<S>> = MessageShape<Methods<S>[N]['output']>

/** How grpc-js calls a method and turns its messages into bytes and back. */
export function methodDefinition(
  service: { readonly typeName: string },
  method: DescMethodUnary,
): MethodDefinition<unknown, unknown> {
  const reads = (message: DescMessage) => (bytes: Buffer) => fromBinary(message, bytes)
  const writes = (message: DescMessage) => (value: unknown) =>
    Buffer.from(toBinary(message, value as MessageShape<DescMessage>))
  return {
    path: `/${service.typeName}/${method.name}`,
    requestStream: false,
    responseStream: false,
    requestDeserialize: reads(method.input),
    requestSerialize: writes(method.input),
    responseDeserialize: reads(method.output),
    responseSerialize: writes(method.output),
  }
}

/** The unary methods of a service by their local names, such as `getAction`. */
export function unaryMethods(service: Pick<DescService, 'methods'>): readonly DescMethodUnary[] {
  return service.methods.filter((method): method is DescMethodUnary => method.methodKind === 'unary')
}
