import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Attributes } from '../registry/authorizer.ts'
import type { Room } from '../registry/room.ts'
import { ALL_VERBS, type Catalog } from '../registry/served.ts'

// Under the names that dashboards and alerts for kube-apiserver ask for (apiserver `endpoints/metrics`).

const SECONDS = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60]

/** One request that was answered. */
export interface Answered {
  readonly attributes: Attributes
  readonly code: number
  readonly seconds: number
}

/** Counts what the server does. Watches and logs count when they end, their time does not. */
export class Metrics {
  readonly #room: Room
  readonly #registry = new Registry()
  readonly #requests: Counter
  readonly #durations: Histogram
  readonly #inflight: Gauge
  readonly #long: Gauge

  constructor(room: Room) {
    const registers = [this.#registry]
    const about = ['group', 'resource', 'scope', 'subresource', 'verb'] as const
    this.#requests = new Counter({
      name: 'apiserver_request_total',
      help: 'Requests answered.',
      labelNames: ['code', ...about],
      registers,
    })
    this.#durations = new Histogram({
      name: 'apiserver_request_duration_seconds',
      help: 'Seconds from a request to its answer.',
      labelNames: [...about],
      buckets: SECONDS,
      registers,
    })
    this.#inflight = new Gauge({
      name: 'apiserver_current_inflight_requests',
      help: 'Requests under way.',
      labelNames: ['request_kind'],
      registers,
    })
    this.#long = new Gauge({
      name: 'apiserver_longrunning_requests',
      help: 'Watches and logs under way.',
      labelNames: ['verb', 'group', 'resource'],
      registers,
    })
    storeMetrics(room, this.#registry)
    processMetrics(this.#registry)
    this.#room = room
  }

  answered({ attributes, code, seconds }: Answered): void {
    const labels = labelsOf(this.#room.catalog, attributes)
    this.#requests.inc({ ...labels, code })
    if (!isLong(attributes)) this.#durations.observe(labels, seconds)
  }

  /** A request has begun; call what this returns when it has ended. */
  begun(attributes: Attributes): () => void {
    const { verb, group, resource } = labelsOf(this.#room.catalog, attributes)
    const gauge = isLong(attributes)
      ? this.#long.labels({ verb, group, resource })
      : this.#inflight.labels({ request_kind: isMutating(attributes) ? 'mutating' : 'readOnly' })
    gauge.inc()
    return () => gauge.dec()
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  [Symbol.dispose](): void {
    this.#registry.clear()
  }
}

function storeMetrics({ store, catalog }: Room, registry: Registry): void {
  const objects = new Gauge({
    name: 'apiserver_storage_objects',
    help: 'Objects kept, by resource.',
    labelNames: ['resource'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { collection } of catalog.stored) this.set({ resource: collection }, store.count(collection))
    },
  })
  registry.registerMetric(objects)
  const revision = new Gauge({
    name: 'bellhop_store_revision',
    help: 'Revision of the newest change.',
    registers: [registry],
    collect() {
      this.set(store.revision)
    },
  })
  registry.registerMetric(revision)
}

function processMetrics(registry: Registry): void {
  const measured: Readonly<Record<string, readonly [says: string, value: () => number]>> = {
    process_cpu_seconds_total: ['Seconds of processor time.', () => seconds(process.cpuUsage())],
    process_resident_memory_bytes: ['Bytes of memory.', () => process.memoryUsage.rss()],
    process_start_time_seconds: ['When the process began.', () => performance.timeOrigin / 1000],
  }
  for (const [name, [help, value]] of Object.entries(measured)) {
    const gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
    registry.registerMetric(gauge)
  }
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6
}

const LONG: ReadonlySet<string> = new Set(['watch', 'log'])

/** Whether a request lasts as long as its client likes. */
export function isLong({ verb, subresource }: Attributes): boolean {
  return LONG.has(verb) || (verb === 'get' && subresource !== undefined && LONG.has(subresource))
}

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch', 'head', 'options'])

export function isMutating({ verb }: Attributes): boolean {
  return !READS.has(verb)
}

const VERBS: ReadonlySet<string> = new Set([...READS, 'post', 'put', ...ALL_VERBS])
const BELOW: ReadonlySet<string> = new Set(['', 'status', 'scale', 'log', 'token', 'finalize'])

/** Only names that are served become labels: whoever asks for others must not make the metrics grow. */
function labelsOf(
  catalog: Catalog,
  { verb, group = '', resource = '', subresource = '', namespace, name }: Attributes,
) {
  const known = catalog.versions(group === '' ? resource : `${resource}.${group}`).length > 0
  const scope = !known ? '' : name ? 'resource' : namespace ? 'namespace' : 'cluster'
  return {
    verb: VERBS.has(verb) ? verb.toUpperCase() : 'OTHER',
    group: known ? group : '',
    resource: known ? resource : '',
    subresource: known && BELOW.has(subresource) ? subresource : '',
    scope,
  }
}
