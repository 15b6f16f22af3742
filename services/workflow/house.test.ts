// No test: the world that the tests of this room share. Its name lets it see the API server, as tests may.
import assert from 'node:assert/strict'
import { credentials } from '@grpc/grpc-js'
import { Hardware } from '../../machinery/api/hardware.ts'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { type Kind, make } from '../../machinery/api/kind.ts'
import type { KubeObject } from '../../machinery/api/object.ts'
import { Connection } from '../../machinery/api/tink/client.ts'
import { WorkerService } from '../../machinery/api/tink/generated/worker_pb.js'
import {
  type ActionStatusRequest_StateType as State,
  WorkflowService,
} from '../../machinery/api/tink/generated/workflow_pb.js'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { runController, worldOf } from '../../machinery/control/controller.ts'
import type { Host } from '../../machinery/host/host.ts'
import { createLog, formatLine } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { openDispatch } from './dispatch.ts'
import { workflowControllers } from './engine.ts'

export const NAMESPACE = 'eksa-system'
export const MAC = '52:54:00:12:34:01'
export const key = (name: string) => ({ name, namespace: NAMESPACE })

export const TEMPLATE = `version: "0.1"
name: os
tasks:
  - name: os
    worker: "{{.device_1}}"
    volumes: [/dev:/dev]
    environment: {A: task, B: task}
    actions:
      - name: stream-image
        image: hub/image2disk:1
        timeout: 600
        volumes: [/tmp:/tmp]
        environment: {B: action, SECRET: hunter2, DEST_DISK: "{{ index .Hardware.Disks 0 }}"}
      - name: reboot
        image: hub/reboot:1
        timeout: 90
`
export const KEXEC = TEMPLATE.replace('name: reboot', 'name: kexec-image').replace('hub/reboot', 'hub/kexec')

/** Everything of the room, over an API in memory and a clock that is moved by hand. */
export async function house() {
  const scope = new Scope()
  const clock = new SimulatedClock()
  const lines: string[] = []
  const log = createLog(clock, line => lines.push(formatLine(line)))
  let seed = 1
  const random = () => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  const host: Host = { clock, log, random }
  const api = scope.hold(await memoryApi(host))
  const { client } = api
  const world = worldOf(client, host)
  const journal = new MemoryJournal()
  const stop = new AbortController()
  const controllers = workflowControllers({ host, journal })
  let engine = new AbortController()
  for (const { for: own, reads } of controllers)
    for (const kind of [own, ...reads.map(read => read.kind)]) world.cache(kind)
  const parts = { world, host, journal }
  const dispatch = scope.hold(await openDispatch({ address: '127.0.0.1', port: 0 }, parts))
  await world.caches.start(stop.signal)
  for (const each of controllers) void runController(each, world, AbortSignal.any([stop.signal, engine.signal]))
  scope.onClose(() => stop.abort())
  const connection = scope.hold(new Connection(`127.0.0.1:${dispatch.port}`, credentials.createInsecure()))
  const calls = connection.calls(WorkflowService)
  const options = { timeout: 20_000 }

  const hardware = make(Hardware, {
    metadata: key('rack1'),
    spec: {
      disks: [{ device: '/dev/sda' }],
      bmcRef: { kind: 'Machine', name: 'rack1' },
      interfaces: [{ dhcp: { mac: MAC, uefi: true }, netboot: { allowPXE: false } }],
    },
  })
  const workflow = (name: string, spec: Partial<Workflow['spec']> = {}) =>
    make(Workflow, {
      metadata: key(name),
      spec: { templateRef: 'os', hardwareRef: 'rack1', hardwareMap: { device_1: MAC }, ...spec },
    })
  const put = <T extends KubeObject>(kind: Kind<T>, object: T) => client.create(kind, object)
  return {
    clock,
    client,
    journal,
    lines,
    dispatch,
    parts,
    hardware,
    workflow,
    put,
    template: (data = TEMPLATE) => make(Template, { metadata: key('os'), spec: { data } }),
    ask: (agentId = MAC) => calls.getAction({ agentId }, options),
    report: (action: { workflowId: string; taskId: string; actionId: string }, actionState: State, message = '') =>
      calls.reportActionStatus(
        {
          workflowId: action.workflowId,
          taskId: action.taskId,
          actionId: action.actionId,
          agentId: MAC,
          actionState,
          message: { message },
        },
        options,
      ),
    tell: connection.calls(WorkerService),
    /** Ends the controllers, lets time pass, and starts new ones that remember nothing. */
    async restart(away: number) {
      engine.abort()
      await clock.advance(away)
      engine = new AbortController()
      const either = AbortSignal.any([stop.signal, engine.signal])
      const before = clock.waiting
      for (const each of workflowControllers({ host, journal })) void runController(each, world, either)
      // Until they have looked at the workflow, and wait for its deadline.
      while (clock.waiting <= before) await new Promise(resolve => setImmediate(resolve))
    },
    /** The workflow once it is as wanted. */
    async when(name: string, wanted: (workflow: Workflow) => boolean): Promise<Workflow> {
      const end = Date.now() + 5000
      for (;;) {
        const found = await client.get(Workflow, key(name))
        if (found && wanted(found)) return found
        if (Date.now() > end) assert.fail(`never came: ${JSON.stringify(found?.status, null, 1)}`)
        await new Promise(resolve => setImmediate(resolve))
      }
    },
    async allowPxe() {
      return (await client.get(Hardware, key('rack1')))?.spec.interfaces?.[0]?.netboot?.allowPXE
    },
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  }
}
export type House = Awaited<ReturnType<typeof house>>
export const state = (wanted: string) => (workflow: Workflow) => workflow.status?.state === wanted

export async function started(at: House, spec: Partial<Workflow['spec']> = {}, data = TEMPLATE): Promise<void> {
  await at.put(Hardware, at.hardware)
  await at.put(Template, at.template(data))
  await at.put(Workflow, at.workflow('w', spec))
  await at.when('w', state('STATE_PENDING'))
}

/** Until the server holds a call open: it then waits on the clock. */
export async function waiting(at: House): Promise<void> {
  const before = at.clock.waiting
  const end = Date.now() + 5000
  while (at.clock.waiting <= before) {
    if (Date.now() > end) assert.fail('the server holds no call')
    await new Promise(resolve => setImmediate(resolve))
  }
}
