import { apiVersion, type Kind } from '../../api/kind.ts'
import { asBody, builtin, type Served, type Traits } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { finalizerFaults } from './faults/words.ts'
import { at } from './look.ts'
import { messageOf } from './message.ts'
import { messageName } from './name.ts'
import { normalOf } from './normal.ts'
import { schemaOf } from './schema.ts'
import { shown } from './show.ts'

interface OwnTraits extends Partial<Traits> {
  /** What becomes of an object whenever it is read (kubernetes `pkg/apis`, conversion). */
  readonly settle?: (object: Body) => Body
}

/** A kind of Kubernetes' own, served by what the table of messages says of it. */
export function own(kind: Kind, { settle, ...traits }: OwnTraits = {}): Served {
  const name = messageName(apiVersion(kind), kind.kind)
  if (!name) throw new RangeError(`no message for ${apiVersion(kind)} ${kind.kind}`)
  const message = messageOf(name)
  const head = { kind: kind.kind, apiVersion: apiVersion(kind) }
  let empty: Body | undefined
  const blank = () => {
    empty ??= asBody(shown(message, head))
    return empty
  }
  const read = normalOf(kind, name)
  const normalize: Traits['normalize'] = settle ? (given, options) => settle(read(given, options)) : read
  const base = { schema: schemaOf(message), normalize, blank }
  const faults = STRICT.includes(kind.group) ? withFinalizers(traits.faults) : traits.faults
  return builtin(kind, { ...base, ...traits, ...(faults && { faults }) })
}

/** Groups that are strict about the names of finalizers. */
const STRICT = ['', 'apps', 'batch', 'discovery.k8s.io', 'rbac.authorization.k8s.io']

function withFinalizers(faults: Traits['faults']): NonNullable<Traits['faults']> {
  return (object, old) => [...finalizerFaults(object), ...(faults?.(object, old) ?? [])]
}

/** A field for field selectors, as text; a default where it is not there. */
export function field(path: string, otherwise = ''): (object: Body) => string {
  const names = path.split('.')
  return object => {
    const value = at(object, ...names)
    return value === undefined || value === null ? otherwise : String(value)
  }
}

/** Fields by their own paths, for field selectors. */
export function fields(...paths: readonly string[]): Readonly<Record<string, (object: Body) => string>> {
  return Object.fromEntries(paths.map(path => [path, field(path)]))
}
