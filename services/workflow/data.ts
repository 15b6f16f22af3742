import type { Hardware } from '../../machinery/api/hardware.ts'
import { type Dict, fromJson, Struct, type Value } from './template/value.ts'

/** What a template sees under the names that upstream gives it. */
export interface TemplateInput {
  readonly hardware: Hardware | undefined
  readonly hardwareMap: Readonly<Record<string, string>>
}

/**
 * The data of a template: the keys of `hardwareMap`; `.hardware`, the object as JSON has it; `.Hardware`, the same as Go's
 * structs name it. A key of the map that is called like one of the others loses, as with upstream.
 */
export function templateData({ hardware, hardwareMap }: TemplateInput): Dict {
  const { spec, metadata, ...rest } = hardware ?? {}
  const { managedFields: _, ...shown } = metadata ?? {}
  return new Map<string, Value>([
    ...Object.entries(hardwareMap),
    ['hardware', fromJson({ metadata: shown, spec: spec ?? {}, status: {}, ...rest })],
    ['Hardware', hardwareStruct(spec)],
    ['references', new Map()],
  ])
}

/** How a Go type looks: a text, a number, a flag, a list, a struct, or a pointer to one that may be nil. */
type Shape =
  | 'text'
  | 'whole'
  | 'flag'
  | 'flag?'
  | 'any'
  | { readonly list: Shape }
  | { readonly struct: StructShape }
  | { readonly pointer: StructShape }
interface StructShape {
  readonly type: string
  /** Go's name, the JSON name, and what it holds. */
  readonly fields: readonly (readonly [string, string, Shape])[]
}

const struct = (type: string, ...fields: StructShape['fields']): StructShape => ({ type, fields })
const texts: Shape = { list: 'text' }

