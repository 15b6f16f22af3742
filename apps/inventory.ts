import { basename } from 'node:path'
import type { Client } from '../machinery/api/client.ts'
import type { Log } from '../machinery/host/log.ts'
import { type Applied, applyInventory } from '../machinery/inventory/apply.ts'
import { readCsv } from '../machinery/inventory/csv.ts'
import { objectsOf } from '../machinery/inventory/objects.ts'
import { readGiven } from './file.ts'

/** The rack's list, read and found right, not yet on the API. */
export interface Inventory {
  apply(client: Client, log: Log): Promise<void>
}

/** Reads the list before anything is served: a list with a mistake in it changes nothing at all. */
export async function readInventory(file: string | undefined): Promise<Inventory> {
  if (file === undefined) return { apply: () => Promise.resolve() }
  const machines = readCsv(await readGiven('--hardware-csv', file), basename(file)).map(objectsOf)
  return {
    apply: async (client, log) => {
      for (const [name, result] of await applyInventory(client, machines)) tell(log, name, result)
    },
  }
}

const TOLD = { created: 'machine of the list added', there: 'machine of the list is known already' } as const
const DIFFERS = 'machine of the list is known already and left as it is, though the list says otherwise'

function tell(log: Log, name: string, result: Applied): void {
  if (result.is === 'differs') log.warn(DIFFERS, { name, fields: result.fields.join(', ') })
  else log.info(TOLD[result.is], { name })
}
