import type { Client } from '../machinery/api/client.ts'
import { Pod } from '../machinery/api/core.ts'
import { make } from '../machinery/api/kind.ts'
import { timestamp } from '../machinery/host/clock.ts'
import type { Host } from '../machinery/host/host.ts'
import { createLog, type LogSink } from '../machinery/host/log.ts'

/** The services as `kubectl get pods -n eksa-system` shows them, each a part of this one process. */
export const SERVICES = {
  boots: 'Deployment',
  hegel: 'DaemonSet',
  'rufio-controller-manager': 'Deployment',
  'tink-controller-manager': 'Deployment',
  'tink-server': 'Deployment',
} as const

export type ServiceName = keyof typeof SERVICES
export const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[]
export const POD_NAMESPACE = 'eksa-system'

/** `namespace/name`, under which a pod's log is kept. */
export function podKey(name: string): string {
  return `${POD_NAMESPACE}/${name}`
}

/** The host of one service: what it says goes to its pod's log, and to the process' own with its name before it. */
export function serviceHost(host: Host, pod: LogSink, service: ServiceName): Host {
  const process = host.log.with({ service })
  const log = createLog(host.clock, line => {
    pod(line)
    process[line.level](line.sentence, line.facts)
  })
  return { ...host, log }
}

/** Letters and digits that Kubernetes makes names of: none that could spell a word (apimachinery `util/rand`). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

interface PodsOptions {
  readonly client: Client
  readonly host: Host
  /** Name of the machine that this process runs on. */
  readonly node: string
  readonly address: string
  readonly version: string
}

interface Health {
  readonly restartCount: number
  /** Why it does not serve. */
  readonly trouble: string | undefined
}

/** Keeps one Pod record a service, its readiness following what the supervision says. */
export class Pods {
  readonly #options: PodsOptions
  readonly #names = new Map<ServiceName, string>()
  readonly #troubles = new Map<string, string>()
  #writing: Promise<void> = Promise.resolve()

  private constructor(options: PodsOptions) {
    this.#options = options
  }

  /** Finds the records of an earlier run, which then show one restart more, or makes new ones. */
  static async open(options: PodsOptions): Promise<Pods> {
    const pods = new Pods(options)
    const { items } = await options.client.list(Pod, { namespace: POD_NAMESPACE })
    for (const service of SERVICE_NAMES) {
      const known = items.find(pod => pod.metadata.labels?.app === service)
      const pod = known ?? (await options.client.create(Pod, pods.#record(service)))
      pods.#names.set(service, pod.metadata.name)
      const restarts = known ? (known.status?.containerStatuses?.[0]?.restartCount ?? 0) + 1 : 0
      await pods.#write(service, restarts)
    }
    return pods
  }

  /** The service behind a Pod's name. */
  serviceOf(pod: string): ServiceName | undefined {
    return SERVICE_NAMES.find(service => this.#names.get(service) === pod)
  }

  nameOf(service: ServiceName): string {
    return this.#names.get(service) ?? service
  }

  /** A part of a service began to serve (`trouble` undefined), or cannot. */
  setHealth(service: ServiceName, part: string, trouble: string | undefined): Promise<void> {
    if (trouble === undefined) this.#troubles.delete(`${service}/${part}`)
    else this.#troubles.set(`${service}/${part}`, trouble)
    this.#writing = this.#writing
      .then(() => this.#write(service))
      .catch(fault => {
        this.#options.host.log.warn('the record of a pod was not written', { service, reason: String(fault) })
      })
    return this.#writing
  }

  async #write(service: ServiceName, restarts?: number): Promise<void> {
    const { client } = this.#options
    const key = { name: this.nameOf(service), namespace: POD_NAMESPACE }
    const pod = await client.get(Pod, key)
    if (!pod) return
    const restartCount = restarts ?? pod.status?.containerStatuses?.[0]?.restartCount ?? 0
    const trouble = [...this.#troubles].find(([part]) => part.startsWith(`${service}/`))?.[1]
    // What is not in a merge patch stays as it was: null takes the last trouble away.
    const status = { ...this.#status(service, { restartCount, trouble }), message: trouble ?? null }
    await client.patch(Pod, key, { subresource: 'status', body: { status } })
  }

  #status(service: ServiceName, { restartCount, trouble }: Health): NonNullable<Pod['status']> {
    const { address, version, host } = this.#options
    const ready = trouble === undefined
    const now = timestamp(host.clock)
    const image = imageOf(service, version)
    const state = ready
      ? { running: { startedAt: now } }
      : { waiting: { reason: 'CrashLoopBackOff', message: trouble } }
    return {
      phase: 'Running',
      podIP: address,
      hostIP: address,
      startTime: now,
      conditions: ['Ready', 'ContainersReady'].map(type => ({
        type,
        status: ready ? 'True' : 'False',
        lastTransitionTime: now,
      })),
      containerStatuses: [{ name: service, ready, started: ready, restartCount, image, imageID: image, state }],
    }
  }

  #record(service: ServiceName): Pod {
    const { node, version } = this.#options
    const suffix = SERVICES[service] === 'DaemonSet' ? this.#letters(5) : `${this.#letters(10)}-${this.#letters(5)}`
    return make(Pod, {
      metadata: { name: `${service}-${suffix}`, namespace: POD_NAMESPACE, labels: { app: service } },
      spec: { nodeName: node, containers: [{ name: service, image: imageOf(service, version) }] },
    })
  }

  #letters(count: number): string {
    const { random } = this.#options.host
    return Array.from({ length: count }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('')
  }
}

function imageOf(service: ServiceName, version: string): string {
  return `bellhop/${service}:${version}`
}
