import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf'
import { type ChannelCredentials, type ChannelOptions, Client, Metadata, type ServiceError } from '@grpc/grpc-js'
import { RpcFault } from './fault.ts'
import { type Methods, methodDefinition, type Output, type UnaryService, unaryMethods } from './service.ts'

export interface CallOptions {
  /** Milliseconds after which the call ends with `rpc/deadline-exceeded`. */
  readonly timeout: number
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
}

type Init<D> = D extends DescMessage ? MessageInitShape<D> : never

/** One function a method; each rejects with an RpcFault. */
export type Calls<S extends UnaryService> = {
  readonly [N in keyof Methods<S>]: (
    request: Init<Methods<S>[N]['input']>,
    options: CallOptions,
  ) => Promise<Output<S, N>>
}

/** A connection to a server, shared by the services called over it; it connects by itself, again and again. */
export class Connection implements Disposable {
  readonly #client: Client

  constructor(authority: string, credentials: ChannelCredentials, options: ChannelOptions = {}) {
    this.#client = new Client(authority, credentials, options)
  }

  /** The methods of a service as functions. */
  calls<S extends UnaryService>(service: S): Calls<S> {
    const functions = unaryMethods(service).map(method => {
      const { path, requestSerialize, responseDeserialize } = methodDefinition(service, method)
      const call = (fields: Record<string, unknown>, options: CallOptions) =>
        new Promise((resolve, reject) => {
          const request = create(method.input, fields)
          const running = this.#client.makeUnaryRequest(
            path,
            requestSerialize,
            responseDeserialize,
            request,
            metadataOf(options),
            { deadline: Date.now() + options.timeout },
            (error, answer) => {
              options.signal?.removeEventListener('abort', cancel)
              if (error) reject(faultOf(error))
              else resolve(answer)
            },
          )
          const cancel = () => running.cancel()
          if (options.signal?.aborted) cancel()
          options.signal?.addEventListener('abort', cancel, { once: true })
        })
      return [method.localName, call] as const
    })
    return Object.fromEntries(functions) as unknown as Calls<S>
  }

  [Symbol.dispose](): void {
    this.#client.close()
  }
}

function metadataOf(options: CallOptions): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(options.headers ?? {})) metadata.set(name, value)
  return metadata
}

/** grpc-js puts the time into some sentences; without it the same reason is the same sentence. */
const TIME = /\s*\(\d{4}-\d\d-\d\dT[^)]*\)/g

function faultOf(error: ServiceError): RpcFault {
  return RpcFault.of(error.code, (error.details || error.message).replace(TIME, ''))
}
