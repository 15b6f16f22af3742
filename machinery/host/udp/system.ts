import { createSocket, type Socket } from 'node:dgram'
import { encodeUdpPacket } from '../../../wire/ethernet/udp.ts'
import { type Ipv4, ipv4From, parseIpv4 } from '../../../wire/ipv4.ts'
import { type Mac, macBytes, macFrom } from '../../../wire/mac.ts'
import { HostFault, hostFault } from '../fault.ts'
import type { Endpoint, LinkOptions, LinkSocket, Udp, UdpOptions, UdpSocket } from '../udp.ts'

type Native = typeof import('./native.ts')

/** UDP of the operating system. The native calls are loaded only for link sockets: plain ones need none. */
export const systemUdp: Udp = {
  open: options => openPlain(options),
  openLink: async options => openLink(options, await import('./native.ts')),
}

async function openPlain(options: UdpOptions): Promise<UdpSocket> {
  const { address = '0.0.0.0', port, receive } = options
  const socket = newSocket()
  await bound(socket, `listening on UDP ${address}:${port}`, () => socket.bind({ address, port, exclusive: true }))
  const open = plainSocket(socket, { address, port: socket.address().port })
  return listening(socket, open, options, (bytes, from) => receive({ bytes, from }, open))
}

async function openLink(options: LinkOptions, native: Native): Promise<LinkSocket> {
  const trying = `listening on UDP port ${options.port} of interface ${options.interface}`
  const index = native.interfaceIndex(options.interface)
  if (!index) throw hostFault({ code: 'ENODEV' }, trying)
  const fd = naming(trying, () => native.linkSocket(options.interface, options.port))
  const { address, mac } = closingOnFault(native, fd, () => identity(native, fd, options.interface))
  const packets = closingOnFault(native, fd, () => naming(trying, () => native.packetSocket()))
  const socket = newSocket()
  await bound(socket, trying, () => socket.bind({ fd }))
  const plain = plainSocket(socket, { address, port: options.port })
  const frame = (packet: Uint8Array, { mac, type }: { readonly mac: Mac; readonly type: number }) =>
    naming(`sending to ${mac} on ${options.interface}`, () =>
      native.sendPacket(packets, packet, { index, mac: macBytes(mac), type }),
    )
  const open: LinkSocket = {
    ...plain,
    interface: options.interface,
    address,
    mac,
    sendFrame: async (bytes, to) => {
      const destination = toIpv4(to.address)
      const packet = {
        source: address,
        sourcePort: options.port,
        destination,
        destinationPort: to.port,
        payload: bytes,
      }
      frame(encodeUdpPacket(packet), { mac: to.mac, type: native.ETHERTYPE.ipv4 })
    },
    sendIpv6: async (packet, to) => frame(packet, { mac: to, type: native.ETHERTYPE.ipv6 }),
    [Symbol.asyncDispose]: async () => {
      native.closeSocket(packets)
      await plain[Symbol.asyncDispose]()
    },
  }
  return listening(socket, open, options, (bytes, from) =>
    options.receive({ bytes, from, interface: options.interface }, open),
  )
}

/** Without a `lookup` of its own dgram asks the resolver for each address it sends to, which takes a tenth of its time. */
function newSocket(): Socket {
  return createSocket({ type: 'udp4', lookup: (host, _options, found) => found(null, host, 4) })
}

function bound(socket: Socket, trying: string, bind: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      socket.close()
      reject(hostFault(error, trying))
    }
    socket.once('error', failed)
    socket.once('listening', () => {
      socket.off('error', failed)
      resolve()
    })
    bind()
  })
}

function listening<S extends UdpSocket>(
  socket: Socket,
  open: S,
  options: Pick<UdpOptions, 'fault'>,
  receive: (bytes: Uint8Array, from: Endpoint) => void,
): S {
  socket.on('message', (bytes, { address, port }) => receive(bytes, { address, port }))
  // An interface that goes down says so here; the socket lives on and hears again when it is back.
  socket.on('error', error => options.fault?.(error))
  return open
}

function plainSocket(socket: Socket, local: Endpoint): UdpSocket {
  return {
    local,
    send: (bytes, to) =>
      new Promise((resolve, reject) => {
        const sent = (error: Error | null) => (error ? reject(sendFault(error, to)) : resolve())
        socket.send(bytes, to.port, to.address, sent)
      }),
    [Symbol.asyncDispose]: () => new Promise(resolve => socket.close(() => resolve())),
  }
}

function sendFault(error: Error, to: Endpoint): unknown {
  const trying = `sending to ${to.address}:${to.port}`
  const known = hostFault(error, trying)
  return known === error ? new HostFault('host/send', `${trying}: ${error.message}`, {}, error) : known
}

function identity(native: Native, fd: number, name: string) {
  const address = addressOf(native, fd, name)
  const mac = macFrom(native.askInterface(fd, name, native.ASK.hardware).subarray(0, 6))
  if (address && mac) return { address, mac }
  const sentence = `interface ${name} has no IPv4 address; give it one first, for example with \`ip address add\``
  throw new HostFault('host/no-address', sentence, { interface: name })
}

function addressOf(native: Native, fd: number, name: string): Ipv4 | undefined {
  try {
    return ipv4From(native.askInterface(fd, name, native.ASK.address).subarray(2, 6))
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRNOTAVAIL') return undefined
    throw hostFault(error, `reading the address of interface ${name}`)
  }
}

function toIpv4(text: string): Ipv4 {
  const address = parseIpv4(text)
  if (!address) throw new HostFault('host/send', `"${text}" is no IPv4 address`, {})
  return address
}

function naming<T>(trying: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw hostFault(error, trying)
  }
}

function closingOnFault<T>(native: Native, fd: number, work: () => T): T {
  try {
    return work()
  } catch (fault) {
    native.closeSocket(fd)
    throw fault
  }
}
