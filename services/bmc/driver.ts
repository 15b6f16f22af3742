import type { ProviderOptions } from '../../machinery/api/bmc.ts'
import type { Infer } from '../../machinery/api/schema.ts'
import { PowerFault } from './fault.ts'

/** A BMC and what opens it. */
export interface Target {
  readonly host: string
  /** UDP port of IPMI, as the Connection says; drivers of other protocols have their own options. */
  readonly port: number
  readonly user: string
  readonly password: string
  readonly insecureTLS: boolean
  readonly options: Infer<typeof ProviderOptions>
}

export type PowerState = 'on' | 'off'
export type PowerControl = 'on' | 'off' | 'soft' | 'cycle' | 'reset'

export const BOOT_DEVICES = ['pxe', 'disk', 'bios', 'cdrom', 'safe', 'none'] as const
export type BootDevice = (typeof BOOT_DEVICES)[number]

export interface Boot {
  readonly device: BootDevice
  readonly persistent: boolean
  readonly efi: boolean
}

/** An open conversation with one BMC. Every method rejects with a PowerFault. */
export interface Bmc extends AsyncDisposable {
  /** How it is spoken to, for logs: for example `IPMI 2.0, cipher suite 17`. */
  readonly how: string
  power(): Promise<PowerState>
  control(action: PowerControl): Promise<void>
  /** Sets it and reads it back; false when the BMC does not show what it has set. */
  setBoot(boot: Boot): Promise<boolean>
}

/** A protocol that BMCs speak. */
export interface Driver {
  /** As in `providerOptions.preferredOrder`. */
  readonly name: string
  connect(target: Target): Promise<Bmc>
}

/** The first driver that the BMC answers to, preferred ones first. Rejects with the fault that says most. */
export async function connect(drivers: readonly Driver[], target: Target): Promise<Bmc> {
  const faults: PowerFault[] = []
  for (const driver of ordered(drivers, target.options.preferredOrder ?? [])) {
    try {
      return await driver.connect(target)
    } catch (thrown) {
      faults.push(PowerFault.from(thrown))
    }
  }
  const fault =
    faults.find(({ cure }) => cure === 'give-up') ?? faults.find(({ cure }) => cure === 'retry') ?? faults[0]
  throw fault ?? new PowerFault('bmc/unsupported', 'there is no driver to speak to a BMC with', { host: target.host })
}

/** Names are matched as upstream does: without regard to case, drivers not named come after. */
function ordered(drivers: readonly Driver[], preferred: readonly string[]): readonly Driver[] {
  const names = preferred.map(name => name.toLowerCase())
  const rank = ({ name }: Driver) => (names.includes(name) ? names.indexOf(name) : names.length)
  return drivers.toSorted((one, other) => rank(one) - rank(other))
}
