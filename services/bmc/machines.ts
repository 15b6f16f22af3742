import { BmcMachine, Job, Task } from '../../machinery/api/bmc.ts'
import { Secret } from '../../machinery/api/core.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { keyOf, keyText, type ObjectKey } from '../../machinery/api/object.ts'
import { type Controller, controller, ownerKeys, read, type World } from '../../machinery/control/controller.ts'
import { statusOf } from '../../machinery/control/ownership.ts'
import { timestamp } from '../../machinery/host/clock.ts'
import { connect, type PowerState } from './driver.ts'
import { PowerFault } from './fault.ts'
import { type BmcParts, settingsOf } from './parts.ts'
import { has } from './status.ts'
import { secretKey, targetOf } from './target.ts'
import { subjectOf, trouble } from './witness.ts'

type Status = NonNullable<BmcMachine['status']>
/** What a look at the BMC showed. */
export type Sight = { readonly power: PowerState } | { readonly fault: string }

const CONTACTABLE = 'Contactable'
const RETRY = { first: 15_000, share: 0.5 }

/** The status that this sight makes of the last one; undefined when it says the same. */
export function nextStatus(status: Status | undefined, sight: Sight, now: string): Status | undefined {
  const known = status?.conditions?.find(({ type }) => type === CONTACTABLE)
  const next = 'power' in sight ? ('True' as const) : ('False' as const)
  const message = 'power' in sight ? undefined : sight.fault
  const powerState = 'power' in sight ? sight.power : 'unknown'
  const turned = known?.status !== next
  if (!turned && status?.powerState === powerState && known?.message === message) return undefined
  const lastUpdateTime = turned ? now : known?.lastUpdateTime
  const contactable = {
    type: CONTACTABLE,
    status: next,
    ...(lastUpdateTime !== undefined && { lastUpdateTime }),
    ...(message !== undefined && { message }),
  }
  return { powerState, conditions: [contactable] }
}

/** A BMC that is silent is asked again soon, then ever more seldom, up to the usual interval. */
export function nextLook(status: Status | undefined, now: number, interval: number): number {
  const known = status?.conditions?.find(({ type }) => type === CONTACTABLE)
  if (known?.status !== 'False' || !known.lastUpdateTime) return interval
  const silent = now - Date.parse(known.lastUpdateTime)
  return Math.min(interval, Math.max(RETRY.first, silent * RETRY.share))
}

/** Looks at every BMC now and then, and when its Secret changes or a Task has switched something. Changes no machine. */
export function machinesController(parts: BmcParts): Controller {
  const { clock, random } = parts.host
  return controller({
    name: 'bmc/machines',
    for: BmcMachine,
    owns: [statusOf(BmcMachine)],
    reads: [
      read(Secret, (secret, world) => machinesOf(secret, world)),
      read(Task, (task, world) => (has(task.status, 'Completed') ? machineKeys(task, world) : [])),
      read(Job, () => []),
      read(Hardware, () => []),
    ],
    reconcile: async (machine, world) => {
      if (machine.metadata.deletionTimestamp) return undefined
      const sight = await look(machine, world, parts)
      const status = nextStatus(machine.status, sight, timestamp(clock))
      if (status) {
        await world.client.patch(BmcMachine, keyOf(machine), { subresource: 'status', body: { status } })
        tell(machine, sight, { world, parts })
      }
      const wait = nextLook(status ?? machine.status, clock.now(), settingsOf(parts).powerCheckInterval)
      return { lookAgainIn: wait * (0.9 + 0.2 * random()) } // not all at the same moment
    },
  })
}

async function look({ spec, metadata }: BmcMachine, world: World, { drivers }: BmcParts): Promise<Sight> {
  try {
    await using bmc = await connect(drivers, targetOf(spec.connection, metadata.namespace, world))
    return { power: await bmc.power() }
  } catch (thrown) {
    return { fault: PowerFault.from(thrown).message }
  }
}

function tell(machine: BmcMachine, sight: Sight, { world, parts }: { world: World; parts: BmcParts }): void {
  const { host } = machine.spec.connection
  const facts = { name: machine.metadata.name, host }
  const before = machine.status?.conditions?.find(({ type }) => type === CONTACTABLE)?.status
  if ('power' in sight) {
    if (before !== 'True') parts.host.log.info('BMC contacted', { ...facts, power: sight.power })
    else parts.host.log.info('power state changed', { ...facts, power: sight.power })
    return
  }
  if (before === 'False') return
  parts.host.log.warn('BMC not contactable', { ...facts, reason: sight.fault })
  const of = subjectOf(keyOf(machine), world)
  parts.journal.record({ of, ...trouble('bmc-unreachable', sight.fault, { bmc: host }) })
}

function machinesOf(secret: Secret, world: World): readonly ObjectKey[] {
  const changed = keyText(keyOf(secret))
  return world
    .cache(BmcMachine)
    .all()
    .filter(({ spec, metadata }) => {
      const key = secretKey(spec.connection, metadata.namespace)
      return key !== undefined && keyText(key) === changed
    })
    .map(keyOf)
}

/** The Machine that a Task works on, by way of its Job. */
export function machineKeys(task: Task, world: World): readonly ObjectKey[] {
  return ownerKeys(Job, task).flatMap(key => {
    const job = world.cache(Job).get(key)
    return job ? [job.spec.machineRef] : []
  })
}
