import { customKind, type ObjectOf } from './kind.ts'
import { anything, boolean, type Infer, integer, list, map, object, string } from './schema.ts'

// tinkerbell.org/v1alpha1 Hardware (upstream: api/v1alpha1/tinkerbell/hardware.go).

const Ip = object({
  address: string('IPv4 address of the machine.'),
  netmask: string('For example 255.255.255.0.'),
  gateway: string(),
  family: integer('4 or 6.'),
})

export const Dhcp = object({
  mac: string('MAC address, lower case with colons.', { pattern: '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' }),
  hostname: string(),
  domain_name: string(),
  lease_time: integer('Seconds; 4294967295 is for ever.', { minimum: 0, maximum: 4294967295 }),
  name_servers: list(string()),
  time_servers: list(string()),
  arch: string('For example x86_64.'),
  uefi: boolean(),
  iface_name: string(),
  ip: Ip,
  vlan_id: string('1 to 4094.'),
  classless_static_routes: list(
    object(
      { destination_descriptor: string('A network such as 10.1.0.0/16.'), router: string() },
      { required: ['destination_descriptor', 'router'] },
    ),
  ),
  tftp_server_name: string(),
  boot_file_name: string(),
})
export type Dhcp = Infer<typeof Dhcp>

export const Netboot = object({
  allowPXE: boolean('Whether the machine may boot from the network.'),
  allowWorkflow: boolean('Whether workflows may run on it.'),
  ipxe: object({
    url: string('Script to chain to instead of ours.'),
    contents: string('Script to serve instead of ours.'),
    binary: string('iPXE program to serve, by file name.'),
  }),
  osie: object({
    baseURL: string('Where the installer OS is served.'),
    kernel: string(),
    initrd: string(),
    kernelParams: list(string()),
  }),
})
export type Netboot = Infer<typeof Netboot>

export const Interface = object({
  netboot: Netboot,
  dhcp: Dhcp,
  disableDhcp: boolean(),
  isoboot: object({ sourceISO: string() }),
})
export type Interface = Infer<typeof Interface>

const OperatingSystem = object({
  slug: string(),
  distro: string(),
  version: string(),
  image_tag: string(),
  os_slug: string(),
})

const InstanceIp = object({
  address: string(),
  netmask: string(),
  gateway: string(),
  family: integer(),
  public: boolean(),
  management: boolean(),
})

export const Instance = object({
  id: string(),
  state: string('`provisioned` once an operating system is on the disk.'),
  hostname: string(),
  allow_pxe: boolean(),
  rescue: boolean(),
  operating_system: OperatingSystem,
  always_pxe: boolean(),
  ipxe_script_url: string(),
  ips: list(InstanceIp),
  userdata: string(),
  crypted_root_password: string(),
  tags: list(string()),
  storage: anything('Disks, RAID and file systems as the rootio action reads them.'),
  ssh_keys: list(string()),
  network_ready: boolean(),
})

export const HardwareMetadata = object({
  state: string(),
  bonding_mode: integer(),
  manufacturer: object({ id: string(), slug: string() }),
  facility: object({ plan_slug: string(), plan_version_slug: string(), facility_code: string() }),
  custom: anything(),
  instance: Instance,
})
export type HardwareMetadata = Infer<typeof HardwareMetadata>

export const Hardware = customKind({
  group: 'tinkerbell.org',
  version: 'v1alpha1',
  kind: 'Hardware',
  plural: 'hardware',
  shortNames: ['hw'],
  categories: ['tinkerbell'],
  labels: { 'clusterctl.cluster.x-k8s.io': '', 'clusterctl.cluster.x-k8s.io/move': '' },
  columns: [{ name: 'State', type: 'string', jsonPath: '.status.state' }],
  description: 'A machine in the rack: its interfaces, its disks, and what its operating system shall be told.',
  spec: object({
    agentID: string('Identity of its worker; the MAC unless told.'),
    auto: object({ enrollmentEnabled: boolean() }),
    bmcRef: object({ apiGroup: string(), kind: string(), name: string() }, { required: ['kind', 'name'] }),
    interfaces: list(Interface),
    references: map(anything()),
    metadata: HardwareMetadata,
    tinkVersion: integer(),
    disks: list(object({ device: string('For example /dev/sda.') })),
    resources: map({ 'x-kubernetes-int-or-string': true }),
    userData: string('What cloud-init runs on first boot.'),
    vendorData: string(),
  }),
  status: object({
    state: string(),
    attributes: anything('What the machine is made of, as last reported.'),
  }),
})
export type Hardware = ObjectOf<typeof Hardware>
