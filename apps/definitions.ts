import { createHash } from 'node:crypto'
import type { Client } from '../machinery/api/client.ts'
import { definitionOf } from '../machinery/api/definition.ts'
import { isApiFault } from '../machinery/api/fault.ts'
import { builtinKind, type Kind, resourceName } from '../machinery/api/kind.ts'
import type { KubeObject } from '../machinery/api/object.ts'
import type { Host } from '../machinery/host/host.ts'
import { Fault } from '../wire/fault.ts'
import { type DefinitionSpec, lackOf } from './compatible.ts'

export type DefinitionCode =
  | 'definitions/foreign' // somebody else's, and not enough for us
  | 'definitions/not-established' // the API server does not take it up

/** The cluster's CustomResourceDefinitions are not what the services need; the operator decides. */
export class DefinitionFault extends Fault<DefinitionCode> {}

export interface Definition extends KubeObject {
  readonly spec: DefinitionSpec
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[]
  }
}

export const Definition = builtinKind<Definition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
})

/** Whose it is, which version of the program wrote it, and what it wrote, so that both can be told later. */
export const MANAGED_BY = 'app.kubernetes.io/managed-by'
export const VERSION = 'bellhop.dev/version'
const DIGEST = 'bellhop.dev/digest'

/** The definition of a kind as this version of bellhop installs it. */
export function ownDefinition(kind: Kind, version: string): Definition {
  const plain = definitionOf(kind) as Definition
  const digest = createHash('sha256').update(JSON.stringify(plain.spec)).digest('hex').slice(0, 16)
  const { name, labels } = plain.metadata
  const metadata = {
    name,
    labels: { ...labels, [MANAGED_BY]: 'bellhop' },
    annotations: { [VERSION]: version, [DIGEST]: digest },
  }
  return { ...plain, metadata }
}

export type Step =
  | { readonly do: 'create' }
  | { readonly do: 'update' }
  | { readonly do: 'keep'; readonly why: 'same' | 'newer' | 'foreign' }
  | { readonly do: 'refuse'; readonly lacks: readonly string[] }

/** What to do with a definition, told from the one that is there. */
export function stepFor(kind: Kind, ours: Definition, there: Definition | undefined): Step {
  if (!there) return { do: 'create' }
  if (there.metadata.labels?.[MANAGED_BY] !== 'bellhop') {
    const lacks = lackOf(kind, there.spec)
    return lacks.length === 0 ? { do: 'keep', why: 'foreign' } : { do: 'refuse', lacks }
  }
  const [own, other] = [ours, there].map(({ metadata }) => metadata.annotations ?? {})
  if (own?.[DIGEST] === other?.[DIGEST]) return { do: 'keep', why: 'same' }
  return isNewer(other?.[VERSION] ?? '0', own?.[VERSION] ?? '0') ? { do: 'keep', why: 'newer' } : { do: 'update' }
}

/** Whether one version, such as 0.10.2, comes after another. */
function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0
}

interface Installing {
  readonly client: Client
  readonly host: Host
  readonly version: string
  readonly signal: AbortSignal
}

/**
 * Installs the definitions of all kinds where they are missing, brings ours up to date, and waits until the API server
 * serves them. Nothing is changed when one of them is somebody else's and not enough: all are looked at first.
 */
export async function installDefinitions(kinds: readonly Kind[], installing: Installing): Promise<void> {
  const { client, version } = installing
  const plans = await Promise.all(
    kinds.map(async kind => {
      const ours = ownDefinition(kind, version)
      const there = await client.get(Definition, { name: resourceName(kind) })
      return { ours, there, step: stepFor(kind, ours, there) }
    }),
  )
  for (const { ours, step } of plans) if (step.do === 'refuse') throw foreign(ours.metadata.name, step.lacks)
  for (const plan of plans) await take(plan, installing)
  await Promise.all(plans.map(({ ours }) => established(ours.metadata.name, installing)))
}

const NAMED_MOST = 5

function foreign(name: string, lacks: readonly string[]): DefinitionFault {
  const more = lacks.length > NAMED_MOST ? `, and ${lacks.length - NAMED_MOST} more` : ''
  const cure = `let bellhop replace it: \`kubectl label crd ${name} ${MANAGED_BY}=bellhop\`, or delete it`
  const sentence =
    `the CustomResourceDefinition ${name} was installed by somebody else, and bellhop cannot work with it: ` +
    `${lacks.slice(0, NAMED_MOST).join(', ')}${more}; ${cure}`
  return new DefinitionFault('definitions/foreign', sentence, { name })
}

interface Plan {
  readonly ours: Definition
  readonly there: Definition | undefined
  readonly step: Step
}

const KEPT = {
  newer: 'the definition is of a newer bellhop and left as it is',
  foreign: 'the definition is of somebody else, and enough: it is left as it is',
} as const

async function take({ ours, there, step }: Plan, { client, host }: Installing): Promise<void> {
  const { name } = ours.metadata
  if (step.do === 'create') {
    await unlessThere(client.create(Definition, ours))
    host.log.info('definition installed', { name })
  } else if (step.do === 'update' && there) {
    const { labels, annotations } = ours.metadata
    const { resourceVersion } = there.metadata
    await client.patch(
      Definition,
      { name },
      { body: { metadata: { labels, annotations, resourceVersion }, spec: ours.spec } },
    )
    host.log.info('definition brought up to date', { name })
  } else if (step.do === 'keep' && step.why !== 'same') host.log.info(KEPT[step.why], { name })
}

/** Another replica that starts at the same moment does the same. */
async function unlessThere(creating: Promise<unknown>): Promise<void> {
  try {
    await creating
  } catch (fault) {
    if (!isApiFault(fault, 'AlreadyExists')) throw fault
  }
}

const PATIENCE = 30_000 // milliseconds

/** Waits until the API server serves the kind: before that its lists are not found. */
async function established(name: string, { client, host, signal }: Installing): Promise<void> {
  const late = new AbortController()
  const either = AbortSignal.any([signal, late.signal])
  // Called off: nothing is late any more.
  void host.clock.wait(PATIENCE, signal).then(
    () => late.abort(),
    () => undefined,
  )
  let seen = await client.get(Definition, { name })
  while (seen && !isEstablished(seen) && !either.aborted) {
    const { resourceVersion = '' } = seen.metadata
    const select = { fieldSelector: `metadata.name=${name}`, resourceVersion, signal: either }
    for await (const event of client.watch(Definition, select)) {
      if (event.type === 'BOOKMARK') continue
      seen = event.object
      break
    }
  }
  if (signal.aborted || (seen && isEstablished(seen))) return
  const why = seen?.status?.conditions?.find(({ status }) => status === 'False')?.message ?? 'it says nothing of it'
  const sentence = `the API server did not take up the CustomResourceDefinition ${name} in ${PATIENCE / 1000} s: ${why}`
  throw new DefinitionFault('definitions/not-established', sentence, { name })
}

function isEstablished({ status }: Definition): boolean {
  return status?.conditions?.some(one => one.type === 'Established' && one.status === 'True') ?? false
}
