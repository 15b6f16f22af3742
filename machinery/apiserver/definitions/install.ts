import { definitionOf } from '../../api/definition.ts'
import type { Kind } from '../../api/kind.ts'
import { create } from '../registry/create.ts'
import { OWN } from '../registry/options.ts'
import type { Room } from '../registry/room.ts'
import type { Served } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { fieldsOf } from './reading.ts'
import { DEFINITIONS } from './traits.ts'

/** Writes the definitions of our own kinds where they are missing or say something else. Those of others stay. */
export async function installDefinitions(room: Room, kinds: readonly Kind[]): Promise<void> {
  const [served] = room.catalog.versions(DEFINITIONS)
  if (served) await Promise.all(kinds.map(kind => install(room, served, kind)))
}

async function install(room: Room, served: Served, kind: Kind): Promise<void> {
  // Nothing but JSON, so that it can be compared.
  const wanted = JSON.parse(JSON.stringify(definitionOf(kind))) as Body
  const key = { name: wanted.metadata.name }
  if (!room.store.get({ collection: DEFINITIONS, key: key.name })) {
    await create(room, served, { body: wanted, options: OWN })
    return
  }
  const revise = (now: Body): Body => {
    const labels = { ...now.metadata.labels, ...wanted.metadata.labels }
    const metadata = { ...now.metadata, ...(Object.keys(labels).length > 0 && { labels }) }
    return { ...now, metadata, spec: { ...fieldsOf(now.spec), ...fieldsOf(wanted.spec) } }
  }
  await update(room, served, { key, revise, options: OWN })
}
