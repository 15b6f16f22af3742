import { Event } from '../machinery/api/core.ts'
import { Hardware } from '../machinery/api/hardware.ts'
import { Timeline } from '../machinery/api/timeline.ts'
import type { Placed, World } from '../machinery/control/controller.ts'
import { place } from '../machinery/control/controller.ts'
import { Ownership, objectsOf, shared, statusOf } from '../machinery/control/ownership.ts'
import { systemFiles } from '../machinery/host/files.ts'
import { systemUdp } from '../machinery/host/udp/system.ts'
import type { ApiJournal } from '../machinery/journal/journal.ts'
import { bmcControllers } from '../services/bmc/controllers.ts'
import { ipmiDriver } from '../services/bmc/ipmi/driver.ts'
import { metadataIndexes, openMetadata } from '../services/metadata/serve.ts'
import { openDhcp } from '../services/netboot/dhcp.ts'
import { netbootIndexes } from '../services/netboot/hardware.ts'
import { openNetbootHttp } from '../services/netboot/http.ts'
import { openSyslog } from '../services/netboot/syslog.ts'
import { openTftp } from '../services/netboot/tftp.ts'
import { DISPATCH, openDispatch } from '../services/workflow/dispatch.ts'
import { workflowControllers } from '../services/workflow/engine.ts'
import { parseIpv4 } from '../wire/ipv4.ts'
import type { Config } from './config.ts'
import type { ServiceName } from './pods.ts'
import type { Part } from './supervise.ts'

/** What the services are built from. */
export interface Rooms {
  readonly config: Config
  /** The folder with the installer OS. */
  readonly hookOs: string
  readonly journal: ApiJournal
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal
  /** The world as one service sees it. */
  readonly room: (service: ServiceName) => World
}

export interface Services {
  readonly controllers: readonly Placed[]
  readonly parts: readonly Part[]
}

/** Every service, in the order in which a machine meets them. Throws a ControlFault when two would write the same. */
export function serviceParts(given: Rooms): Services {
  const ownership = new Ownership()
  ownership.claim('journal', [objectsOf(Timeline), statusOf(Timeline), shared(objectsOf(Event))])
  const rooms = { ...given, ownership }
  const all = [tink(rooms), rufio(rooms), boots(rooms), tinkServer(rooms), hegel(rooms)]
  return { controllers: all.flatMap(({ controllers }) => controllers), parts: all.flatMap(({ parts }) => parts) }
}

type Wired = Rooms & { readonly ownership: Ownership }

function tink({ config, journal, room, ownership }: Wired): Services {
  const world = room('tink-controller-manager')
  const settings = { workerDeadline: config.workerDeadline * 1000 }
  const controllers = workflowControllers({ host: world.host, journal: journal.of('tink-controller'), settings })
  return { controllers: controllers.map(controller => place(controller, world, ownership)), parts: [] }
}

function rufio({ config, journal, room, signal, ownership }: Wired): Services {
  const world = room('rufio-controller-manager')
  const drivers = [ipmiDriver({ udp: systemUdp, host: world.host, signal })]
  const settings = { taskDeadline: config.bmcDeadline * 1000 }
  const controllers = bmcControllers({ host: world.host, journal: journal.of('rufio'), drivers, settings })
  return { controllers: controllers.map(controller => place(controller, world, ownership)), parts: [] }
}

function boots({ config, hookOs, journal, room }: Rooms): Services {
  const service = 'boots'
  const world = room(service)
  const { host } = world
  const parts = { udp: systemUdp, host, journal: journal.of(service), machines: netbootIndexes(world.cache(Hardware)) }
  const { httpPort, tftpPort, syslogPort, tinkPort, kernelArgs } = config
  const publicAddress = config.publicAddress === undefined ? undefined : parseIpv4(config.publicAddress)
  const ipxe = systemFiles(config.ipxeDir)
  const images = config.imagesDir === undefined ? undefined : systemFiles(config.imagesDir)
  const http = { port: httpPort, publicAddress, tinkPort, extraKernelArgs: kernelArgs }
  return {
    controllers: [],
    parts: [
      ...config.interface.map(
        (name): Part => ({
          service,
          what: `DHCP on ${name}`,
          vital: true,
          start: () => openDhcp({ interface: name, publicAddress, httpPort, tftpPort }, parts),
        }),
      ),
      { service, what: 'TFTP', start: () => openTftp({ port: tftpPort }, { ...parts, files: ipxe }) },
      {
        service,
        what: 'HTTP',
        start: () => openNetbootHttp(http, { ...parts, ipxe, hookos: systemFiles(hookOs), images }),
      },
      { service, what: 'syslog', start: () => openSyslog({ port: syslogPort }, parts) },
    ],
  }
}

function tinkServer({ config, journal, room, ownership }: Wired): Services {
  const service = 'tink-server'
  ownership.claim(DISPATCH.name, DISPATCH.owns)
  const world = room(service)
  const settings = { workerDeadline: config.workerDeadline * 1000 }
  const parts = { world, host: world.host, journal: journal.of(service), settings }
  return {
    controllers: [],
    parts: [{ service, what: 'gRPC', start: () => openDispatch({ port: config.tinkPort }, parts) }],
  }
}

function hegel({ config, journal, room }: Rooms): Services {
  const service = 'hegel'
  const world = room(service)
  metadataIndexes(world)
  const parts = { world, host: world.host, journal: journal.of(service) }
  return {
    controllers: [],
    parts: [{ service, what: 'metadata', start: () => openMetadata({ port: config.metadataPort }, parts) }],
  }
}
