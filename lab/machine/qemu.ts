import type { Acceleration } from '../acceleration.ts'
import type { BootDevice, MachinePlan } from './plan.ts'

export const OVMF_CODE = '/usr/share/OVMF/OVMF_CODE_4M.fd'
export const OVMF_VARS = '/usr/share/OVMF/OVMF_VARS_4M.fd'
export const NIC_PATH = '/machine/peripheral/nic0'
/** The file descriptor on which QEMU speaks QMP with us. */
export const QMP_FD = 3

/** The disk stays second; the network card goes before it for one boot, and behind it for all others. */
export const BOOT_INDEX = { network: 0, disk: 2 } as const
const DISK_INDEX = 1

export interface QemuOptions {
  readonly plan: MachinePlan
  readonly acceleration: Acceleration
  readonly tap: string
  readonly boot: BootDevice
}

/** QEMU's arguments; its files are named as they lie in the machine's own folder. */
export function qemuArguments({ plan, acceleration, tap, boot }: QemuOptions): string[] {
  return [
    ...['-name', plan.name, '-nodefaults', '-display', 'none', '-vga', 'std'],
    ...['-accel', acceleration === 'tcg' ? 'tcg,thread=multi' : acceleration],
    ...(acceleration === 'kvm' ? ['-cpu', 'host'] : []),
    // Without graphics SeaBIOS, and so iPXE, speak on the serial port; the screen is there all the same.
    ...['-machine', 'q35,graphics=off', '-m', String(plan.memoryMib), '-smp', String(plan.cpus)],
    ...(plan.firmware === 'uefi' ? flash() : []),
    ...['-chardev', 'socket,id=serial,path=console.sock,server=on,wait=off,logfile=serial.log,logappend=on'],
    ...['-serial', 'chardev:serial'],
    ...['-chardev', `socket,id=qmp,fd=${QMP_FD}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-device', 'virtio-rng-pci'],
    ...['-netdev', `tap,id=net0,ifname=${tap},script=no,downscript=no`],
    ...['-device', `${plan.nic},id=nic0,netdev=net0,mac=${plan.mac},bootindex=${BOOT_INDEX[boot]}${optionRom(plan)}`],
    // The lab's disks live no longer than the lab: nothing is gained by waiting for the host's disk.
    ...['-drive', 'if=none,id=disk0,file=disk.raw,format=raw,cache=unsafe,discard=unmap'],
    ...disk(plan),
  ]
}

function flash(): string[] {
  const drive = 'if=pflash,format=raw,unit'
  return ['-drive', `${drive}=0,readonly=on,file=${OVMF_CODE}`, '-drive', `${drive}=1,file=vars.fd`]
}

/** OVMF boots virtio cards by its own network stack; it has no driver of its own for Intel's, whose ROM brings iPXE. */
function optionRom({ firmware, nic }: MachinePlan): string {
  return firmware === 'uefi' && nic === 'virtio-net-pci' ? ',romfile=' : ''
}

function disk({ disk: bus, name }: MachinePlan): string[] {
  const attached = `drive=disk0,id=hd0,bootindex=${DISK_INDEX},serial=${name.slice(0, 20)}`
  switch (bus) {
    case 'virtio':
      return ['-device', `virtio-blk-pci,${attached}`]
    case 'sata':
      return ['-device', `ide-hd,bus=ide.0,${attached}`]
    case 'scsi':
      return ['-device', 'virtio-scsi-pci', '-device', `scsi-hd,${attached}`]
    case 'nvme':
      return ['-device', `nvme,${attached}`]
  }
}
