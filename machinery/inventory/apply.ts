import { Fault } from '../../wire/fault.ts'
import { BmcMachine } from '../api/bmc.ts'
import type { Client } from '../api/client.ts'
import { Secret } from '../api/core.ts'
import { isApiFault } from '../api/fault.ts'
import { Hardware } from '../api/hardware.ts'
import type { Kind } from '../api/kind.ts'
import { type KubeObject, keyOf } from '../api/object.ts'
import { differences } from './difference.ts'
import type { MachineObjects } from './objects.ts'

/** What became of a machine of the list; `differs` names the fields in which the one that is there is another. */
export type Applied =
  | { readonly is: 'created' | 'there' }
  | { readonly is: 'differs'; readonly fields: readonly string[] }

/** An address or MAC of the list is in use by a Hardware that the list does not name. */
export class ClashFault extends Fault<'inventory/clash'> {}

/**
 * Creates what is not there yet, the secret before the BMC before the Hardware, so that whoever sees a Hardware sees
 * all of it. What is there already is left as it is: controllers and people may have written to it since.
 */
export async function applyInventory(
  client: Client,
  machines: readonly MachineObjects[],
): Promise<Map<string, Applied>> {
  refuseClashes(machines, (await client.list(Hardware)).items)
  const applied = new Map<string, Applied>()
  for (const { hardware, bmc } of machines) {
    if (bmc) {
      await createSecret(client, bmc.secret)
      await createMissing(client, BmcMachine, bmc.machine)
    }
    applied.set(hardware.metadata.name, await createMissing(client, Hardware, hardware))
  }
  return applied
}

/** Whoever gives passwords away need not be able to read them. */
async function createSecret(client: Client, secret: Secret): Promise<void> {
  try {
    await client.create(Secret, secret)
  } catch (fault) {
    if (!isApiFault(fault, 'AlreadyExists')) throw fault
  }
}

async function createMissing<T extends KubeObject>(client: Client, kind: Kind<T>, object: T): Promise<Applied> {
  const there = await client.get(kind, keyOf(object))
  if (!there) {
    await client.create(kind, object)
    return { is: 'created' }
  }
  const fields = differences(object, there)
  return fields.length === 0 ? { is: 'there' } : { is: 'differs', fields }
}

function refuseClashes(machines: readonly MachineObjects[], known: readonly Hardware[]): void {
  const taken = new Map<string, string>()
  for (const hardware of known) for (const name of identities(hardware)) taken.set(name, hardware.metadata.name)
  for (const { hardware } of machines) {
    for (const identity of identities(hardware)) {
      const other = taken.get(identity)
      if (other === undefined || other === hardware.metadata.name) continue
      const sentence = `${hardware.metadata.name}: ${identity} belongs to the Hardware ${other} already`
      throw new ClashFault('inventory/clash', sentence, { name: hardware.metadata.name, identity, other })
    }
  }
}

/** What no two machines may share: MACs and addresses. */
function identities(hardware: Hardware): readonly string[] {
  return (hardware.spec.interfaces ?? []).flatMap(({ dhcp }) =>
    [dhcp?.mac, dhcp?.ip?.address].filter(text => text !== undefined),
  )
}
