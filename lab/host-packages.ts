import { HOST_PACKAGES as HOOK_PACKAGES } from '../hook/host-packages.ts'

/** Debian packages by name, and what each is for; the reason is told when it is installed. */
export type HostPackages = Readonly<Record<string, string>>

/** What `make lab` needs on the host. */
export const LAB_PACKAGES: HostPackages = {
  ...Object.fromEntries(HOOK_PACKAGES.map(name => [name, 'to build HookOS'])),
  'qemu-system-x86': 'the virtual machines',
  'qemu-utils': 'their disks',
  'ipxe-qemu': 'the network cards’ own boot programs',
  ipxe: 'the iPXE programs that Boots hands out',
  ovmf: 'UEFI firmware',
  openipmi: 'ipmi_sim, the virtual BMCs',
  iproute2: 'the network namespace',
  mmdebstrap: 'to build the OS image',
  'debian-archive-keyring': 'to check what the OS image is built from',
  e2fsprogs: 'the OS image’s root file system',
  fdisk: 'the OS image’s partition table',
  mtools: 'the OS image’s EFI partition',
  dosfstools: 'the OS image’s EFI partition',
  'grub-pc-bin': 'to start the OS image under BIOS',
  'grub-efi-amd64-bin': 'to start the OS image under UEFI',
  'grub-common': 'to start the OS image',
  pigz: 'to compress the OS image',
  'openssh-client': 'the key with which the operator logs in to installed machines',
  'util-linux': 'flock, nsenter and unshare',
}

/** What the tests need besides. */
export const TEST_PACKAGES: HostPackages = {
  ipmitool: 'a second opinion on the BMCs',
  tcpdump: 'packet captures',
  'isc-dhcp-client': 'a second opinion on DHCP',
  'busybox-static': 'udhcpc and tftp: more of them',
  'tftp-hpa': 'a second opinion on TFTP',
  curl: 'a second opinion on HTTP',
  cpio: 'a second opinion on the initramfs',
  'xz-utils': 'images to unpack',
  bzip2: 'images to unpack',
  unzip: 'to unpack a kubectl where there is none',
  procps: 'pgrep: to see that no process is left behind',
}

/** All that `make test` needs: the lab, and its witnesses. */
export function testPackages(): HostPackages {
  return { ...LAB_PACKAGES, ...TEST_PACKAGES }
}
