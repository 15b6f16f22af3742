import type { ActionName } from './names.ts'
import type { Action } from './world.ts'

/** Each action is loaded only when it is run: it starts under software emulation too. */
export const CATALOGUE: Readonly<Record<ActionName, () => Promise<Action>>> = {
  image2disk: async () => (await import('./image2disk.ts')).image2disk,
  writefile: async () => (await import('./writefile.ts')).writefile,
  kexec: async () => (await import('./kexec.ts')).kexec,
  reboot: async () => (await import('./reboot.ts')).reboot,
  cexec: async () => (await import('./cexec.ts')).cexec,
}
