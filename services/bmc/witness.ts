import type { Action } from '../../machinery/api/bmc.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import type { Observation, Subject } from '../../machinery/api/journal.ts'
import type { ObjectKey } from '../../machinery/api/object.ts'
import type { World } from '../../machinery/control/controller.ts'
import type { Order } from './step.ts'

/**
 * Whose journal a Machine's facts belong in: its Hardware, or one of its own name while no Hardware points to it.
 * Looked for among all: a machine has a handful of power facts in its life.
 */
export function subjectOf({ name, namespace = 'default' }: ObjectKey, world: World): Subject {
  const points = ({ spec, metadata }: Hardware) => spec.bmcRef?.name === name && metadata.namespace === namespace
  return { hardware: world.cache(Hardware).all().find(points)?.metadata.name ?? name, namespace }
}

type Evidence = Readonly<Record<string, string>>

const SAYS: Readonly<Record<NonNullable<Action['powerAction']>, { what: string; says: string } | undefined>> = {
  on: { what: 'power-on', says: 'is switched on' },
  off: { what: 'power-off', says: 'is switched off' },
  soft: { what: 'power-off', says: 'has shut down' },
  cycle: { what: 'power-on', says: 'was switched off and on' },
  reset: { what: 'power-on', says: 'was reset' },
  status: undefined,
}

/** What the journal says of an order that was carried out; nothing of one that only looked. */
export function witnessed(order: Order, evidence: Evidence): Omit<Observation, 'of'> | undefined {
  if (order.kind === 'refused') return undefined
  if (order.kind === 'power') {
    const fact = SAYS[order.action]
    return fact && { stage: 'power', ...fact, evidence: { ...evidence, action: order.action } }
  }
  const { device, persistent, efi } = order.boot
  const says = `boots from ${device} ${persistent ? 'from now on' : 'once'}${efi ? ', the EFI way' : ''}`
  return { stage: 'power', what: 'boot-device', says, evidence: { ...evidence, device, efi: String(efi) } }
}

/** A warning; that a BMC is silent stands in the journal once, however long it lasts. */
export function trouble(
  what: 'bmc-unreachable' | 'bmc-failed',
  says: string,
  evidence: Evidence,
): Omit<Observation, 'of'> {
  return { stage: 'power', what, says, severity: 'warning', evidence, replaces: what === 'bmc-unreachable' }
}
