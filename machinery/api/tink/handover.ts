/**
 * What the worker's report says when an action gives the machine away. Reboot is a SUCCESS, answered before the machine
 * goes down; kexec stays RUNNING, as nobody is left to report its end, and this message tells it from an ordinary start.
 */
export const HANDOVER = {
  reboot: 'the machine reboots into the installed system',
  kexec: 'the installed system takes over by kexec',
} as const

export type Handover = keyof typeof HANDOVER
