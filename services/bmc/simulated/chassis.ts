import { type BootFlags, decodeFlags, encodeFlags, PARAMETER } from '../../../wire/ipmi/boot.ts'
import { CONTROL, type ControlAction, encodeChassisStatus } from '../../../wire/ipmi/chassis.ts'
import { COMMAND, encodeAuthCapabilities, NET_FN } from '../../../wire/ipmi/command.ts'
import type { Request } from '../../../wire/ipmi/message.ts'

interface Answer {
  readonly completion: number
  readonly data: Uint8Array
  readonly closes?: boolean
}

const NO_FLAGS: BootFlags = { valid: false, persistent: false, efi: false, device: 'none' }
const INVALID_COMMAND = 0xc1

/** The machine behind a simulated BMC, and everything that may be wrong with it. */
export class Chassis {
  power: 'on' | 'off' = 'off'
  boot: BootFlags = NO_FLAGS
  /** What it was told, in order: `on`, `off`, ..., `boot pxe`. */
  readonly told: string[] = []
  /** It answers nothing at all. */
  silent = false
  /** Completion codes with which the next chassis commands are refused. */
  readonly refusals: number[] = []
  /** So many power commands are accepted and not carried out. */
  ignores = 0
  /** Boot flags are accepted and not kept. */
  forgetful = false
  readonly #suites: readonly number[]
  readonly #listsSuites: boolean

  constructor(suites: readonly number[], listsSuites: boolean) {
    this.#suites = suites
    this.#listsSuites = listsSuites
  }

  /** Commands outside a session. */
  outside({ netFn, command, data }: Request): Answer {
    if (netFn !== NET_FN.app) return no(INVALID_COMMAND)
    if (command === COMMAND.getAuthCapabilities) return yes(encodeAuthCapabilities({ channel: 1, rmcpPlus: true }))
    if (command === COMMAND.getCipherSuites && this.#listsSuites) return yes(this.#suiteList((data[2] ?? 0) & 0x3f))
    return no(INVALID_COMMAND)
  }

  /** Commands inside one. */
  inside(request: Request): Answer {
    const { netFn, command, data } = request
    if (netFn === NET_FN.chassis) return this.#chassis(request)
    if (netFn !== NET_FN.app) return no(INVALID_COMMAND)
    if (command === COMMAND.setSessionPrivilege) return yes(data)
    if (command === COMMAND.closeSession) return { ...yes(), closes: true }
    if (command === COMMAND.getDeviceId) return yes([0x20, 1, 1, 0x23, 0x02, 0x80, 0, 0, 0, 1, 0])
    return this.outside(request)
  }

  #chassis({ command, data }: Request): Answer {
    const refusal = this.refusals.shift()
    if (refusal !== undefined) return no(refusal)
    if (command === COMMAND.getChassisStatus) return yes(encodeChassisStatus(this.power))
    if (command === COMMAND.chassisControl) return this.#control(data[0] ?? -1)
    if (command === COMMAND.setBootOptions) return this.#setBoot(data)
    if (command === COMMAND.getBootOptions) return yes([1, PARAMETER.flags, ...encodeFlags(this.boot)])
    return no(INVALID_COMMAND)
  }

  #control(number: number): Answer {
    const action = ACTIONS.find(name => CONTROL[name] === number)
    if (!action) return no(0xcc)
    this.told.push(action)
    if (this.ignores > 0) this.ignores--
    else this.power = action === 'off' || action === 'soft' ? 'off' : 'on'
    return yes()
  }

  #setBoot(data: Uint8Array): Answer {
    if ((data[0] ?? 0) !== PARAMETER.flags) return yes()
    const flags = decodeFlags(data.subarray(1))
    this.told.push(`boot ${flags.device}`)
    if (!this.forgetful) this.boot = flags
    return yes()
  }

  #suiteList(index: number): readonly number[] {
    const records = this.#suites.flatMap(id => [0xc0, id, 0x01, 0x41, 0x81])
    return [1, ...records.slice(index * 16, index * 16 + 16)]
  }
}

const ACTIONS = Object.keys(CONTROL) as readonly ControlAction[]

function yes(data: ArrayLike<number> = []): Answer {
  return { completion: 0, data: Uint8Array.from(data) }
}

function no(completion: number): Answer {
  return { completion, data: new Uint8Array() }
}
