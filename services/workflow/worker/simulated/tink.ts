import { create } from '@bufbuild/protobuf'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import { RpcFault } from '../../../../machinery/api/tink/fault.ts'
import { type ReportProgressRequest, WorkerService } from '../../../../machinery/api/tink/generated/worker_pb.js'
import {
  ActionResponseSchema,
  type ActionStatusRequest,
  ActionStatusRequest_StateType as State,
  WorkflowService,
} from '../../../../machinery/api/tink/generated/workflow_pb.js'
import { serve } from '../../../../machinery/api/tink/server.ts'

export interface SimulatedAction {
  readonly actionId: string
  readonly image: string
  readonly timeout: bigint
  readonly environment?: string[]
}

/** A tink-server with a list of actions: it serves the first that has not ended, as upstream's does, and can be taken away. */
export class SimulatedTink implements AsyncDisposable {
  readonly reports: ActionStatusRequest[] = []
  readonly progress: ReportProgressRequest[] = []
  readonly actions: SimulatedAction[]
  /** Thrown at the next reports instead of taking them. */
  readonly refusals: RpcFault[] = []
  asked = 0
  port = 0
  readonly #knowsProgress: boolean
  #server: Server | undefined
  #watchers: (() => void)[] = []

  constructor(actions: SimulatedAction[], knowsProgress = true) {
    this.actions = actions
    this.#knowsProgress = knowsProgress
  }

  /** Serves, on the same port as before. */
  async up(): Promise<this> {
    const server = new Server()
    const onBug = (error: unknown) => {
      throw error
    }
    serve(server, WorkflowService, {
      onBug,
      getAction: async () => this.#next(),
      reportActionStatus: async report => this.#take(report),
    })
    const reportProgress = async (each: ReportProgressRequest) => this.#seen(() => this.progress.push(each))
    if (this.#knowsProgress) serve(server, WorkerService, { onBug, reportProgress })
    this.port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    )
    this.#server = server
    return this
  }

  /** As after `kill -9`. */
  down(): void {
    this.#server?.forceShutdown()
    this.#server = undefined
  }

  /** Resolves when something that the worker said makes it true. */
  async until(condition: () => boolean, deadline = 15_000): Promise<void> {
    const late = AbortSignal.timeout(deadline)
    while (!condition()) {
      late.throwIfAborted()
      await new Promise<void>((resolve, reject) => {
        this.#watchers.push(resolve)
        late.addEventListener('abort', () => reject(new Error(`still not: ${condition}; ${this.told.join(', ')}`)), {
          once: true,
        })
      })
    }
  }

  /** What was reported, as `id STATE`. */
  get told(): string[] {
    return this.reports.map(report => `${report.actionId} ${State[report.actionState]}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.down()
  }

  #next() {
    this.#seen(() => {
      this.asked++
    })
    const ended = new Set(this.reports.filter(each => each.actionState > State.RUNNING).map(each => each.actionId))
    const next = this.actions.find(action => !ended.has(action.actionId))
    if (!next) throw new RpcFault('rpc/not-found', 'no workflow')
    return create(ActionResponseSchema, { workflowId: 'eksa-system/w', taskId: 't', name: next.actionId, ...next })
  }

  #take(report: ActionStatusRequest) {
    const refusal = this.refusals.shift()
    if (refusal) throw refusal
    return this.#seen(() => this.reports.push(report))
  }

  #seen(change: () => unknown): object {
    change()
    for (const wake of this.#watchers.splice(0)) wake()
    return {}
  }
}
