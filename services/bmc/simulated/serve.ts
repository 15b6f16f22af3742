import type { Udp, UdpSocket } from '../../../machinery/host/udp.ts'
import type { SimulatedBmc } from './bmc.ts'

/** A simulated BMC on a real port, for tools that know nothing of our memory. */
export function serveBmc(udp: Udp, bmc: SimulatedBmc, port = 0): Promise<UdpSocket> {
  return udp.open({
    address: '127.0.0.1',
    port,
    receive: ({ bytes, from }, socket) => {
      const answer = bmc.receive(bytes)
      if (answer) void socket.send(answer, from)
    },
  })
}
