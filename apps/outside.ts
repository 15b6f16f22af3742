import { hostname } from 'node:os'
import type { Client } from '../machinery/api/client.ts'
import { Namespace } from '../machinery/api/core.ts'
import { isApiFault } from '../machinery/api/fault.ts'
import { make } from '../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../machinery/api/kinds.ts'
import { Lease } from '../machinery/api/lease.ts'
import { remoteClient } from '../machinery/api/remote/client.ts'
import type { Kubeconfig } from '../machinery/api/remote/kubeconfig.ts'
import { type Term, whileLeading } from '../machinery/control/election.ts'
import { Recorder } from '../machinery/control/recorder.ts'
import { Scope } from '../machinery/host/scope.ts'
import type { Cluster, Seat, ServerOptions } from './cluster.ts'
import { installDefinitions } from './definitions.ts'
import { POD_NAMESPACE, SERVICE_NAMES, type ServiceName, serviceHost } from './pods.ts'
import type { HealthListener } from './supervise.ts'

/** The one lease of the house: whichever replica holds it runs every service. */
export const LEASE = { name: 'bellhop', namespace: POD_NAMESPACE }

/**
 * What each service does in a replica that does not lead. All of them are closed: a second DHCP server on a wire gives
 * second answers, and a second controller switches machines twice.
 */
export const STANDING_BY: Readonly<Record<ServiceName, string>> = {
  boots: 'answers no machine: DHCP, TFTP, HTTP and syslog are closed',
  hegel: 'serves no metadata: its port is closed',
  'rufio-controller-manager': 'switches no machine and asks no BMC',
  'tink-controller-manager': 'brings no workflow on',
  'tink-server': 'hands out no action: its port is closed, and workers try again until the leader answers',
}

/**
 * A cluster that was there before. Its Pods are its own: bellhop writes no records of its services there, as it does in
 * its own API; whether they serve is told by Events on the Lease (`kubectl describe lease bellhop -n eksa-system`), and
 * their logs are the process' own.
 */
export async function openOutside(
  { config, version, host }: ServerOptions,
  kubeconfig: Kubeconfig,
  signal: AbortSignal,
): Promise<Cluster> {
  const scope = new Scope()
  const client = scope.hold(remoteClient(kubeconfig, { random: host.random, clock: host.clock }))
  try {
    await makeNamespace(client)
    await installDefinitions(CUSTOM_KINDS, { client, host, version, signal })
  } catch (fault) {
    await scope[Symbol.asyncDispose]()
    throw fault
  }
  const recorder = scope.hold(new Recorder({ client, host, component: 'bellhop' }))
  const identity = `${hostname()}_${hex(host.random)}`
  const election = { client, host, lease: LEASE, identity }
  const seatOf = (term: Term): Seat => {
    const fenced = term.fenced(client)
    return {
      client: fenced,
      accountClient: () => fenced,
      serviceHost: service => serviceHost(host, () => undefined, service),
      onHealth: healthListener(client, recorder),
      signal: term.signal,
    }
  }
  return {
    serve: async (work, stop) => {
      for (const service of SERVICE_NAMES) {
        host.log.info('until this replica leads a service stands by', { service, and: STANDING_BY[service] })
      }
      host.log.info('standing for election', {
        server: kubeconfig.server,
        identity,
        interface: config.interface.join(','),
      })
      await whileLeading(election, term => work(seatOf(term)), stop)
    },
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  }
}

/** Eight digits of chance: a process that is started again is another candidate. */
function hex(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}

/** Whoever may not look at namespaces has had it made by somebody who may. */
async function makeNamespace(client: Client): Promise<void> {
  try {
    if (await client.get(Namespace, { name: POD_NAMESPACE })) return
    await client.create(Namespace, make(Namespace, { metadata: { name: POD_NAMESPACE } }))
  } catch (fault) {
    if (!isApiFault(fault, 'AlreadyExists', 'Forbidden')) throw fault
  }
}

/** A part that serves is told of when it did not before. */
function healthListener(client: Client, recorder: Recorder): HealthListener {
  const troubled = new Set<string>()
  return ({ service, what }, trouble) => {
    const part = `${what} of ${service}`
    if (trouble === undefined && !troubled.delete(part)) return
    if (trouble !== undefined) troubled.add(part)
    const said =
      trouble === undefined
        ? ({ type: 'Normal', reason: 'ServiceServes', message: `${part} serves again` } as const)
        : ({ type: 'Warning', reason: 'ServiceUnhealthy', message: `${part}: ${trouble}` } as const)
    // A lease that cannot be read just now keeps its name; the recorder tries again by itself.
    void client.get(Lease, LEASE).then(
      lease => recorder.event(lease ?? make(Lease, { metadata: LEASE }), said),
      () => recorder.event(make(Lease, { metadata: LEASE }), said),
    )
  }
}
