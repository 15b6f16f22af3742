import type { Hardware } from '../../machinery/api/hardware.ts'
import type { Ipv4 } from '../../wire/ipv4.ts'
import { type Found, nameOf } from './hardware.ts'

/** What a script needs to know besides the Hardware. */
export interface ScriptSettings {
  /** Where the kernel and the initial ramdisk of HookOS are, without a slash at its end. */
  readonly hookUrl: string
  readonly syslogHost: Ipv4
  /** `host:port` of Tink server. */
  readonly grpcAuthority: string
  readonly tinkerbellTls: boolean
  /** Added to the kernel's parameters, before those of the Hardware; of a kind the last one wins. */
  readonly extraKernelArgs: string
  /** Tries after the first, and the seconds between them. */
  readonly retries: number
  readonly retryDelay: number
}

export type Script =
  | { readonly is: 'script'; readonly text: string; readonly boots: string }
  | { readonly is: 'none'; readonly reason: string; readonly says: string }

/** The iPXE script of a machine: its own where its Hardware has one, else the one that boots HookOS. */
export function scriptFor(found: Found, settings: ScriptSettings): Script {
  const { netboot } = found.interface
  const name = nameOf(found)
  if (!netboot?.allowPXE) {
    const says = `Hardware ${name} does not allow network boot (netboot.allowPXE)`
    return { is: 'none', reason: 'not-allowed', says }
  }
  const { url, contents } = netboot.ipxe ?? {}
  if (url) return chain(url, name)
  if (contents)
    return { is: 'script', text: `#!ipxe\necho Booting the script of ${name}\n${contents}\n`, boots: 'its own script' }
  return { is: 'script', text: hookScript(found, settings), boots: 'HookOS' }
}

function chain(url: string, name: string): Script {
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    const says = `Hardware ${name}: netboot.ipxe.url "${url}" is not an http or https URL`
    return { is: 'none', reason: 'bad-url', says }
  }
  const text = `#!ipxe\necho Chaining to the script of ${name}\nchain --autofree ${parsed.href}\n`
  return { is: 'script', text, boots: parsed.href }
}

function hookScript(found: Found, settings: ScriptSettings): string {
  const { dhcp, netboot } = found.interface
  const arch = dhcp?.arch || 'x86_64'
  const osie = netboot?.osie
  const kernel = osie?.kernel || `vmlinuz-${arch}`
  const initrd = osie?.initrd || `initramfs-${arch}`
  const parameters = kernelParameters(found, { arch, initrd, settings }).join(' ')
  return [
    '#!ipxe',
    ...syslogLines(settings.syslogHost),
    `echo Loading HookOS for ${nameOf(found)}`,
    `set arch ${arch}`,
    `set download-url ${(osie?.baseURL || settings.hookUrl).replace(/\/+$/, '')}`,
    `set kernel ${kernel}`,
    `set initrd ${initrd}`,
    `set retries:int32 ${settings.retries}`,
    `set retry_delay:int32 ${settings.retryDelay}`,
    ...step('kernel', 'The kernel', `kernel \${download-url}/\${kernel} ${parameters}`),
    ...step('initrd', 'The initial ramdisk', `initrd \${download-url}/\${initrd}`),
    ...step('boot', 'HookOS', 'boot'),
    '',
  ].join('\n')
}

/** What iPXE says goes to our log too, where it was built to. */
function syslogLines(host: Ipv4): readonly string[] {
  return [`set syslog ${host} || echo Without syslog`]
}

/** One step that is tried again, the screen saying what it waits for; in the end the firmware goes on to its next device. */
function step(label: string, what: string, command: string): readonly string[] {
  const retry = `${label}_retry`
  return [
    '',
    `set ${retry}:int32 0`,
    `:${label}`,
    `${command} && goto ${label}_done ||`,
    `iseq \${${retry}} \${retries} && goto ${label}_failed ||`,
    `inc ${retry}`,
    `echo ${what} did not come from \${download-url}; try \${${retry}} of \${retries} in \${retry_delay} s`,
    `sleep \${retry_delay}`,
    `goto ${label}`,
    `:${label}_failed`,
    `echo ${what} did not come from \${download-url}; going on to the next boot device`,
    'imgfree',
    'exit',
    `:${label}_done`,
  ]
}

interface Boot {
  readonly arch: string
  readonly initrd: string
  readonly settings: ScriptSettings
}

/** In upstream's order, so that upstream's installer systems boot from it too. */
function kernelParameters(
  { hardware, interface: at, mac }: Found,
  { arch, initrd, settings }: Boot,
): readonly string[] {
  return [
    ...(at.dhcp?.vlan_id ? [`vlan_id=${at.dhcp.vlan_id}`] : []),
    `facility=${facilityOf(hardware)}`,
    `syslog_host=${settings.syslogHost}`,
    `grpc_authority=${settings.grpcAuthority}`,
    `tinkerbell_tls=${settings.tinkerbellTls}`,
    'tinkerbell_insecure_tls=false',
    `worker_id=${hardware.spec.agentID || mac}`,
    `hw_addr=${mac}`,
    'modules=loop,squashfs,sd-mod,usb-storage',
    ...(/^(x86_64|i[3-6]86)$/.test(arch) ? ['intel_iommu=on', 'iommu=pt'] : []),
    `initrd=${initrd}`,
    ...withConsoles([settings.extraKernelArgs, ...(at.netboot?.osie?.kernelParams ?? [])].flatMap(words)),
  ].flatMap(words)
}

const SERIAL = /^console=ttyS/

/**
 * The screen, and one serial port: Linux gives its one 8250 console to the first that is named, there or not, so the port
 * that the operator names last takes the place of ours instead of standing behind it.
 */
function withConsoles(more: readonly string[]): readonly string[] {
  const own = more.findLast(word => SERIAL.test(word))
  const rest = more.filter((word, at) => !SERIAL.test(word) || at === more.lastIndexOf(own ?? ''))
  return ['console=tty0', ...(own ? [] : ['console=ttyS0,115200']), ...rest]
}

function facilityOf(hardware: Hardware): string {
  return hardware.spec.metadata?.facility?.facility_code ?? ''
}

/** Line ends would be a new command of the script. */
function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(word => word !== '')
}
