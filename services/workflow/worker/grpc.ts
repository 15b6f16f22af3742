import type { MessageInitShape } from '@bufbuild/protobuf'
import { type ChannelCredentials, credentials } from '@grpc/grpc-js'
import { type Calls, Connection } from '../../../machinery/api/tink/client.ts'
import type { Progress } from '../../../machinery/api/tink/event.ts'
import { RpcFault } from '../../../machinery/api/tink/fault.ts'
import { WorkerService } from '../../../machinery/api/tink/generated/worker_pb.js'
import {
  type ActionResponse,
  type AgentAttributesSchema,
  ActionStatusRequest_StateType as State,
  WorkflowService,
} from '../../../machinery/api/tink/generated/workflow_pb.js'
import { type Assignment, duration, environmentOf } from './assignment.ts'
import type { Identity } from './identity.ts'
import type { Report, TinkServer } from './server.ts'

/** Longer than a server lets an idle worker wait, so that the deadline ends only a call that is lost. */
const ASK_DEADLINE = 90_000
const REPORT_DEADLINE = 20_000
const PROGRESS_DEADLINE = 5_000

const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 5_000 }

type Attributes = MessageInitShape<typeof AgentAttributesSchema>

/** tink-server over gRPC: Tinkerbell's protocol, and ours for progress where the server knows it. */
export class GrpcTinkServer implements TinkServer, Disposable {
  readonly #identity: Identity
  readonly #attributes: Attributes
  #connection: Connection
  #workflow: Calls<typeof WorkflowService>
  #knowsProgress = true

  constructor(identity: Identity, attributes: Attributes) {
    this.#identity = identity
    this.#attributes = attributes
    this.#connection = connect(identity)
    this.#workflow = this.#connection.calls(WorkflowService)
  }

  async next(signal: AbortSignal): Promise<Assignment | undefined> {
    const request = { agentId: this.#identity.worker, agentAttributes: this.#attributes }
    try {
      const answer = await this.#workflow.getAction(request, { timeout: ASK_DEADLINE, signal })
      return answer.actionId === '' ? undefined : assignmentOf(answer)
    } catch (error) {
      if (error instanceof RpcFault && NOTHING_NOW.has(error.code)) return undefined
      throw this.#noted(error)
    }
  }

  async report(assignment: Assignment, report: Report, signal: AbortSignal): Promise<void> {
    const { startedAt, endedAt } = report
    const request = {
      ...this.#names(assignment),
      actionName: assignment.name,
      actionState: State[report.state],
      executionStart: timestampOf(startedAt),
      ...(endedAt === undefined
        ? {}
        : { executionStop: timestampOf(endedAt), executionDuration: duration(endedAt - startedAt) }),
      message: { message: report.message },
    }
    try {
      await this.#workflow.reportActionStatus(request, { timeout: REPORT_DEADLINE, signal })
    } catch (error) {
      throw this.#noted(error)
    }
  }

  async progress(assignment: Assignment, { done, total }: Progress, signal: AbortSignal): Promise<void> {
    if (!this.#knowsProgress) return
    const request = { ...this.#names(assignment), doneBytes: BigInt(done), totalBytes: BigInt(total) }
    try {
      const calls = this.#connection.calls(WorkerService)
      await calls.reportProgress(request, { timeout: PROGRESS_DEADLINE, signal })
    } catch (error) {
      if (!(error instanceof RpcFault) || error.code !== 'rpc/unimplemented') throw error
      this.#knowsProgress = false // Tinkerbell's own server
    }
  }

  [Symbol.dispose](): void {
    this.#connection[Symbol.dispose]()
  }

  #names({ workflow, task, id }: Assignment) {
    return { workflowId: workflow, agentId: this.#identity.worker, taskId: task, actionId: id }
  }

  /** A call that got no answer at all may have gone into a connection whose other end is gone: the next takes a new one. */
  #noted(error: unknown): unknown {
    if (error instanceof RpcFault && error.code === 'rpc/deadline-exceeded') {
      this.#connection[Symbol.dispose]()
      this.#connection = connect(this.#identity)
      this.#workflow = this.#connection.calls(WorkflowService)
    }
    return error
  }
}

const NOTHING_NOW: ReadonlySet<string> = new Set(['rpc/not-found', 'rpc/failed-precondition'])

function connect(identity: Identity): Connection {
  return new Connection(identity.authority, credentialsFor(identity), RECONNECT)
}

function credentialsFor({ tls, insecureTls }: Identity): ChannelCredentials {
  if (!tls) return credentials.createInsecure()
  return credentials.createSsl(null, null, null, insecureTls ? { rejectUnauthorized: false } : {})
}

function assignmentOf(answer: ActionResponse): Assignment {
  return {
    workflow: answer.workflowId,
    task: answer.taskId,
    id: answer.actionId,
    name: answer.name,
    image: answer.image,
    timeout: Math.max(0, Number(answer.timeout)),
    environment: environmentOf(answer.environment),
  }
}

function timestampOf(milliseconds: number): { seconds: bigint; nanos: number } {
  const seconds = Math.floor(milliseconds / 1000)
  return { seconds: BigInt(seconds), nanos: Math.round((milliseconds - seconds * 1000) * 1_000_000) }
}
