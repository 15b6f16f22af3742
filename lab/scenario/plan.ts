import { randomBytes } from 'node:crypto'

export type Firmware = 'bios' | 'uefi'

/** One machine of the lab's rack, as it is planned: everything follows from its number. */
export interface Plan {
  readonly name: string
  readonly firmware: Firmware
  readonly mac: string
  readonly address: string
  readonly disk: string
  readonly bmc: { readonly address: string; readonly username: string; readonly password: string }
}

/** The lab's network, and where the services are on it. */
export const LAB = {
  cidr: '172.30.0.1/24',
  server: '172.30.0.1',
  netmask: '255.255.255.0',
  httpPort: 7171,
  metadataPort: 50061,
} as const

/** Machines get 172.30.0.11 and up, their BMCs 172.30.0.101 and up. */
const MOST_MACHINES = 80

export interface RackSize {
  readonly machines: number
  /** `mixed` takes turns, UEFI first. */
  readonly firmware: Firmware | 'mixed'
}

export class PlanFault extends Error {}

/** Reads MACHINES and FIRMWARE as they were given; throws a sentence when they cannot be. */
export function readSize(machines = '1', firmware = 'uefi'): RackSize {
  const count = Number(machines)
  if (!Number.isInteger(count) || count < 1 || count > MOST_MACHINES) {
    throw new PlanFault(`MACHINES "${machines}": not a number from 1 to ${MOST_MACHINES}`)
  }
  if (firmware !== 'bios' && firmware !== 'uefi' && firmware !== 'mixed') {
    throw new PlanFault(`FIRMWARE "${firmware}": not bios, uefi or mixed`)
  }
  return { machines: count, firmware }
}

export function planRack({ machines, firmware }: RackSize): readonly Plan[] {
  return Array.from({ length: machines }, (_, index) => planMachine(index + 1, firmware))
}

function planMachine(number: number, firmware: RackSize['firmware']): Plan {
  const turn: Firmware = number % 2 === 1 ? 'uefi' : 'bios'
  return {
    name: `rack${number}`,
    firmware: firmware === 'mixed' ? turn : firmware,
    mac: `52:54:00:be:11:${number.toString(16).padStart(2, '0')}`,
    address: `172.30.0.${10 + number}`,
    disk: '/dev/sda',
    // IPMI's passwords end at 20 bytes; a new one for each run is kept in the lab's folder alone.
    bmc: { address: `172.30.0.${100 + number}`, username: 'admin', password: randomBytes(8).toString('hex') },
  }
}

/** The rack's list, as an operator would write it. */
export function hardwareCsv(plans: readonly Plan[]): string {
  const header = 'hostname,bmc_ip,bmc_username,bmc_password,mac,ip_address,netmask,gateway,nameservers,labels,disk'
  const rows = plans.map(({ name, bmc, mac, address, firmware, disk }) =>
    [
      name,
      bmc.address,
      bmc.username,
      bmc.password,
      mac,
      address,
      LAB.netmask,
      LAB.server,
      LAB.server,
      `type=lab|firmware=${firmware}`,
      disk,
    ].join(','),
  )
  return `${[header, ...rows].join('\n')}\n`
}
