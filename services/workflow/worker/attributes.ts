import type { MessageInitShape } from '@bufbuild/protobuf'
import type { AgentAttributesSchema } from '../../../machinery/api/tink/generated/workflow_pb.js'

/** The kernel's view of the machine. */
export interface Sys {
  /** A file below /sys as text, without its line end; empty when there is none. */
  read(path: string): Promise<string>
  /** The names in a folder below /sys; none when there is no folder. */
  list(path: string): Promise<readonly string[]>
}

type Attributes = MessageInitShape<typeof AgentAttributesSchema>

const SECTOR = 512
const VIRTUAL = /^(loop|ram|zram|fd|sr|dm-|md|nbd)/

/** What a worker tells of its machine beside its name: what can be read without a wait. */
export async function attributesOf(sys: Sys): Promise<Attributes> {
  const [disks, links, product] = await Promise.all([disksOf(sys), linksOf(sys), productOf(sys)])
  return { block: disks, network: links, ...product }
}

async function disksOf(sys: Sys) {
  const names = (await sys.list('block')).filter(name => !VIRTUAL.test(name))
  return Promise.all(
    names.map(async name => {
      const at = (file: string) => sys.read(`block/${name}/${file}`)
      const [sectors, physical, rotational, vendor, model, serial, wwn, deviceWwn] = await Promise.all([
        at('size'),
        at('queue/physical_block_size'),
        at('queue/rotational'),
        at('device/vendor'),
        at('device/model'),
        at('device/serial'),
        at('wwid'),
        at('device/wwid'),
      ])
      return {
        name,
        driveType: rotational === '1' ? 'HDD' : 'SSD',
        size: sizeOf(Number(sectors) * SECTOR),
        physicalBlockSize: physical === '' ? '' : sizeOf(Number(physical)),
        vendor,
        model,
        serialNumber: serial,
        wwn: wwn || deviceWwn,
      }
    }),
  )
}

async function linksOf(sys: Sys) {
  const names = await sys.list('class/net')
  const links = await Promise.all(
    names.map(async name => {
      const [mac, type, speed] = await Promise.all([
        sys.read(`class/net/${name}/address`),
        sys.read(`class/net/${name}/type`),
        sys.read(`class/net/${name}/speed`),
      ])
      return { name, mac, type, speed: Number(speed) > 0 ? `${speed}Mb/s` : '' }
    }),
  )
  // 1 is Ethernet (linux/if_arp.h).
  return links.filter(link => link.type === '1').map(({ name, mac, speed }) => ({ name, mac, speed }))
}

async function productOf(sys: Sys) {
  const at = (file: string) => sys.read(`class/dmi/id/${file}`)
  const [name, vendor, serialNumber] = await Promise.all([at('product_name'), at('sys_vendor'), at('product_serial')])
  const [biosVendor, version, releaseDate] = await Promise.all([at('bios_vendor'), at('bios_version'), at('bios_date')])
  return { product: { name, vendor, serialNumber }, bios: { vendor: biosVendor, version, releaseDate } }
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** A size as upstream's agent writes it: binary units with decimal names, rounded up. */
export function sizeOf(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${Math.ceil(bytes / 1024 ** power)}${UNITS[power] ?? 'B'}`
}
