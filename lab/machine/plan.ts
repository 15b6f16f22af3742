/** What a virtual machine is made of. It does not change while it lives. */
export interface MachinePlan {
  readonly name: string
  readonly mac: string
  readonly firmware: 'bios' | 'uefi'
  readonly nic: 'virtio-net-pci' | 'e1000' | 'e1000e'
  /** The controller its disk hangs on: `/dev/vda`, `/dev/sda`, `/dev/sda` or `/dev/nvme0n1` to Linux. */
  readonly disk: 'virtio' | 'sata' | 'scsi' | 'nvme'
  readonly diskGib: number
  readonly memoryMib: number
  readonly cpus: number
  readonly bmc: BmcPlan
}

export interface BmcPlan {
  /** Its own address; IPMI answers on port 623. */
  readonly address: string
  readonly username: string
  readonly password: string
}

/** The name that Linux gives to the disk. */
export function diskDevice(plan: Pick<MachinePlan, 'disk'>): string {
  return { virtio: '/dev/vda', sata: '/dev/sda', scsi: '/dev/sda', nvme: '/dev/nvme0n1' }[plan.disk]
}

/** Where a machine looks for something to boot next. */
export type BootDevice = 'network' | 'disk'
