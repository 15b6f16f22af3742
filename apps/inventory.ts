import { basename } from 'node:path'
import type { Client } from '../machinery/api/client.ts'
import type { Log } from '../machinery/host/log.ts'
import { applyInventory } from '../machinery/inventory/apply.ts'
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
      for (const [name, result] of await applyInventory(client, machines)) {
        log.info(result === 'created' ? 'machine of the list added' : 'machine of the list is known already', { name })
      }
    },
  }
}