// Upstream: api/v1alpha1/tinkerbell/hardware.go.
const IP = struct(
  'IP',
  ['Address', 'address', 'text'],
  ['Netmask', 'netmask', 'text'],
  ['Gateway', 'gateway', 'text'],
  ['Family', 'family', 'whole'],
)
const ROUTE = struct(
  'ClasslessStaticRoute',
  ['DestinationDescriptor', 'destination_descriptor', 'text'],
  ['Router', 'router', 'text'],
)
const DHCP = struct(
  'DHCP',
  ['MAC', 'mac', 'text'],
  ['Hostname', 'hostname', 'text'],
  ['DomainName', 'domain_name', 'text'],
  ['LeaseTime', 'lease_time', 'whole'],
  ['NameServers', 'name_servers', texts],
  ['TimeServers', 'time_servers', texts],
  ['Arch', 'arch', 'text'],
  ['UEFI', 'uefi', 'flag'],
  ['IfaceName', 'iface_name', 'text'],
  ['IP', 'ip', { pointer: IP }],
  ['VLANID', 'vlan_id', 'text'],
  ['ClasslessStaticRoutes', 'classless_static_routes', { list: { struct: ROUTE } }],
  ['TFTPServerName', 'tftp_server_name', 'text'],
  ['BootFileName', 'boot_file_name', 'text'],
)
const IPXE = struct('IPXE', ['URL', 'url', 'text'], ['Contents', 'contents', 'text'], ['Binary', 'binary', 'text'])
const OSIE = struct(
  'OSIE',
  ['BaseURL', 'baseURL', 'text'],
  ['Kernel', 'kernel', 'text'],
  ['Initrd', 'initrd', 'text'],
  ['KernelParams', 'kernelParams', texts],
)
const NETBOOT = struct(
  'Netboot',
  ['AllowPXE', 'allowPXE', 'flag?'],
  ['AllowWorkflow', 'allowWorkflow', 'flag?'],
  ['IPXE', 'ipxe', { pointer: IPXE }],
  ['OSIE', 'osie', { pointer: OSIE }],
)
const INTERFACE = struct(
  'Interface',
  ['Netboot', 'netboot', { pointer: NETBOOT }],
  ['Isoboot', 'isoboot', { pointer: struct('Isoboot', ['SourceISO', 'sourceISO', 'text']) }],
  ['DHCP', 'dhcp', { pointer: DHCP }],
  ['DisableDHCP', 'disableDhcp', 'flag'],
)
const SYSTEM = struct(
  'MetadataInstanceOperatingSystem',
  ['Slug', 'slug', 'text'],
  ['Distro', 'distro', 'text'],
  ['Version', 'version', 'text'],
  ['ImageTag', 'image_tag', 'text'],
  ['OsSlug', 'os_slug', 'text'],
)
const INSTANCE_IP = struct(
  'MetadataInstanceIP',
  ...IP.fields,
  ['Public', 'public', 'flag'],
  ['Management', 'management', 'flag'],
)
const INSTANCE = struct(
  'MetadataInstance',
  ['ID', 'id', 'text'],
  ['State', 'state', 'text'],
  ['Hostname', 'hostname', 'text'],
  ['AllowPxe', 'allow_pxe', 'flag'],
  ['Rescue', 'rescue', 'flag'],
  ['OperatingSystem', 'operating_system', { pointer: SYSTEM }],
  ['AlwaysPxe', 'always_pxe', 'flag'],
  ['IpxeScriptURL', 'ipxe_script_url', 'text'],
  ['Ips', 'ips', { list: { struct: INSTANCE_IP } }],
  ['Userdata', 'userdata', 'text'],
  ['CryptedRootPassword', 'crypted_root_password', 'text'],
  ['Tags', 'tags', texts],
  ['Storage', 'storage', 'any'],
  ['SSHKeys', 'ssh_keys', texts],
  ['NetworkReady', 'network_ready', 'flag'],
)
const METADATA = struct(
  'HardwareMetadata',
  ['State', 'state', 'text'],
  ['BondingMode', 'bonding_mode', 'whole'],
  [
    'Manufacturer',
    'manufacturer',
    { pointer: struct('MetadataManufacturer', ['ID', 'id', 'text'], ['Slug', 'slug', 'text']) },
  ],
  ['Instance', 'instance', { pointer: INSTANCE }],
  ['Custom', 'custom', 'any'],
  [
    'Facility',
    'facility',
    {
      pointer: struct(
        'MetadataFacility',
        ['PlanSlug', 'plan_slug', 'text'],
        ['PlanVersionSlug', 'plan_version_slug', 'text'],
        ['FacilityCode', 'facility_code', 'text'],
      ),
    },
  ],
)
/** `UserMetadata` and `VendorMetadata` are the names that tink had before `UserData` and `VendorData`. */
const HARDWARE = struct(
  'Hardware',
  ['Disks', 'disks', texts],
  ['Interfaces', 'interfaces', { list: { struct: INTERFACE } }],
  ['UserData', 'userData', 'text'],
  ['UserMetadata', 'userData', 'text'],
  ['VendorData', 'vendorData', 'text'],
  ['VendorMetadata', 'vendorData', 'text'],
  ['Metadata', 'metadata', { struct: METADATA }],
)

function hardwareStruct(spec: Hardware['spec'] | undefined): Value {
  const disks = (spec?.disks ?? []).flatMap(disk => disk.device ?? [])
  return shaped({ ...spec, disks }, { struct: HARDWARE })
}

/** JSON as Go would decode it: what is absent is the zero of its type. */
function shaped(json: unknown, shape: Shape): Value {
  if (shape === 'text') return typeof json === 'string' ? json : ''
  if (shape === 'whole') return fromJson(typeof json === 'number' ? json : 0)
  if (shape === 'flag') return json === true
  if (shape === 'flag?') return typeof json === 'boolean' ? json : null
  if (shape === 'any') return fromJson(json)
  if ('list' in shape) return Array.isArray(json) ? json.map(item => shaped(item, shape.list)) : []
  if ('pointer' in shape) return isRecord(json) ? shaped(json, { struct: shape.pointer }) : null
  const fields = isRecord(json) ? json : {}
  const values = shape.struct.fields.map(([name, key, of]) => [name, key, shaped(fields[key], of)] as const)
  return new Struct(
    shape.struct.type,
    new Map(values.map(([name, , value]) => [name, value])),
    new Map(values.filter(([, key]) => fields[key] !== undefined).map(([, key, value]) => [key, value])),
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
