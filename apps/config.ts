import { Fault } from '../wire/fault.ts'
import { parseIpv4 } from '../wire/ipv4.ts'

/** A setting: one sentence, one range, one default. Its flag, its environment variable and its key in a file share a name. */
export interface Setting<T> {
  readonly says: string
  /** What stands for the value in help texts. */
  readonly value: string
  /** Given more than once, or separated by commas. */
  readonly many?: boolean
  readonly default: T
  /** Reads one value; a sentence, when it is none. */
  readonly read: (text: string) => { readonly is: T extends readonly (infer E)[] ? E : NonNullable<T> } | string
}

const text = (text: string) => ({ is: text })

const port = (text: string) =>
  /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535
    ? { is: Number(text) }
    : 'not a port from 1 to 65535'

const address = (text: string) => (parseIpv4(text) ? { is: text } : 'not an IPv4 address such as 10.0.0.1')

const interfaceName = (text: string) =>
  /^[^\s/]{1,15}$/.test(text) ? { is: text } : 'not the name of an interface, as `ip link` shows it'

const seconds = (text: string) =>
  /^[0-9]{1,6}$/.test(text) && Number(text) >= 1 ? { is: Number(text) } : 'not a number of seconds from 1 to 999999'

function portSetting(says: string, standard: number): Setting<number> {
  return { says, value: 'port', default: standard, read: port }
}

function folder(says: string, standard?: string): Setting<string | undefined> {
  return { says, value: 'dir', default: standard, read: text }
}

/** All settings of `bellhop up`. */
export const SETTINGS = {
  interface: {
    says: 'interface to serve, for example eth1; several may be given',
    value: 'name',
    many: true,
    default: [] as readonly string[],
    read: interfaceName,
  },
  'data-dir': {
    says: 'where objects, keys and logs are kept',
    value: 'dir',
    default: '/var/lib/bellhop',
    read: text,
  } as Setting<string>,
  'hardware-csv': {
    says: "the rack's list, with EKS Anywhere's columns",
    value: 'file',
    default: undefined,
    read: text,
  } as Setting<string | undefined>,
  'public-address': {
    says: 'address that machines reach this server at; that of the interface unless told',
    value: 'address',
    default: undefined,
    read: address,
  } as Setting<string | undefined>,
  'api-address': {
    says: 'address of the Kubernetes API',
    value: 'address',
    default: '127.0.0.1',
    read: address,
  } as Setting<string>,
  'api-port': portSetting('port of the Kubernetes API', 6443),
  'api-socket': {
    says: 'serve the Kubernetes API on this Unix socket too',
    value: 'file',
    default: undefined,
    read: text,
  } as Setting<string | undefined>,
  'http-port': portSetting('port of iPXE scripts, HookOS and images', 7171),
  'tftp-port': portSetting('port of TFTP', 69),
  'syslog-port': portSetting('port of syslog', 514),
  'metadata-port': portSetting('port of the metadata service', 50061),
  'tink-port': portSetting('port of the Tink server', 42113),
  'ipxe-dir': folder('where undionly.kpxe and ipxe.efi are', '/usr/lib/ipxe'),
  'hookos-dir': folder('where vmlinuz-x86_64 and initramfs-x86_64 are; built at the first start unless told'),
  'images-dir': folder('operating system images, served at /images/'),
  'kernel-args': {
    says: 'more arguments for the kernel of HookOS; the last of a kind wins',
    value: 'args',
    default: '',
    read: text,
  } as Setting<string>,
  'worker-deadline': {
    says: 'seconds that a workflow waits for its worker before it fails',
    value: 'seconds',
    default: 1800,
    read: seconds,
  } as Setting<number>,
} as const

export type SettingName = keyof typeof SETTINGS
type ValueOf<N extends SettingName> = (typeof SETTINGS)[N]['default']
type CamelCase<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<CamelCase<B>>}` : S

/** One checked, frozen Config, read once. */
export type Config = { readonly [N in SettingName as CamelCase<N>]: ValueOf<N> }

export class ConfigFault extends Fault<'config/invalid'> {}

/** Where values come from, the nearest first: flags, then `BELLHOP_…` of the environment, then a file. */
export interface Sources {
  readonly flags: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly file?: { readonly name: string; readonly values: Readonly<Record<string, unknown>> }
}

type Given = { readonly from: string; readonly values: readonly string[] }

/** Throws ConfigFault naming every value that cannot be, and where it was given. */
export function readConfig(sources: Sources): Config {
  const problems = unknownKeys(sources)
  const config: Record<string, unknown> = {}
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const given = find(name, sources)
    config[camelCase(name)] = given
      ? readSetting(SETTINGS[name] as Setting<unknown>, given, problems)
      : SETTINGS[name].default
  }
  if (problems.length > 0) throw new ConfigFault('config/invalid', problems.join('\n'))
  return Object.freeze(config) as Config
}

function readSetting(setting: Setting<unknown>, given: Given, problems: string[]): unknown {
  const values = given.values.map(value => {
    const result = setting.read(value) as { is: unknown } | string
    if (typeof result !== 'string') return result.is
    problems.push(`${given.from} "${value}": ${result}`)
    return undefined
  })
  return setting.many ? Object.freeze(values) : values.at(-1)
}

function find(name: SettingName, { flags, environment, file }: Sources): Given | undefined {
  const variable = `BELLHOP_${name.toUpperCase().replaceAll('-', '_')}`
  const places: readonly [string, unknown][] = [
    [`--${name}`, flags[camelCase(name)]],
    [variable, environment[variable]],
    [`${file?.name}: ${name}`, file?.values[name]],
  ]
  const many = 'many' in SETTINGS[name]
  for (const [from, value] of places) {
    if (value === undefined || value === '') continue
    const values = (Array.isArray(value) ? value : [value]).map(String)
    return { from, values: many ? values.flatMap(part => part.split(',')) : values }
  }
  return undefined
}

function unknownKeys({ file }: Sources): string[] {
  const unknown = Object.keys(file?.values ?? {}).filter(key => !Object.hasOwn(SETTINGS, key))
  return unknown.map(key => `${file?.name}: ${key}: no such setting; there are ${Object.keys(SETTINGS).join(', ')}`)
}

export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
