import type { Body } from '../store/change.ts'
import { fieldsOf, listOf, textOf, textsOf } from './reading.ts'

const PORT = 443

/** A definition with what kube-apiserver fills in (apiextensions `v1/defaults.go`, and its strategy). */
export function definitionDefaults(definition: Body, before?: Body): Body {
  const spec = fieldsOf(definition.spec) ?? {}
  const status = fieldsOf(before ? before.status : {}) ?? {}
  const storage = listOf(spec.versions).find(version => version.storage === true)
  const name = storage && textOf(storage.name)
  const stored = textsOf(status.storedVersions)
  const storedVersions = name === undefined || stored.includes(name) ? stored : [...stored, name]
  return {
    ...definition,
    spec: { ...spec, names: namesWithDefaults(spec.names), conversion: conversionWithDefaults(spec.conversion) },
    status: { ...NEW_STATUS, ...status, ...(storedVersions.length > 0 && { storedVersions }) },
  }
}

/** As Go writes what has no value yet. */
const NEW_STATUS = { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions: null }

function namesWithDefaults(value: unknown): unknown {
  const names = fieldsOf(value)
  const kind = textOf(names?.kind)
  if (!names || kind === '') return value
  return {
    ...names,
    ...(textOf(names.singular) === '' && { singular: kind.toLowerCase() }),
    ...(textOf(names.listKind) === '' && { listKind: `${kind}List` }),
  }
}

function conversionWithDefaults(value: unknown): unknown {
  const conversion = fieldsOf(value)
  if (!conversion) return { strategy: 'None' }
  const webhook = fieldsOf(conversion.webhook)
  const clientConfig = fieldsOf(webhook?.clientConfig)
  const service = fieldsOf(clientConfig?.service)
  if (!service || service.port !== undefined) return conversion
  const reached = { ...clientConfig, service: { ...service, port: PORT } }
  return { ...conversion, webhook: { ...webhook, clientConfig: reached } }
}
