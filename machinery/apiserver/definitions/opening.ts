import type { Client } from '../../api/client.ts'
import { builtinKind, type Kind } from '../../api/kind.ts'
import type { KubeObject } from '../../api/object.ts'
import { systemClock } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { ALLOW_ALL } from '../registry/authorizer.ts'
import { openRegistry, type Registry } from '../registry/registry.ts'
import { type Disk, memoryDisk } from '../store/disk.ts'
import { type Fields, fieldsOf, listOf } from './reading.ts'

// A registry to try definitions on: for tests.

export type Definition = KubeObject & { readonly spec: Fields; readonly status?: Fields }

export const Definitions: Kind<Definition> = builtinKind({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  statusSubresource: true,
})

export interface Opened extends AsyncDisposable {
  readonly registry: Registry
  readonly client: Client
}

export async function openEmpty(disk: Disk = memoryDisk(), kinds: readonly Kind[] = []): Promise<Opened> {
  const host: Host = { clock: systemClock, log: silentLog, random: Math.random }
  const registry = await openRegistry({ disk, host, kinds, authorizer: ALLOW_ALL })
  const client = registry.client({ user: 'test' })
  return { registry, client, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() }
}

const ANYTHING = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }

/** One version, which is kept and takes anything, unless told otherwise. */
export function version(name: string, more: object = {}): object {
  return { name, served: true, storage: true, schema: ANYTHING, ...more }
}

/** A definition of a kind called after its plural: `widgets` is a Widget. */
export function definition(
  plural: string,
  { spec = {}, names = {} }: { spec?: object; names?: object } = {},
): Definition {
  const kind = plural.charAt(0).toUpperCase() + plural.slice(1, -1)
  const group = 'example.com'
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, scope: 'Namespaced', names: { plural, kind, ...names }, versions: [version('v1')], ...spec },
  }
}

/** The kind as a client would name it. */
export function kindOf(plural: string, name = 'v1'): Kind<KubeObject & Fields> {
  const kind = plural.charAt(0).toUpperCase() + plural.slice(1, -1)
  return builtinKind({ group: 'example.com', version: name, kind, plural })
}

/** `type=status reason`, in their order. */
export function conditionsOf(object: Definition | undefined): string[] {
  const conditions = listOf(fieldsOf(object?.status)?.conditions)
  return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`)
}
