import { parseIpv4 } from '../wire/ipv4.ts'

/** The headings of `bellhop up --help`, in their order. */
export const GROUPS = {
  serve: 'What is served:',
  files: 'Where things are kept and found:',
  api: 'The Kubernetes API that bellhop serves itself:',
  cluster: 'A Kubernetes cluster that is there already, instead:',
  ports: 'Ports of the services:',
  machines: 'The machines:',
} as const

/** A setting: one sentence, one range, one default. Its flag, its environment variable and its key in a file share a name. */
export interface Setting<T> {
  readonly group: keyof typeof GROUPS
  readonly says: string
  /** What stands for the value in help texts. */
  readonly value: string
  /** Given or not: its flag takes no value. */
  readonly toggle?: boolean
  /** Given more than once, or separated by commas. */
  readonly many?: boolean
  readonly default: T
  /** Reads one value; a sentence, when it is none. */
  readonly read: (text: string) => { readonly is: T extends readonly (infer E)[] ? E : NonNullable<T> } | string
}

type Words = Omit<Setting<unknown>, 'read' | 'default'>

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

const yesOrNo = (text: string) => (/^(true|false)$/.test(text) ? { is: text === 'true' } : 'not true or false')

/** A text that is there unless told otherwise. */
function given(standard: string, words: Words): Setting<string> {
  return { ...words, default: standard, read: text }
}

/** A text that may be absent. */
function maybe(words: Words): Setting<string | undefined> {
  return { ...words, default: undefined, read: text }
}

function portOf(says: string, standard: number, group: Words['group'] = 'ports'): Setting<number> {
  return { group, says, value: 'port', default: standard, read: port }
}

/** All settings of `bellhop up`. */
export const SETTINGS = {
  interface: {
    group: 'serve',
    says: 'interface to serve, for example eth1; several may be given',
    value: 'name',
    many: true,
    default: [] as readonly string[],
    read: interfaceName,
  },
  'public-address': {
    group: 'serve',
    says: 'address that machines reach this server at; that of the interface unless told',
    value: 'address',
    default: undefined,
    read: address,
  } as Setting<string | undefined>,
  'hardware-csv': maybe({
    group: 'serve',
    says: "the rack's list, with EKS Anywhere's columns; `bellhop hardware check` tries one",
    value: 'file',
  }),
  'data-dir': given('/var/lib/bellhop', {
    group: 'files',
    says: 'where objects, keys, logs and the kubeconfig are kept',
    value: 'dir',
  }),
  'encryption-key-file': maybe({
    group: 'files',
    says: 'keys of the Secrets in the store; encryption.key in the data directory, made if need be, unless told',
    value: 'file',
  }),
  'images-dir': maybe({ group: 'files', says: 'operating system images, served at /images/', value: 'dir' }),
  'ipxe-dir': given('/usr/lib/ipxe', {
    group: 'files',
    says: 'where undionly.kpxe and ipxe.efi are, from the Debian package ipxe',
    value: 'dir',
  }),
  'hookos-dir': maybe({
    group: 'files',
    says: 'where vmlinuz-x86_64 and initramfs-x86_64 are; built at the first start unless told',
    value: 'dir',
  }),
  'api-address': {
    group: 'api',
    says: 'address that it is served at',
    value: 'address',
    default: '127.0.0.1',
    read: address,
  } as Setting<string>,
  'api-port': portOf('port that it is served at', 6443, 'api'),
  'api-socket': maybe({ group: 'api', says: 'a Unix socket that it is served at too', value: 'file' }),
  'audit-log': maybe({
    group: 'api',
    says: 'where requests are noted; audit.log in the data directory unless told',
    value: 'file',
  }),
  'audit-policy': maybe({
    group: 'api',
    says: 'which requests are noted, a Policy of audit.k8s.io/v1; all changes unless told',
    value: 'file',
  }),
  kubeconfig: maybe({
    group: 'cluster',
    says: 'how to reach it; its definitions are installed, and one of several such servers leads',
    value: 'file',
  }),
  'kube-context': maybe({
    group: 'cluster',
    says: 'context of the kubeconfig; the current one unless told',
    value: 'name',
  }),
  'in-cluster': {
    group: 'cluster',
    says: 'it is the cluster that this pod runs in',
    value: '',
    toggle: true,
    default: false,
    read: yesOrNo,
  } as Setting<boolean>,
  'http-port': portOf('iPXE scripts, HookOS and images', 7171),
  'tftp-port': portOf('TFTP', 69),
  'syslog-port': portOf('syslog of the machines', 514),
  'metadata-port': portOf('the metadata service', 50061),
  'tink-port': portOf('the Tink server (gRPC)', 42113),
  'kernel-args': given('', {
    group: 'machines',
    says: 'more arguments for the kernel of HookOS; the last of a kind wins',
    value: 'args',
  }),
  'worker-deadline': {
    group: 'machines',
    says: 'seconds that a workflow waits for its worker before it fails',
    value: 'seconds',
    default: 1800,
    read: seconds,
  } as Setting<number>,
  'bmc-deadline': {
    group: 'machines',
    says: 'seconds that a BMC is tried for each power task before it fails',
    value: 'seconds',
    default: 600,
    read: seconds,
  } as Setting<number>,
} as const

export type SettingName = keyof typeof SETTINGS
