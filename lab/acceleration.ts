import { spawn } from 'node:child_process'
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { Log } from '../machinery/host/log.ts'

/** How QEMU runs a guest: on the processor itself, or emulating one. */
export type Acceleration = 'kvm' | 'tcg'

const QEMU = 'qemu-system-x86_64'
const DEADLINE = 5_000
const DEBUG_EXIT_PORT = 0xf4
const DEBUG_EXIT_VALUE = 0x2a

/**
 * A boot sector that walks over some memory and then tells QEMU's isa-debug-exit to end it with a value of our own.
 * Seeing /dev/kvm is not enough: inside some virtual machines it opens and then never runs a guest.
 */
const BOOT_SECTOR = Uint8Array.from([
  ...[0xfa, 0x31, 0xc0, 0x8e, 0xc0], //        cli; xor ax, ax; mov es, ax
  ...[0xbf, 0x00, 0x80, 0xb9, 0x00, 0x40], //  mov di, 0x8000; mov cx, 0x4000
  ...[0xf3, 0xaa], //                          rep stosb
  ...[0xb0, DEBUG_EXIT_VALUE, 0xe6, DEBUG_EXIT_PORT, 0xf4], // mov al, value; out port, al; hlt
])

/** Whether KVM really boots something here, found out by trying it once. */
export async function probeAcceleration(log: Log): Promise<Acceleration> {
  const openable = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  const acceleration = openable && (await bootsUnder('kvm')) ? 'kvm' : 'tcg'
  if (acceleration === 'tcg') log.info('KVM runs no guest here, so the machines are emulated and slower', { openable })
  return acceleration
}

/** Boots a sector under an accelerator and waits for its sign of life, a few seconds at most. */
export async function bootsUnder(acceleration: Acceleration): Promise<boolean> {
  const dir = await mkdtemp(`${tmpdir()}/bellhop-acceleration-`)
  try {
    const sector = new Uint8Array(512)
    sector.set(BOOT_SECTOR)
    sector.set([0x55, 0xaa], 510)
    await writeFile(`${dir}/boot.img`, sector)
    return (await exitOf(acceleration, `${dir}/boot.img`)) === ((DEBUG_EXIT_VALUE << 1) | 1)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function exitOf(acceleration: Acceleration, disk: string): Promise<number | undefined> {
  const machine = ['-machine', 'pc', '-m', '32', '-display', 'none', '-nodefaults', '-no-reboot']
  const exit = ['-device', `isa-debug-exit,iobase=${DEBUG_EXIT_PORT},iosize=1`]
  const boot = ['-drive', `file=${disk},format=raw,if=floppy`]
  const child = spawn(QEMU, ['-accel', acceleration, ...machine, ...exit, ...boot], {
    stdio: 'ignore',
    timeout: DEADLINE,
    killSignal: 'SIGKILL',
  })
  return new Promise(resolve => {
    child.once('error', () => resolve(undefined))
    child.once('close', code => resolve(code ?? undefined))
  })
}
