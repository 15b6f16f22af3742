import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { Duplex } from 'node:stream'
import { LabFault } from '../fault.ts'
import type { Enter } from '../network.ts'
import type { BootDevice } from './plan.ts'
import { BOOT_INDEX, NIC_PATH, type QemuOptions, QMP_FD, qemuArguments } from './qemu.ts'
import { openQmp, type Qmp } from './qmp.ts'

export interface GuestOptions extends QemuOptions {
  readonly dir: string
  readonly enter: Enter
  /** The guest starts anew without losing its power, whoever asked for that. */
  readonly onReset: () => void
}

/** One stretch of a machine being switched on: a QEMU process. */
export interface Guest {
  /** Resolves when QEMU has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** What the next start of the firmware looks at first. */
  bootNext(device: BootDevice): Promise<void>
  reset(): Promise<void>
  /** Presses the power button for a moment; the operating system may heed it. */
  pressPower(): Promise<void>
  cutPower(): Promise<void>
}

/** Ends a child with us, even when we are killed. */
export const DIES_WITH_US = ['setpriv', '--pdeathsig', 'KILL', '--'] as const

export async function startGuest(options: GuestOptions): Promise<Guest> {
  const [program, ...before] = options.enter
  const child = spawnQemu(
    program,
    [...before, ...DIES_WITH_US, 'qemu-system-x86_64', ...qemuArguments(options)],
    options,
  )
  const ended = new Promise<void>(resolve => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const monitor = child.stdio[QMP_FD]
  if (!(monitor instanceof Duplex)) throw new LabFault('lab/machine', 'QEMU was started without its monitor')
  const onEvent = (name: string) => {
    if (name === 'RESET') options.onReset()
  }
  const qmp = await openQmp(monitor, onEvent).catch(cause => {
    const where = `${options.dir}/qemu.log`
    throw new LabFault('lab/machine', `QEMU did not start; ${where} says why`, { name: options.plan.name }, cause)
  })
  return control(child, ended, qmp)
}

function control(child: ChildProcess, ended: Promise<void>, qmp: Qmp): Guest {
  return {
    ended,
    bootNext: device => qmp.execute('qom-set', { path: NIC_PATH, property: 'bootindex', value: BOOT_INDEX[device] }),
    reset: () => qmp.execute('system_reset'),
    pressPower: () => qmp.execute('system_powerdown'),
    async cutPower() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function spawnQemu(program: string, argv: readonly string[], { dir }: GuestOptions): ChildProcess {
  const log = openSync(`${dir}/qemu.log`, 'a')
  try {
    return spawn(program, argv, { cwd: dir, stdio: ['ignore', log, log, 'pipe'] })
  } finally {
    closeSync(log)
  }
}
