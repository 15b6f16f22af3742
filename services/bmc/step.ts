import type { Action } from '../../machinery/api/bmc.ts'
import { BOOT_DEVICES, type Boot, type PowerControl, type PowerState } from './driver.ts'

/** What a task has done and must not do twice; kept in its status, so that a restart does not forget it. */
export type Mark = 'Sent' | 'WasOff'

/** What the machine is to be told next, or that there is nothing left to tell. */
export type Step =
  /** `mark` is written before the command goes out: better left undone once than done twice. */
  | { readonly do: 'control'; readonly control: PowerControl; readonly mark?: Mark }
  | { readonly do: 'mark'; readonly mark: Mark }
  | { readonly do: 'wait'; readonly until: PowerState }
  | { readonly do: 'done' }

const DONE: Step = { do: 'done' }

/** The next step of a power action, told from the power state and the marks alone. */
export function nextStep(action: PowerAction, power: PowerState, marks: ReadonlySet<Mark>): Step {
  switch (action) {
    case 'status':
      return DONE
    case 'on':
    case 'off':
      return power === action ? DONE : { do: 'control', control: action }
    case 'soft': // asked once: a second press of the button may be a hard switch-off to the system
      if (power === 'off') return DONE
      return marks.has('Sent') ? { do: 'wait', until: 'off' } : { do: 'control', control: 'soft', mark: 'Sent' }
    case 'cycle': // off, then on, each of them seen: a BMC's own cycle cannot be verified and must not run twice
      if (marks.has('WasOff')) return power === 'on' ? DONE : { do: 'control', control: 'on' }
      return power === 'off' ? { do: 'mark', mark: 'WasOff' } : { do: 'control', control: 'off' }
    case 'reset': // a machine that is off cannot be reset; it runs afterwards all the same
      if (power === 'off') return { do: 'control', control: 'on', mark: 'Sent' }
      return marks.has('Sent') ? DONE : { do: 'control', control: 'reset', mark: 'Sent' }
  }
}

export type PowerAction = NonNullable<Action['powerAction']>

/** What a task asks for, read from whichever of its fields is set. */
export type Order =
  | { readonly kind: 'power'; readonly action: PowerAction; readonly says: string }
  | { readonly kind: 'boot'; readonly boot: Boot; readonly says: string }
  /** It cannot be done, and why. */
  | { readonly kind: 'refused'; readonly says: string }

export function orderOf(task: Action): Order {
  if (task.powerAction) return { kind: 'power', action: task.powerAction, says: `power ${task.powerAction}` }
  if (task.oneTimeBootDeviceAction) {
    const { device, efiBoot = false } = task.oneTimeBootDeviceAction
    return bootOrder(device[0], { persistent: false, efi: efiBoot })
  }
  if (task.bootDevice) {
    const { device, persistent = false, efiBoot = false } = task.bootDevice
    return bootOrder(device, { persistent, efi: efiBoot })
  }
  if (task.virtualMediaAction) {
    return { kind: 'refused', says: 'unsupported: virtualMediaAction needs a BMC that speaks Redfish; IPMI has none' }
  }
  return { kind: 'refused', says: 'the task has no action' }
}

function bootOrder(name: string | undefined, how: Omit<Boot, 'device'>): Order {
  const device = BOOT_DEVICES.find(known => known === name)
  if (device) return { kind: 'boot', boot: { device, ...how }, says: `boot device ${device}` }
  return { kind: 'refused', says: `unsupported: boot device "${name}"; ${BOOT_DEVICES.join(', ')} are known` }
}
