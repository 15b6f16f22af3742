import { isDeepStrictEqual } from 'node:util'
import { ClusterRole, ClusterRoleBinding, type RoleBinding, type RoleSubject } from '../../api/access.ts'
import type { Client } from '../../api/client.ts'
import { isApiFault } from '../../api/fault.ts'
import type { KubeObject } from '../../api/object.ts'
import { missingRules } from './cover.ts'
import { DEFAULT_BINDINGS, DEFAULT_ROLES, updatesItself } from './default-roles.ts'

/**
 * Makes the default roles and bindings, and gives back to those that are there what they lack (component-helpers
 * `auth/rbac/reconciliation`): what somebody added stays, and so does all that is marked `autoupdate: "false"`.
 */
export async function makeDefaultRoles(client: Client): Promise<void> {
  const roles = DEFAULT_ROLES.map(wanted => makeRole(client, wanted))
  const bindings = DEFAULT_BINDINGS.map(wanted => makeBinding(client, wanted))
  await Promise.all([...roles, ...bindings])
}

async function makeRole(client: Client, wanted: ClusterRole): Promise<void> {
  const found = await client.get(ClusterRole, wanted.metadata)
  if (!found) return void (await client.create(ClusterRole, wanted).catch(unlessThere))
  if (!updatesItself(found.metadata.annotations)) return
  const missing = missingRules(found.rules ?? [], wanted.rules ?? [])
  const { aggregationRule: _, ...kept } = found
  const next = {
    ...kept,
    metadata: marked(found, wanted),
    ...(missing.length > 0 && { rules: [...(found.rules ?? []), ...missing] }),
    ...(wanted.aggregationRule && { aggregationRule: aggregation(found, wanted) }),
  }
  if (!isDeepStrictEqual(next, found)) await client.update(ClusterRole, next)
}

function aggregation(found: ClusterRole, wanted: ClusterRole): NonNullable<ClusterRole['aggregationRule']> {
  const known = found.aggregationRule?.clusterRoleSelectors ?? []
  const more = (wanted.aggregationRule?.clusterRoleSelectors ?? []).filter(
    selector => !known.some(one => isDeepStrictEqual(one, selector)),
  )
  return { clusterRoleSelectors: [...known, ...more] }
}

async function makeBinding(client: Client, wanted: RoleBinding): Promise<void> {
  const kind = ClusterRoleBinding
  const found = await client.get(kind, wanted.metadata)
  if (!found) return void (await client.create(kind, wanted).catch(unlessThere))
  if (!updatesItself(found.metadata.annotations)) return
  if (!isDeepStrictEqual(found.roleRef, wanted.roleRef)) {
    // The role of a binding cannot be changed: another takes its place.
    await client.delete(kind, found.metadata, { ...(found.metadata.uid && { uid: found.metadata.uid }) })
    return void (await client.create(kind, wanted))
  }
  const known = found.subjects ?? []
  const same = (a: RoleSubject) => (b: RoleSubject) => isDeepStrictEqual(a, b)
  const missing = (wanted.subjects ?? []).filter(subject => !known.some(same(subject)))
  const subjects = [...known, ...missing]
  const next = { ...found, metadata: marked(found, wanted), ...(subjects.length > 0 && { subjects }) }
  if (!isDeepStrictEqual(next, found)) await client.update(kind, next)
}

/** With the labels and annotations of a default object, where it has none of its own under that name. */
function marked({ metadata: found }: KubeObject, { metadata: wanted }: KubeObject): KubeObject['metadata'] {
  const labels = { ...wanted.labels, ...found.labels }
  const annotations = { ...wanted.annotations, ...found.annotations }
  return { ...found, labels, annotations }
}

/** Another server on the same store was faster. */
function unlessThere(fault: unknown): undefined {
  if (!isApiFault(fault, 'AlreadyExists')) throw fault
}
