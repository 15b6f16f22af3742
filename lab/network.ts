import { mkdir } from 'node:fs/promises'
import type { Log } from '../machinery/host/log.ts'
import { Scope } from '../machinery/host/scope.ts'
import { command } from './command.ts'
import { LabFault } from './fault.ts'
import { claimNamespace, removeNamespace, sweepNamespaces } from './namespaces.ts'

export interface NetworkOptions {
  /** Where the lab remembers which namespaces are its own, so that those of a killed lab can be swept. */
  readonly dir: string
  readonly log: Log
  readonly random: () => number
  /** The lab's own address on the bridge, with its prefix length. */
  readonly cidr?: string
}

/** An Ethernet switch in a namespace of its own. Nothing outside of it is changed. */
export interface LabNetwork extends AsyncDisposable {
  readonly namespace: string
  /** The interface that the lab's services listen on. */
  readonly bridge: string
  readonly address: string
  readonly prefixLength: number
  /** What to put before a command so that it runs in the namespace. */
  readonly enter: Enter
  /** A port for a virtual machine. */
  addTap(name: string): Promise<void>
  /** One more address of the lab itself, for a BMC to listen on. */
  addAddress(address: string): Promise<void>
  /** Another host on the switch, in a namespace of its own: its interface is `eth0`, up and without an address. */
  addClient(name: string): Promise<LabClient>
}

export interface LabClient {
  readonly namespace: string
  readonly interface: string
  readonly enter: Enter
}

export type Enter = readonly [string, ...string[]]

const BRIDGE = 'lab0'
const CLIENT_INTERFACE = 'eth0'
const DEFAULT_CIDR = '172.30.0.1/24'

export async function openNetwork(options: NetworkOptions): Promise<LabNetwork> {
  if (process.getuid?.() !== 0) {
    throw new LabFault('lab/root', 'the lab makes a network namespace and virtual machines: run it as root (sudo)')
  }
  const dir = `${options.dir}/namespaces`
  await mkdir(dir, { recursive: true })
  await sweepNamespaces(dir, options.log)
  const scope = new Scope()
  try {
    return await makeNetwork(dir, options, scope)
  } catch (fault) {
    await scope[Symbol.asyncDispose]()
    throw fault
  }
}

async function makeNetwork(dir: string, options: NetworkOptions, scope: Scope): Promise<LabNetwork> {
  const cidr = options.cidr ?? DEFAULT_CIDR
  const [address = '', prefix = ''] = cidr.split('/')
  const namespace = `bellhop-${Math.floor(options.random() * 36 ** 6).toString(36)}`
  const own = async (name: string) => {
    scope.onClose(() => removeNamespace(dir, name))
    await claimNamespace(dir, name)
    await ip(name, 'link set lo up')
  }
  await own(namespace)
  await ip(namespace, `link add ${BRIDGE} type bridge forward_delay 0 stp_state 0`)
  await ip(namespace, `address add ${cidr} brd + dev ${BRIDGE}`)
  await ip(namespace, `link set ${BRIDGE} up`)
  return {
    namespace,
    bridge: BRIDGE,
    address,
    prefixLength: Number(prefix),
    enter: entering(namespace),
    async addTap(name) {
      await ip(namespace, `tuntap add dev ${name} mode tap`)
      await ip(namespace, `link set ${name} master ${BRIDGE} up`)
    },
    addAddress: more => ip(namespace, `address add ${more}/32 dev ${BRIDGE}`),
    async addClient(name) {
      const client = `${namespace}-${name}`
      await own(client)
      await ip(namespace, `link add ${name} type veth peer name ${CLIENT_INTERFACE} netns ${client}`)
      await ip(namespace, `link set ${name} master ${BRIDGE} up`)
      await ip(client, `link set ${CLIENT_INTERFACE} up`)
      return { namespace: client, interface: CLIENT_INTERFACE, enter: entering(client) }
    },
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  }
}

/** nsenter and not `ip netns exec`: the latter mounts a /sys of its own over the command's. */
function entering(namespace: string): Enter {
  return ['nsenter', `--net=/run/netns/${namespace}`, '--']
}

async function ip(namespace: string, words: string): Promise<void> {
  await command(['ip', '-n', namespace, ...words.split(' ')])
}
