import { Hardware } from '../../machinery/api/hardware.ts'
import { apiVersion } from '../../machinery/api/kind.ts'

export const NAMESPACE = 'default'
export const COLLECTION = `/apis/${apiVersion(Hardware)}/namespaces/${NAMESPACE}/${Hardware.plural}`

/** The annotation that says when a change was sent: milliseconds since 1970. */
export const SENT = 'bellhop.dev/sent'

const BYTES = 2048
const USER_DATA = `#cloud-config
package_update: false
write_files:
  - path: /etc/motd
    content: This machine was installed by bellhop.
users:
  - name: operator
    groups: [sudo]
    ssh_authorized_keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0d]
`

/** A machine as an operator's list makes it: 2 KiB of JSON. */
export function hardwareNamed(name: string): string {
  const short = JSON.stringify(hardware(name, USER_DATA))
  return JSON.stringify(hardware(name, USER_DATA + '#'.repeat(BYTES - Buffer.byteLength(short))))
}

function hardware(name: string, userData: string): object {
  const octets = Array.from({ length: 6 }, (_, at) => ((name.charCodeAt(name.length - 1 - at) * 7) % 256) | 16)
  const mac = octets.map(octet => octet.toString(16)).join(':')
  return {
    apiVersion: apiVersion(Hardware),
    kind: Hardware.kind,
    metadata: { name, namespace: NAMESPACE, labels: { type: 'worker', rack: 'r12' } },
    spec: {
      bmcRef: { apiGroup: 'bmc.tinkerbell.org', kind: 'Machine', name: `bmc-${name}` },
      disks: [{ device: '/dev/sda' }, { device: '/dev/nvme0n1' }],
      interfaces: [
        {
          dhcp: {
            mac,
            arch: 'x86_64',
            hostname: name,
            lease_time: 4294967294,
            name_servers: ['10.20.0.1', '10.20.0.2'],
            time_servers: ['10.20.0.1'],
            uefi: true,
            ip: { address: '10.20.1.17', netmask: '255.255.0.0', gateway: '10.20.0.1', family: 4 },
          },
          netboot: { allowPXE: true, allowWorkflow: true },
        },
      ],
      metadata: {
        facility: { facility_code: 'onprem', plan_slug: 'c2.medium.x86' },
        instance: {
          id: mac,
          hostname: name,
          allow_pxe: true,
          always_pxe: false,
          operating_system: { slug: 'ubuntu_22_04', distro: 'ubuntu', version: '22.04', os_slug: 'ubuntu_22_04' },
          ips: [{ address: '10.20.1.17', netmask: '255.255.0.0', gateway: '10.20.0.1', family: 4, public: true }],
        },
      },
      userData,
    },
  }
}
