import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { credentials, Server, ServerCredentials } from '@grpc/grpc-js'
import { fromHex, toHex } from '../../../wire/bytes.ts'
import { Connection } from './client.ts'
import { RpcFault } from './fault.ts'
import { WorkerService } from './generated/worker_pb.js'
import {
  ActionResponseSchema,
  ActionStatusRequestSchema,
  ActionStatusRequest_StateType as State,
  WorkflowService,
} from './generated/workflow_pb.js'
import { type Handlers, type Serving, serve } from './server.ts'

async function connect(handlers: Handlers<typeof WorkflowService>, onBug: Serving['onBug'] = () => undefined) {
  const server = new Server()
  serve(server, WorkflowService, { ...handlers, onBug })
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  )
  const connection = new Connection(`127.0.0.1:${port}`, credentials.createInsecure())
  return {
    calls: connection.calls(WorkflowService),
    connection,
    [Symbol.dispose]() {
      connection[Symbol.dispose]()
      server.forceShutdown()
    },
  }
}

const nothing = async () => ({})

test('a question is answered with its fields', async () => {
  using peers = await connect({
    getAction: async request => ({ actionId: `for ${request.agentId}`, timeout: 600n }),
    reportActionStatus: nothing,
  })
  const answer = await peers.calls.getAction({ agentId: '52:54:00:00:00:01' }, { timeout: 10_000 })
  assert.equal(answer.actionId, 'for 52:54:00:00:00:01')
  assert.equal(answer.timeout, 600n)
})

test('a fault of a handler arrives with its code and sentence; a bug tells nothing but itself', async () => {
  const bugs: unknown[] = []
  using peers = await connect(
    {
      getAction: async () => {
        throw new RpcFault('rpc/not-found', 'no workflow waits for this worker')
      },
      reportActionStatus: async () => {
        throw new TypeError('secret detail')
      },
    },
    bug => bugs.push(bug),
  )
  const ask = peers.calls.getAction({ agentId: 'a' }, { timeout: 10_000 })
  await assert.rejects(ask, { code: 'rpc/not-found', message: 'no workflow waits for this worker' })
  const report = peers.calls.reportActionStatus({ actionState: State.RUNNING }, { timeout: 10_000 })
  await assert.rejects(report, { code: 'rpc/internal', message: 'internal fault' })
  assert.equal(bugs.length, 1)
})

test('a service that is not there is unimplemented', async () => {
  using peers = await connect({ getAction: nothing, reportActionStatus: nothing })
  const report = peers.connection.calls(WorkerService).reportProgress({ doneBytes: 1n }, { timeout: 10_000 })
  await assert.rejects(report, { code: 'rpc/unimplemented' })
})

test('hanging up aborts the handler', async () => {
  const held = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  using peers = await connect({
    getAction: async (_, call) => {
      held.resolve()
      await new Promise<void>(resolve => call.signal.addEventListener('abort', () => resolve()))
      ended.resolve()
      return {}
    },
    reportActionStatus: nothing,
  })
  const stop = new AbortController()
  const call = peers.calls.getAction({ agentId: 'a' }, { timeout: 10_000, signal: stop.signal })
  const cancelled = assert.rejects(call, { code: 'rpc/cancelled' })
  await held.promise
  stop.abort()
  await cancelled
  await ended.promise
})

// Field 6 of a status report is a varint here; the legacy report has a string there. The two share one path on the wire.
test('a status report lies on the wire as upstream writes it', () => {
  const report = create(ActionStatusRequestSchema, {
    workflowId: 'eksa-system/w',
    actionId: 'a',
    actionState: State.SUCCESS,
    message: { message: 'ok' },
  })
  const bytes = toBinary(ActionStatusRequestSchema, report)
  assert.equal(toHex(bytes), '0a0d656b73612d73797374656d2f77220161300552040a026f6b')
})

test('an action with explicit presence of empty fields, as edition 2023 may write it, is read', () => {
  const bytes = fromHex(
    '0a0461 2f62 63 1200 2201 78 3858 52034b3d56 # a/bc, empty task, x, 88 s, K=V'.replace(/ /g, ''),
  )
  const action = fromBinary(ActionResponseSchema, bytes)
  assert.deepEqual(
    [action.workflowId, action.taskId, action.actionId, action.timeout, action.environment],
    ['a/bc', '', 'x', 88n, ['K=V']],
  )
})
