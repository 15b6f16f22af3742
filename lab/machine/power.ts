import type { Log } from '../../machinery/host/log.ts'
import type { Guest } from './guest.ts'
import type { BootDevice } from './plan.ts'

export type PowerState = 'on' | 'off'

/** Something that happened to a machine's power. `boot` is where its firmware looks first. */
export interface PowerEvent {
  readonly at: number
  readonly is: 'on' | 'off' | 'reset'
  readonly boot: BootDevice
}

export interface PowerOptions {
  /** Starts QEMU with the network or the disk first. */
  readonly start: (boot: BootDevice, onReset: () => void) => Promise<Guest>
  readonly onEvent: (event: PowerEvent) => void
  readonly now: () => number
  readonly log: Log
}

/**
 * A machine's power switch. Orders are carried out one after another. A boot device is asked for once: the next start
 * of the firmware uses it up, whether by power or by reset, as IPMI's boot flags do.
 */
export class Power implements AsyncDisposable {
  readonly #options: PowerOptions
  #guest: Guest | undefined
  #once: BootDevice = 'disk'
  #order: Promise<unknown> = Promise.resolve()
  #removed = false

  constructor(options: PowerOptions) {
    this.#options = options
  }

  get state(): PowerState {
    return this.#guest ? 'on' : 'off'
  }

  /** What the next start of the firmware will look at first. */
  get bootDevice(): BootDevice {
    return this.#once
  }

  on(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#guest || this.#removed) return
      const boot = this.#once
      this.#once = 'disk'
      const guest = await this.#options.start(boot, () => this.#wasReset())
      this.#guest = guest
      this.#tell('on', boot)
      void guest.ended.then(() => this.#hasEnded(guest))
      if (boot !== 'disk') await guest.bootNext('disk')
    })
  }

  off(): Promise<void> {
    return this.#inTurn(async () => {
      const guest = this.#guest
      await guest?.cutPower()
      if (guest) this.#hasEnded(guest)
    })
  }

  /** Does nothing to a machine that is off. */
  reset(): Promise<void> {
    return this.#inTurn(async () => this.#guest?.reset())
  }

  soft(): Promise<void> {
    return this.#inTurn(async () => this.#guest?.pressPower())
  }

  bootOnce(device: BootDevice): Promise<void> {
    return this.#inTurn(async () => {
      this.#once = device
      await this.#guest?.bootNext(device)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#removed = true
    await this.off()
  }

  #wasReset(): void {
    const boot = this.#once
    this.#once = 'disk'
    this.#tell('reset', boot)
    if (boot !== 'disk') void this.#inTurn(async () => this.#guest?.bootNext(this.#once))
  }

  #hasEnded(guest: Guest): void {
    if (this.#guest !== guest) return
    this.#guest = undefined
    this.#tell('off', this.#once)
  }

  #tell(is: PowerEvent['is'], boot: BootDevice): void {
    this.#options.onEvent({ at: this.#options.now(), is, boot })
  }

  /** One order at a time; one that fails is logged and does not hold up the next. */
  #inTurn(order: () => Promise<unknown>): Promise<void> {
    const done = this.#order.then(async () => {
      try {
        await order()
      } catch (fault) {
        this.#options.log.error('an order to the machine failed', { fault: String(fault) })
      }
    })
    this.#order = done
    return done
  }
}
