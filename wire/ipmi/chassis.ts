import { Reader } from '../bytes.ts'
import { COMMAND, type Command, NET_FN } from './command.ts'

export interface ChassisStatus {
  readonly power: 'on' | 'off'
  /** Something is wrong with the power, in the words of the specification. */
  readonly faults: readonly string[]
  /** What it does when mains power returns. */
  readonly restorePolicy: 'stays off' | 'as before' | 'powers up' | 'unknown'
}

// §28.2, table 28-3: current power state
const POWER_ON = 0x01
const FAULTS: readonly (readonly [number, string])[] = [
  [0x02, 'power overload'],
  [0x04, 'interlock active'],
  [0x08, 'main power fault'],
  [0x10, 'power control fault'],
]
const POLICIES = ['stays off', 'as before', 'powers up', 'unknown'] as const

/** §28.2 */
export const getChassisStatus: Command<ChassisStatus> = {
  name: 'Get Chassis Status',
  request: { netFn: NET_FN.chassis, command: COMMAND.getChassisStatus, data: new Uint8Array() },
  decode: data => {
    const reader = new Reader(data)
    const state = reader.u8()
    reader.take(2) // last power event, miscellaneous state
    return {
      power: (state & POWER_ON) === 0 ? 'off' : 'on',
      faults: FAULTS.filter(([bit]) => (state & bit) !== 0).map(([, name]) => name),
      restorePolicy: POLICIES[(state >> 5) & 0x03] ?? 'unknown',
    }
  },
}

export function encodeChassisStatus(power: ChassisStatus['power']): Uint8Array {
  return Uint8Array.of(power === 'on' ? POWER_ON : 0, 0, 0)
}

/** §28.3, table 28-4 */
export const CONTROL = { off: 0, on: 1, cycle: 2, reset: 3, soft: 5 } as const
export type ControlAction = keyof typeof CONTROL

/** §28.3 */
export function chassisControl(action: ControlAction): Command<undefined> {
  return {
    name: `Chassis Control (${action})`,
    request: { netFn: NET_FN.chassis, command: COMMAND.chassisControl, data: Uint8Array.of(CONTROL[action]) },
    decode: () => undefined,
  }
}
