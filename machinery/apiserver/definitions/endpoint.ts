import { isObject } from '../registry/served.ts'
import type { Store } from '../store/store.ts'
import { type ServiceReference, WebhookFault } from './webhook.ts'

/** Where somebody listens behind a Service. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

type Finding = { readonly store: Store; readonly random: () => number }

/** One of the addresses behind a Service, by its Endpoints, as kube-apiserver finds it (`util/proxy` ResolveEndpoint). */
export function endpointOf({ store, random }: Finding, { name, namespace, port = 443 }: ServiceReference): Endpoint {
  const key = `${namespace}/${name}`
  const service = store.get({ collection: 'services', key })
  if (!service) throw unreachable(`service ${JSON.stringify(name)} not found`)
  const spec = isObject(service.spec) ? service.spec : {}
  const type = String(spec.type ?? 'ClusterIP')
  if (!ROUTED.includes(type)) throw unreachable(`unsupported service type ${JSON.stringify(type)}`)
  const servicePort = listOf(spec.ports).find(one => one.port === port)
  if (!servicePort) throw unreachable(`no service port ${port} found for service ${JSON.stringify(name)}`)
  const endpoints = store.get({ collection: 'endpoints', key })
  if (!endpoints) throw unreachable(`endpoints ${JSON.stringify(name)} not found`)
  const found = listOf(endpoints.subsets).flatMap(subset => reachable(subset, String(servicePort.name ?? '')))
  const chosen = found[Math.floor(random() * found.length)]
  if (!chosen) throw unreachable(`no endpoints available for service ${JSON.stringify(name)}`)
  return chosen
}

const ROUTED: readonly string[] = ['ClusterIP', 'LoadBalancer', 'NodePort']

function reachable(subset: Readonly<Record<string, unknown>>, portName: string): Endpoint[] {
  const port = listOf(subset.ports).find(one => String(one.name ?? '') === portName)
  if (typeof port?.port !== 'number') return []
  const number = port.port
  return listOf(subset.addresses).map(({ ip }) => ({ address: String(ip), port: number }))
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function unreachable(why: string): WebhookFault {
  return new WebhookFault('webhook/unreachable', why)
}
