import { getSystemErrorName } from 'node:util'
import koffi from 'koffi'

// The few system calls that node:dgram has no name for. Numbers are Linux's, the same on x64 and arm64.

const libc = koffi.load('libc.so.6')
const calls = {
  socket: libc.func('int socket(int, int, int)'),
  close: libc.func('int close(int)'),
  bind: libc.func('int bind(int, const void *, uint32_t)'),
  setsockopt: libc.func('int setsockopt(int, int, int, const void *, uint32_t)'),
  ioctl: libc.func('int ioctl(int, unsigned long, _Inout_ void *)'),
  sendto: libc.func('long sendto(int, const void *, size_t, int, const void *, uint32_t)'),
  ifNameToIndex: libc.func('uint32_t if_nametoindex(const char *)'),
}

const AF_INET = 2
const AF_PACKET = 17
const SOCK_DGRAM = 2
const SOCK_CLOEXEC = 0o2000000
const SOCK_NONBLOCK = 0o4000
const SOL_SOCKET = 1
const SO_BROADCAST = 6
const SO_BINDTODEVICE = 25
const IFREQ = 40 // bytes of struct ifreq on 64-bit systems

/** What an ioctl on an interface can be asked for; the answer is a sockaddr after the 16 bytes of the name. */
export const ASK = { address: 0x8915, netmask: 0x891b, hardware: 0x8927 } as const

/** A UDP socket that hears and reaches one interface only. The device is set before the bind: no foreign packet gets in. */
export function linkSocket(name: string, port: number): number {
  const fd = checked(calls.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
  return closingOnFault(fd, () => {
    const one = Buffer.from([1, 0, 0, 0])
    const device = Buffer.from(`${name}\0`)
    checked(calls.setsockopt(fd, SOL_SOCKET, SO_BROADCAST, one, one.length))
    checked(calls.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, device.length))
    const any = Buffer.alloc(16)
    any.writeUInt16LE(AF_INET, 0)
    any.writeUInt16BE(port, 2)
    checked(calls.bind(fd, any, any.length))
    return fd
  })
}

/** A packet socket that only sends: with protocol 0 the kernel queues nothing on it. */
export function packetSocket(): number {
  return checked(calls.socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
}

/** What a frame carries. */
export const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd } as const

/** Sends a packet to a neighbour by its Ethernet address; the kernel writes the frame's header. */
export function sendPacket(
  fd: number,
  packet: Uint8Array,
  to: { readonly index: number; readonly mac: Uint8Array; readonly type: number },
): void {
  const link = Buffer.alloc(20) // struct sockaddr_ll
  link.writeUInt16LE(AF_PACKET, 0)
  link.writeUInt16BE(to.type, 2)
  link.writeInt32LE(to.index, 4)
  link.writeUInt8(6, 11)
  link.set(to.mac, 12)
  checked(calls.sendto(fd, packet, packet.length, 0, link, link.length))
}

/** Answer of an interface ioctl: the 14 bytes of the sockaddr's data. */
export function askInterface(fd: number, name: string, question: number): Uint8Array {
  const request = Buffer.alloc(IFREQ)
  request.write(name, 0, 15)
  checked(calls.ioctl(fd, question, request))
  return Uint8Array.from(request.subarray(18, 32))
}

export function interfaceIndex(name: string): number | undefined {
  return calls.ifNameToIndex(name) || undefined
}

export function closeSocket(fd: number): void {
  checked(calls.close(fd))
}

function closingOnFault<T>(fd: number, work: () => T): T {
  try {
    return work()
  } catch (fault) {
    calls.close(fd)
    throw fault
  }
}

/** Node's own shape of a system error, so that one table serves both. */
function checked(result: number): number {
  if (result >= 0) return result
  const code = getSystemErrorName(-koffi.errno())
  throw Object.assign(new Error(`system call failed: ${code}`), { code })
}
