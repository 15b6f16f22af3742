import type { PrinterColumn } from '../../api/kind.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { byPreference } from '../registry/version.ts'
import type { Body } from '../store/change.ts'
import { isTrue } from './condition.ts'
import { type Fields, fieldsOf, listOf, textOf, textsOf } from './reading.ts'
import { type Names, namesOf } from './spec.ts'
import type { WebhookClientConfig } from './webhook.ts'

export interface ScalePaths {
  readonly specReplicasPath: string
  readonly statusReplicasPath: string
  readonly labelSelectorPath?: string
}

export interface DefinitionVersion {
  readonly name: string
  readonly served: boolean
  readonly storage: boolean
  /** What to tell whoever uses it, when it is deprecated. */
  readonly deprecation?: string
  readonly schema?: SchemaNode
  readonly status: boolean
  readonly scale?: ScalePaths
  readonly columns: readonly PrinterColumn[]
  /** JSONPaths. */
  readonly selectable: readonly string[]
}

export interface ConversionWebhook {
  readonly clientConfig: WebhookClientConfig
  readonly reviewVersions: readonly string[]
}

/** A CustomResourceDefinition that was accepted, as the server works with it. */
export interface Definition {
  /** `plural.group` */
  readonly name: string
  readonly group: string
  readonly namespaced: boolean
  /** Those that were accepted, which may be others than those that are wanted. */
  readonly names: Names
  /** The preferred one first. */
  readonly versions: readonly DefinitionVersion[]
  readonly storedVersions: readonly string[]
  readonly webhook?: ConversionWebhook
  readonly established: boolean
  readonly terminating: boolean
}

/** Reads a definition from the store: it was checked when it was written. */
export function readDefinition(body: Body): Definition {
  const spec = fieldsOf(body.spec) ?? {}
  const status = fieldsOf(body.status) ?? {}
  const group = textOf(spec.group)
  const webhook = webhookOf(spec.conversion)
  return {
    name: body.metadata.name,
    group,
    namespaced: spec.scope === 'Namespaced',
    names: namesOf(status.acceptedNames),
    versions: listOf(spec.versions)
      .map((version, _, all) => readVersion(version, { group, kind: textOf(fieldsOf(spec.names)?.kind), all }))
      .sort((a, b) => byPreference(a.name, b.name)),
    storedVersions: textsOf(status.storedVersions),
    ...(webhook && { webhook }),
    established: isTrue(body, 'Established'),
    terminating: isTrue(body, 'Terminating'),
  }
}

type Context = { readonly group: string; readonly kind: string; readonly all: readonly Fields[] }

function readVersion(version: Fields, context: Context): DefinitionVersion {
  const subresources = fieldsOf(version.subresources) ?? {}
  const scale = fieldsOf(subresources.scale)
  const schema = fieldsOf(fieldsOf(version.schema)?.openAPIV3Schema)
  return {
    name: textOf(version.name),
    served: version.served === true,
    storage: version.storage === true,
    ...(version.deprecated === true && { deprecation: deprecationOf(version, context) }),
    ...(schema && { schema: schema as SchemaNode }),
    status: fieldsOf(subresources.status) !== undefined,
    ...(scale && { scale: readScale(scale) }),
    columns: listOf(version.additionalPrinterColumns).map(readColumn),
    selectable: listOf(version.selectableFields).map(field => textOf(field.jsonPath)),
  }
}

function readScale(scale: Fields): ScalePaths {
  const selector = textOf(scale.labelSelectorPath)
  return {
    specReplicasPath: textOf(scale.specReplicasPath),
    statusReplicasPath: textOf(scale.statusReplicasPath),
    ...(selector !== '' && { labelSelectorPath: selector }),
  }
}

function readColumn(column: Fields): PrinterColumn {
  const { format, description, priority } = column
  return {
    name: textOf(column.name),
    type: textOf(column.type) as PrinterColumn['type'],
    jsonPath: textOf(column.jsonPath),
    ...(typeof format === 'string' && { format }),
    ...(typeof description === 'string' && { description }),
    ...(typeof priority === 'number' && { priority }),
  }
}

/** The warning of a deprecated version, its own or one that points to a better one. */
function deprecationOf(version: Fields, { group, kind, all }: Context): string {
  if (typeof version.deprecationWarning === 'string') return version.deprecationWarning
  const name = textOf(version.name)
  const [better] = all
    .filter(one => one.served === true && one.deprecated !== true && byPreference(textOf(one.name), name) < 0)
    .map(one => textOf(one.name))
    .sort(byPreference)
  const advice = better === undefined ? '' : `; use ${group}/${better} ${kind}`
  return `${group}/${name} ${kind} is deprecated${advice}`
}

function webhookOf(value: unknown): ConversionWebhook | undefined {
  const conversion = fieldsOf(value)
  if (conversion?.strategy !== 'Webhook') return undefined
  const webhook = fieldsOf(conversion.webhook) ?? {}
  const clientConfig = fieldsOf(webhook.clientConfig) ?? {}
  return { clientConfig: readClientConfig(clientConfig), reviewVersions: textsOf(webhook.conversionReviewVersions) }
}

/** Where a webhook is, as an object of the store says it. */
export function readClientConfig(config: Fields): WebhookClientConfig {
  const { url, service: given, caBundle } = config
  const service = fieldsOf(given)
  return {
    ...(typeof url === 'string' && { url }),
    ...(typeof caBundle === 'string' && { caBundle }),
    ...(service && {
      service: {
        name: textOf(service.name),
        namespace: textOf(service.namespace),
        ...(typeof service.path === 'string' && { path: service.path }),
        ...(typeof service.port === 'number' && { port: service.port }),
      },
    }),
  }
}
