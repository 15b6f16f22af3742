import { set } from './merge.ts'
import { isObject } from './served.ts'

type Members = Readonly<Record<string, unknown>>

// Lists of Kubernetes' own kinds that are merged by a key of their items (`patchMergeKey` in k8s.io/api); any other list
// is replaced. `null` as a key: a list of plain values, merged as a set.
const MERGED: Readonly<Record<string, readonly string[] | null>> = {
  ownerReferences: ['uid'],
  finalizers: null,
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  conditions: ['type'],
  addresses: ['type'],
  ports: ['port', 'containerPort'],
  hostAliases: ['ip'],
}

/** Kubernetes' strategic merge patch, for its own kinds: like a merge patch, but some lists are merged item by item. */
export function strategicPatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const { $patch: directive, $retainKeys: retain, ...members } = patch
  if (directive === 'replace') return members
  if (directive === 'delete') return {}
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {}
  if (Array.isArray(retain)) for (const key of Object.keys(merged)) if (!retain.includes(key)) delete merged[key]
  for (const [key, value] of Object.entries(members)) mergeMember(merged, key, value)
  return merged
}

const DELETE_FROM = '$deleteFromPrimitiveList/'
const ORDER = '$setElementOrder/'

function mergeMember(merged: Record<string, unknown>, key: string, value: unknown): void {
  if (key.startsWith(ORDER)) return // a wish about the order of a merged list; the items are all there
  if (key.startsWith(DELETE_FROM)) {
    const name = key.slice(DELETE_FROM.length)
    const gone = Array.isArray(value) ? value : []
    const list = merged[name]
    if (Array.isArray(list))
      set(
        merged,
        name,
        list.filter(item => !gone.includes(item)),
      )
  } else if (value === null) delete merged[key]
  else if (Array.isArray(value)) set(merged, key, mergeLists(key, merged[key], value))
  else set(merged, key, strategicPatch(merged[key], value))
}

function mergeLists(name: string, target: unknown, patch: readonly unknown[]): unknown {
  const keys = Object.hasOwn(MERGED, name) ? MERGED[name] : undefined
  if (keys === undefined || patch.some(item => isObject(item) && item.$patch === 'replace')) {
    return patch.filter(item => !(isObject(item) && '$patch' in item))
  }
  const list: unknown[] = Array.isArray(target) ? [...target] : []
  if (keys === null) return [...new Set([...list, ...patch])]
  for (const item of patch) if (isObject(item)) mergeItem(list, item, keys)
  return list
}

function mergeItem(list: unknown[], item: Members, keys: readonly string[]): void {
  const key = keys.find(name => name in item) ?? ''
  const at = list.findIndex(other => isObject(other) && other[key] === item[key])
  if (item.$patch === 'delete') {
    if (at >= 0) list.splice(at, 1)
  } else if (at >= 0) list[at] = strategicPatch(list[at], item)
  else list.push(strategicPatch({}, item))
}
