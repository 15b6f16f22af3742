import { Hardware } from '../../machinery/api/hardware.ts'
import type { Subject } from '../../machinery/api/journal.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { type Mac, parseMac } from '../../wire/mac.ts'
import { workerKey } from './identity.ts'
import { BY_WORKER } from './queue.ts'
import { currentStep } from './status.ts'
import type { WorkflowParts } from './writer.ts'

/** A worker that was not heard of for this long has been booted anew, in milliseconds. */
const SILENCE = 120_000
/** Strangers may call themselves anything: no more names than this are remembered. */
const KNOWN_MOST = 20_000

/** Tells the journal when a worker is heard for the first time in a boot of its machine. */
export class Contacts {
  readonly #parts: WorkflowParts
  readonly #heard = new Map<string, number>()

  constructor(parts: WorkflowParts) {
    this.#parts = parts
  }

  heard(worker: string, peer: string): void {
    const { host, journal } = this.#parts
    const key = workerKey(worker)
    const now = host.clock.now()
    const before = this.#heard.get(key)
    this.#heard.delete(key)
    this.#heard.set(key, now)
    const [oldest] = this.#heard.keys()
    if (this.#heard.size > KNOWN_MOST && oldest !== undefined) this.#heard.delete(oldest)
    if (before !== undefined && now - before < SILENCE + this.#busyFor(key, before)) return
    host.log.info('worker is there', { worker: worker.slice(0, 100), peer })
    const of = this.#subject(key)
    if (!of) return
    const evidence = { worker: worker.slice(0, 100), peer }
    journal.record({ of, stage: 'hookos', what: 'worker', says: 'The worker in HookOS asks for work', evidence })
  }

  /** A worker that runs an action does not ask meanwhile. */
  #busyFor(key: string, since: number): number {
    const steps = this.#workflows(key).flatMap(({ status }) => currentStep(status) ?? [])
    const ends = steps.map(({ action }) => Date.parse(action.startedAt ?? '') + (action.timeout ?? 0) * 1000 - since)
    return Math.max(0, ...ends.filter(Number.isFinite))
  }

  #subject(key: string): Subject | undefined {
    const workflow = this.#workflows(key).findLast(({ spec }) => spec.hardwareRef)
    const { namespace = 'default' } = workflow?.metadata ?? {}
    if (workflow?.spec.hardwareRef) return { hardware: workflow.spec.hardwareRef, namespace }
    const mac = parseMac(key)
    return mac && (this.#owner(mac) ?? { mac })
  }

  /** Asked once a boot at most: looking through all of them costs nothing. */
  #owner(mac: Mac): Subject | undefined {
    const all = this.#parts.world.cache(Hardware).all()
    const found = all.find(({ spec }) => spec.interfaces?.some(({ dhcp }) => dhcp?.mac === mac))
    return found && { hardware: found.metadata.name, namespace: found.metadata.namespace ?? 'default' }
  }

  #workflows(key: string): readonly Workflow[] {
    return this.#parts.world.cache(Workflow).find(BY_WORKER, key)
  }
}
