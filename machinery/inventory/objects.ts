import { BmcMachine } from '../api/bmc.ts'
import { Secret } from '../api/core.ts'
import { Hardware } from '../api/hardware.ts'
import { make } from '../api/kind.ts'
import type { Row } from './csv.ts'

/** The objects of one machine: its Hardware and, where it has a BMC, how to reach that. */
export interface MachineObjects {
  readonly hardware: Hardware
  readonly bmc?: { readonly machine: BmcMachine; readonly secret: Secret }
}

/** Where EKS Anywhere keeps its objects. */
export const NAMESPACE = 'eksa-system'

/** Seconds; what EKS Anywhere gives every lease, one below "for ever". */
const LEASE_TIME = 4294967294

/** The same objects, names and values that EKS Anywhere makes of a row. */
export function objectsOf(row: Row): MachineObjects {
  const hardware = hardwareOf(row)
  return row.bmc_ip === '' ? { hardware } : { hardware, bmc: { machine: bmcOf(row), secret: secretOf(row) } }
}

function hardwareOf(row: Row): Hardware {
  const { hostname, ip_address: ip, netmask, gateway, mac } = row
  const address = { address: ip, netmask, gateway, family: 4 }
  return make(Hardware, {
    metadata: { name: hostname, namespace: NAMESPACE, labels: labelsOf(row.labels) },
    spec: {
      ...(row.bmc_ip !== '' && { bmcRef: { kind: 'Machine', name: bmcName(row) } }),
      disks: [{ device: row.disk }],
      metadata: {
        facility: { facility_code: 'onprem', plan_slug: 'c2.medium.x86' },
        instance: {
          id: mac,
          hostname,
          ips: [{ ...address, public: true }],
          operating_system: {},
          allow_pxe: true,
          always_pxe: true,
        },
      },
      interfaces: [
        {
          netboot: { allowPXE: true, allowWorkflow: true },
          dhcp: {
            arch: 'x86_64',
            mac,
            hostname,
            ip: address,
            lease_time: LEASE_TIME,
            name_servers: row.nameservers.split('|'),
            uefi: true,
            ...(row.vlan_id !== '' && { vlan_id: row.vlan_id }),
          },
        },
      ],
    },
  })
}

function bmcOf(row: Row): BmcMachine {
  return make(BmcMachine, {
    metadata: { name: bmcName(row), namespace: NAMESPACE },
    spec: {
      connection: {
        host: row.bmc_ip,
        authSecretRef: { name: `${bmcName(row)}-auth`, namespace: NAMESPACE },
        insecureTLS: true,
        providerOptions: { preferredOrder: ['gofish'] },
      },
    },
  })
}

function secretOf(row: Row): Secret {
  return make(Secret, {
    metadata: {
      name: `${bmcName(row)}-auth`,
      namespace: NAMESPACE,
      labels: { 'clusterctl.cluster.x-k8s.io/move': 'true' },
    },
    type: 'kubernetes.io/basic-auth',
    data: { username: base64(row.bmc_username), password: base64(row.bmc_password) },
  })
}

function bmcName(row: Row): string {
  return `bmc-${row.hostname}`
}

function labelsOf(text: string): Record<string, string> {
  const pairs = text.split('|').filter(Boolean)
  return Object.fromEntries(pairs.map(pair => pair.split('=').map(part => part.trim())))
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
