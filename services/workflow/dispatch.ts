import { Server } from '@grpc/grpc-js'
import { isApiFault } from '../../machinery/api/fault.ts'
import { keyFrom } from '../../machinery/api/object.ts'
import { RpcFault } from '../../machinery/api/tink/fault.ts'
import { WorkerService } from '../../machinery/api/tink/generated/worker_pb.js'
import {
  type ActionStatusRequest,
  ActionStatusRequest_StateType as State,
  WorkflowService,
} from '../../machinery/api/tink/generated/workflow_pb.js'
import { listenGrpc } from '../../machinery/api/tink/listen.ts'
import { serve } from '../../machinery/api/tink/server.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { claimedWorld } from '../../machinery/control/controller.ts'
import { shared, statusOf } from '../../machinery/control/ownership.ts'
import { Assignments } from './assignments.ts'
import { Contacts } from './contacts.ts'
import { ImageProgress } from './image-progress.ts'
import type { Reported } from './progress.ts'
import { StatusWriter, type WorkflowParts } from './writer.ts'

export interface DispatchConfig {
  /** All of them unless told. */
  readonly address?: string
  /** 0 takes any that is free. */
  readonly port: number
}

/** A server that listens. */
export interface Dispatch extends AsyncDisposable {
  readonly port: number
}

/** What the server of workers writes; the engine writes there too, both through the one StatusWriter. */
export const DISPATCH = { name: 'workflow/dispatch', owns: [shared(statusOf(Workflow))] }

/**
 * tink-server: hands actions to workers over gRPC and takes their reports. A report is answered when what it says is
 * durable. Rejects with a HostFault when it cannot listen.
 */
export async function openDispatch(config: DispatchConfig, given: WorkflowParts): Promise<Dispatch> {
  const parts = { ...given, world: claimedWorld(given.world, DISPATCH) }
  const server = new Server(OPTIONS)
  const writer = new StatusWriter(parts)
  const contacts = new Contacts(parts)
  const assignments = new Assignments(parts, writer)
  const images = new ImageProgress(parts)
  const onBug = (error: unknown, method: string) =>
    parts.host.log.error('call failed', { method, reason: String(error) })
  serve(server, WorkflowService, {
    onBug,
    getAction: async ({ agentId }, call) => {
      if (agentId === '') throw new RpcFault('rpc/invalid-argument', 'agent_id is empty')
      contacts.heard(agentId, call.peer)
      return reachable(() => assignments.next(agentId, call.signal))
    },
    reportActionStatus: async request => {
      await reachable(() => report(request, writer, parts))
      return {}
    },
  })
  serve(server, WorkerService, {
    onBug,
    reportProgress: async request => {
      images.note(request)
      return {}
    },
  })
  const { address = '0.0.0.0', port } = config
  const listener = await listenGrpc(server, { address, port, host: parts.host })
  assignments.listen()
  parts.host.log.info('serving workers', { port: listener.port })
  return {
    port: listener.port,
    [Symbol.asyncDispose]: async () => {
      assignments.close()
      await listener[Symbol.asyncDispose]()
      await close(server, parts)
    },
  }
}

/** Machines go away without a word: a connection that answers no ping is given up. */
const OPTIONS = {
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.max_receive_message_length': 1024 * 1024,
}

const REPORTED: ReadonlyMap<State, Reported> = new Map([
  [State.RUNNING, 'STATE_RUNNING'],
  [State.SUCCESS, 'STATE_SUCCESS'],
  [State.FAILED, 'STATE_FAILED'],
  [State.TIMEOUT, 'STATE_TIMEOUT'],
])

const MESSAGE_MOST = 4000

async function report(request: ActionStatusRequest, writer: StatusWriter, { host }: WorkflowParts): Promise<void> {
  const { workflowId, taskId, actionId, agentId, actionName } = request
  for (const [field, value] of Object.entries({ workflow_id: workflowId, task_id: taskId, action_id: actionId })) {
    if (value === '') throw new RpcFault('rpc/invalid-argument', `${field} is empty`)
  }
  const state = REPORTED.get(request.actionState)
  if (!state) throw new RpcFault('rpc/invalid-argument', `action_state ${request.actionState} is no report`)
  const message = request.message?.message.slice(0, MESSAGE_MOST)
  const seconds = secondsOf(request)
  const applied = await writer.apply(keyFrom(workflowId), {
    is: 'reported',
    worker: agentId,
    task: taskId,
    action: actionId,
    state,
    ...(message && { message }),
    ...(seconds !== undefined && { seconds }),
  })
  if (!applied) throw new RpcFault('rpc/not-found', `there is no workflow ${workflowId}`)
  const facts = { worker: agentId, workflow: workflowId, action: actionName, state }
  if (!applied.refusal) return host.log.info('report taken', facts)
  const { why, says } = applied.refusal
  host.log.warn('report changes nothing', { ...facts, why, reason: says })
  // Refusals end an agent for good (Tinkerbell's own): only what can never become right is one. A report that is doubled or
  // late has been heard, and its sender goes on.
  if (why === 'unknown' || why === 'foreign') throw new RpcFault('rpc/not-found', says)
}

/** Whole seconds between the worker's own start and stop; years before 1970 are Go's zero times. */
function secondsOf({ executionStart, executionStop }: ActionStatusRequest): number | undefined {
  if (!executionStart || !executionStop || executionStart.seconds <= 0n) return undefined
  const milliseconds = (at: { seconds: bigint; nanos: number }) => Number(at.seconds) * 1000 + at.nanos / 1_000_000
  const seconds = Math.round((milliseconds(executionStop) - milliseconds(executionStart)) / 1000)
  return seconds >= 0 && seconds < 2 ** 31 ? seconds : undefined
}

/** What the API refuses is no fault of the worker, who is asked to try again. */
async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    if (!isApiFault(fault)) throw fault
    throw new RpcFault('rpc/unavailable', 'the API did not take it; try again', { reason: fault.code })
  }
}

const CLOSE_MOST = 2000 // milliseconds

async function close(server: Server, { host }: WorkflowParts): Promise<void> {
  const over = new AbortController()
  const done = new Promise<void>(resolve => server.tryShutdown(() => resolve()))
  const late = host.clock.wait(CLOSE_MOST, over.signal).catch(() => undefined) // called off: all calls have ended
  await Promise.race([done, late])
  over.abort()
  server.forceShutdown()
}
