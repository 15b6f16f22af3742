import type { Action } from './world.ts'

/** Ends the installer. The worker does it, once the server knows: a program that reboots can report nothing. */
export const reboot: Action = async () => ({ message: 'the machine reboots', handover: 'reboot' })
