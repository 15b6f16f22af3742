import { lookup } from 'node:dns/promises'
import type { Host } from '../../../machinery/host/host.ts'
import type { Udp } from '../../../machinery/host/udp.ts'
import { acknowledge, getFlags, keepFlags, setFlags, setInProgress } from '../../../wire/ipmi/boot.ts'
import { chassisControl, getChassisStatus } from '../../../wire/ipmi/chassis.ts'
import type { Command } from '../../../wire/ipmi/command.ts'
import type { Ciphers } from '../../../wire/ipmi/suite.ts'
import { parseIpv4 } from '../../../wire/ipv4.ts'
import type { Bmc, Boot, Driver, Target } from '../driver.ts'
import { PowerFault } from '../fault.ts'
import { nodeCiphers, type Random, systemRandom } from './ciphers.ts'
import { connectSession } from './connect.ts'
import { Exchange } from './exchange.ts'
import type { Session } from './session.ts'

export interface IpmiParts {
  readonly udp: Udp
  readonly host: Host
  readonly ciphers?: Ciphers
  readonly random?: Random
  /** The IPv4 address behind a name; the system's resolver unless told. */
  readonly resolve?: (name: string) => Promise<string>
  /** Ends every wait for an answer, so that the service can end while a BMC is silent. */
  readonly signal?: AbortSignal
}

/** A BMC may act before it answers (a script, a relay): repeating sooner would do things twice. */
const POWER_WAITS = [6000, 3000, 3000] as const

/** IPMI 2.0 over LAN. Its name is the one that upstream's `preferredOrder` uses. */
export function ipmiDriver(parts: IpmiParts): Driver {
  return { name: 'ipmitool', connect: target => connectIpmi(parts, target) }
}

async function connectIpmi(parts: IpmiParts, target: Target): Promise<Bmc> {
  const { ciphers = nodeCiphers, random = systemRandom, host } = parts
  const address = await addressOf(parts, target.host)
  const port = target.options.ipmitool?.port ?? target.port
  const exchange = await Exchange.open({ address, port }, parts)
  const { user, password } = target
  const who = { user, password, cipherSuite: target.options.ipmitool?.cipherSuite, facts: { host: target.host, port } }
  try {
    const session = await connectSession(exchange, who, { ciphers, random })
    return bmcOf(session, host)
  } catch (fault) {
    await exchange[Symbol.asyncDispose]()
    throw fault
  }
}

async function addressOf({ resolve = resolveIpv4 }: IpmiParts, name: string): Promise<string> {
  if (parseIpv4(name)) return name
  if (name.includes(':')) {
    throw new PowerFault('bmc/unsupported', `the BMC ${name} has an IPv6 address; IPMI is spoken over IPv4 alone`, {
      host: name,
    })
  }
  try {
    return await resolve(name)
  } catch (cause) {
    throw new PowerFault('bmc/unknown-host', `the name of the BMC, ${name}, has no IPv4 address`, { host: name }, cause)
  }
}

async function resolveIpv4(name: string): Promise<string> {
  return (await lookup(name, { family: 4 })).address
}

function bmcOf(session: Session, host: Host): Bmc {
  return {
    how: `IPMI 2.0, cipher suite ${session.suite}`,
    power: async () => (await session.run(getChassisStatus)).power,
    control: action => session.run(chassisControl(action), POWER_WAITS),
    setBoot: boot => setBoot(session, host, boot),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** The order ipmitool has shown to work in the field; only the flags themselves must be accepted. */
async function setBoot(session: Session, host: Host, { device, persistent, efi }: Boot): Promise<boolean> {
  await courtesy(session, host, setInProgress(true))
  await courtesy(session, host, keepFlags)
  await courtesy(session, host, acknowledge)
  await session.run(setFlags({ valid: true, persistent, efi, device }))
  await courtesy(session, host, setInProgress(false))
  return shows(session, device)
}

/** Many BMCs know only some of the parameters; what they do without is worth a line, not a failure. */
async function courtesy(session: Session, host: Host, command: Command<undefined>): Promise<void> {
  try {
    await session.run(command)
  } catch (thrown) {
    const fault = PowerFault.from(thrown)
    if (fault.code !== 'bmc/unsupported' && fault.code !== 'bmc/refused') throw fault
    host.log.debug('the BMC does without', { host: fault.facts.host, command: command.name, reason: fault.message })
  }
}

async function shows(session: Session, device: Boot['device']): Promise<boolean> {
  try {
    const flags = await session.run(getFlags)
    if (flags.device === device) return true
    if (!flags.valid) return false
    const sentence = `the BMC accepted boot device ${device} and shows ${flags.device ?? 'an unknown one'}`
    throw new PowerFault('bmc/not-taken', sentence, { device, shows: flags.device })
  } catch (thrown) {
    const fault = PowerFault.from(thrown)
    if (fault.code === 'bmc/unsupported') return false
    throw fault
  }
}
