import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import type { Log } from '../machinery/host/log.ts'

/** How QEMU runs a guest: on the processor itself, or emulating one. */
export type Acceleration = 'kvm' | 'tcg'

const QEMU = 'qemu-system-x86_64'

/** On a processor that really runs guests a kernel without a root file system gives up after a second or two. */
const KVM_MOST = 8_000 // milliseconds

/**
 * Whether KVM really runs guests here, found out by booting a kernel as far as it goes. Seeing /dev/kvm is not enough,
 * nor is a boot sector: inside some virtual machines both work, and then a kernel hangs with its first interrupts.
 */
export async function probeAcceleration(kernel: string, log: Log): Promise<Acceleration> {
  const openable = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  const acceleration = openable && (await boots(kernel, 'kvm', KVM_MOST)) ? 'kvm' : 'tcg'
  if (acceleration === 'tcg') log.info('KVM runs no guest here, so the machines are emulated and slower', { openable })
  return acceleration
}

/** Boots a kernel with nothing else, and says whether it came as far as missing its root file system. */
export async function boots(kernel: string, acceleration: Acceleration, most: number): Promise<boolean> {
  const machine = ['-machine', 'q35', '-m', '256', '-smp', '2', '-display', 'none', '-nodefaults', '-no-reboot']
  const guest = ['-serial', 'stdio', '-kernel', kernel, '-append', 'console=ttyS0 panic=-1']
  const child = spawn(QEMU, ['-accel', acceleration, ...machine, ...guest], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: most,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    said = (said + text).slice(-SAID_MOST)
  })
  return new Promise(resolve => {
    child.once('error', () => resolve(false))
    child.once('close', code => resolve(code === 0 && said.includes('Unable to mount root fs')))
  })
}

const SAID_MOST = 64 * 1024
