import { access, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { HostFault, hostFault } from '../machinery/host/fault.ts'
import { systemUdp } from '../machinery/host/udp/system.ts'
import { type Config, ConfigFault } from './config.ts'
import { checkHookOsDir } from './hookos.ts'

/** RFC 2131 §4.1; clients know no other. */
const DHCP = 67
const BIOS = 'undionly.kpxe'
const EFI = 'ipxe.efi'

/**
 * What the machine beneath has to offer, tried out before anything is made: whoever mistyped an interface finds no data
 * directory afterwards. Throws a fault that says what to do.
 */
export async function checkGround(config: Config): Promise<void> {
  refuseSharedPorts(config)
  await checkFolders(config)
  await checkHookOsDir(config)
  for (const name of config.interface) await tryDhcp(name)
  if (!isOutside(config)) await tryApiPort(config)
}

/** Whether a cluster that is there already is used. */
function isOutside({ kubeconfig, inCluster }: Config): boolean {
  return inCluster || kubeconfig !== undefined
}

/** Two of our own services on one port would each tell of "another program". */
function refuseSharedPorts(config: Config): void {
  const { apiPort, httpPort, metadataPort, tinkPort, tftpPort, syslogPort } = config
  const own = isOutside(config) ? {} : { 'api-port': apiPort }
  const tcp = { ...own, 'http-port': httpPort, 'metadata-port': metadataPort, 'tink-port': tinkPort }
  const udp = { 'tftp-port': tftpPort, 'syslog-port': syslogPort, 'port of DHCP': DHCP }
  for (const ports of [tcp, udp]) {
    const taken = new Map<number, string>()
    for (const [name, port] of Object.entries(ports)) {
      const other = taken.get(port)
      if (other !== undefined)
        throw unusable(name, port, `the ${other} is the same; choose another port for one of them`)
      taken.set(port, name)
    }
  }
}

/** They are one or the other. */
export function refuseTwoClusters({ kubeconfig, inCluster, kubeContext }: Config): void {
  const given = inCluster ? (kubeconfig ?? kubeContext) : undefined
  if (given === undefined) return
  const name = kubeconfig === undefined ? 'kube-context' : 'kubeconfig'
  throw unusable(name, given, 'with --in-cluster it has no meaning; give one of them')
}

async function checkFolders({ ipxeDir, imagesDir }: Config): Promise<void> {
  if (imagesDir !== undefined && !(await isFolder(imagesDir))) {
    throw unusable('images-dir', imagesDir, 'there is no such folder; make it, or leave the setting out')
  }
  const found = await Promise.all([BIOS, EFI].map(file => isThere(join(ipxeDir, file))))
  if (found.some(Boolean)) return
  const cure = "install Debian's package ipxe, or name the folder that has them"
  throw unusable('ipxe-dir', ipxeDir, `there is neither ${BIOS} nor ${EFI} in it; ${cure}`)
}

async function tryDhcp(name: string): Promise<void> {
  try {
    const socket = await systemUdp.openLink({ interface: name, port: DHCP, receive: () => undefined })
    await socket[Symbol.asyncDispose]()
  } catch (fault) {
    if (!(fault instanceof HostFault) || fault.code !== 'host/port-in-use') throw fault
    const who = 'another program (a DHCP server such as dnsmasq, or another bellhop) has port 67'
    const sentence = `serving DHCP on interface ${name}: ${who}; stop it: \`ss -lunp sport = :67\` shows which it is`
    throw new HostFault(fault.code, sentence, { interface: name }, fault)
  }
}

function tryApiPort({ apiAddress, apiPort }: Config): Promise<void> {
  const trying = `serving the Kubernetes API on ${apiAddress}:${apiPort}`
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(hostFault(error, trying)))
    server.listen({ host: apiAddress, port: apiPort }, () => server.close(() => resolve()))
  })
}

function unusable(setting: string, value: string | number, why: string): ConfigFault {
  return new ConfigFault('config/invalid', `--${setting} "${value}": ${why}`)
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
