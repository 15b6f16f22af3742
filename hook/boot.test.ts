import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { buildHookOs, INITRAMFS, KERNEL } from './build.ts'
import { Machine } from './test/machine.ts'
import { Peer } from './test/peer.ts'

// Boots the real HookOS in QEMU under software emulation, straight from its kernel: firmware and Boots are the lab's.
const CACHE = resolve(import.meta.dirname, '..', '.cache')
const BOOT = '52:54:00:c0:ff:ee'
const SPARE = '52:54:00:00:00:01'
const CONSOLES = 'console=tty0 console=ttyS0,115200'

let hookOs = ''
let disks = ''

before(async () => {
  const workerBundle = join(import.meta.dirname, 'test', 'worker.mjs')
  hookOs = (await buildHookOs({ cacheDir: CACHE, workerBundle, log: line => console.log(line) })).dir
  disks = await mkdtemp(join(tmpdir(), 'hookos-disks-'))
  for (const name of ['virtio', 'nvme', 'ahci', 'scsi']) {
    await writeFile(join(disks, name), '')
    await truncate(join(disks, name), 1 << 30)
  }
})

after(() => rm(disks, { recursive: true, force: true }))

test('the network comes up on the interface with hw_addr, disks are found, the worker runs', async () => {
  await using peer = await Peer.open()
  const cmdline = `vlan_id= facility=onprem ${peer.cmdline} worker_id=${BOOT} hw_addr=${BOOT} modules=loop,sd-mod ${CONSOLES}`
  const devices = [
    ...nic('virtio-net-pci', SPARE),
    ...nic('e1000', BOOT),
    ...virtioDisk(),
    ...nvmeDisk(),
    ...ahciDisk(),
  ]
  await using machine = new Machine({ hookOs, cmdline: `${cmdline} registry_password=hush`, devices })

  await machine.sees(/\[ \d+\.\d s\] network: eth\d 52:54:00:c0:ff:ee has 10\.0\.2\.15\/24 from 10\.0\.2\.2/)
  await machine.sees(/disk: vda, 1024 MiB/)
  await machine.sees(/disk: nvme0n1, 1024 MiB/)
  await machine.sees(/disk: sda, 1024 MiB, QEMU HARDDISK/)
  await machine.sees(/placeholder worker 52:54:00:c0:ff:ee runs on node v26/)
  await machine.sees(/placeholder worker is connected/)
  assert.doesNotMatch(machine.console, /shell: root/)

  // A worker that ends is started again.
  await peer.tell('end')
  await machine.sees(/worker: ended with code 7; starting it again in 1 s/)
  await machine.sees(/ended with code 7[\s\S]*placeholder worker is connected/)

  // PID 1 takes the orphans that a worker leaves: none stays a zombie. Then the way out that the reboot action takes.
  await peer.tell('(sleep 0.1 &) ; sleep 1; grep -l "^State:.Z" /proc/[0-9]*/status 2>/dev/null || echo no zombies')
  await machine.sees(/^no zombies/m)
  await peer.tell('sync; reboot -f')
  await machine.ends()

  const syslog = peer.syslog.join('\n')
  assert.match(syslog, /^<30>1 \S+ 52-54-00-c0-ff-ee hookos - - - network: eth\d 52:54:00:c0:ff:ee has /m)
  assert.match(syslog, / 52-54-00-c0-ff-ee worker - - - placeholder worker is connected/)
  assert.match(syslog, / kernel - - - \[ +0\.000000\] Linux version /)
  assert.doesNotMatch(syslog, /hush/)
})

test('the tools that actions need work on a disk behind a RAID controller', async () => {
  await using peer = await Peer.open()
  const cmdline = `${peer.cmdline} worker_id=${BOOT} hw_addr=${BOOT} ${CONSOLES}`
  const devices = [...nic('virtio-net-pci', BOOT), ...scsiDisk()]
  await using machine = new Machine({ hookOs, cmdline, devices })

  await machine.sees(/disk: sda, 1024 MiB/)
  await machine.sees(/placeholder worker is connected/)
  const steps = [
    'printf "label: gpt\\n,400M,U\\n,,L\\n" | /usr/bin/sfdisk -q /dev/sda',
    '/usr/bin/partx -u /dev/sda',
    '/usr/bin/mkfs.vfat /dev/sda1',
    '/usr/bin/mkfs.ext4 -q -L root /dev/sda2',
    '/usr/bin/mount /dev/sda2 /mnt && echo here >/mnt/file && /usr/bin/umount /mnt',
    '/usr/bin/mount /dev/sda1 /mnt && /usr/bin/umount /mnt',
    '/usr/bin/e2fsck -fp /dev/sda2',
    '/usr/bin/lsblk -o NAME,FSTYPE,LABEL && echo disk tools work',
  ]
  await peer.tell(steps.join(' && '))
  await machine.sees(/placeholder order ended with \d/)
  await machine.sees(/^disk tools work/m, 1)
})

test('kexec starts another kernel, with the command line that it is given', async () => {
  await using peer = await Peer.open()
  const cmdline = `${peer.cmdline} worker_id=${BOOT} hw_addr=${BOOT} ${CONSOLES}`
  const archive = join(disks, 'kernel.tar') // a kernel is not in HookOS: it comes in on a disk, as an image's own does
  await promisify(execFile)('tar', ['-C', hookOs, '-cf', archive, KERNEL, INITRAMFS])
  const devices = [...nic('virtio-net-pci', BOOT), ...drive('kernel.tar'), '-device', 'virtio-blk-pci,drive=kernel.tar']
  await using machine = new Machine({ hookOs, cmdline, devices })

  await machine.sees(/placeholder worker is connected/)
  const load = `/usr/bin/kexec --load /tmp/${KERNEL} --initrd=/tmp/${INITRAMFS} --reuse-cmdline --append=again`
  await peer.tell(`cd /tmp && tar -xf /dev/vda && ${load} && sync && /usr/bin/kexec --exec`)
  await machine.sees(/HookOS: [\s\S]*Linux version [\s\S]*HookOS: [\s\S]*placeholder worker is connected/)
})

test('without hw_addr the interface with a link is taken; a shell is there when asked for', async () => {
  await using peer = await Peer.open()
  const cmdline = `${peer.cmdline} worker_id=x bellhop.shell ${CONSOLES}`
  await using machine = new Machine({ hookOs, cmdline, devices: nic('e1000e', BOOT) })
  await machine.sees(/shell: root, on (ttyS0 tty0|tty0 ttyS0), because bellhop\.shell was asked for/)
  await machine.sees(/placeholder worker is connected/)
  machine.type('echo $((6 * 7)) from the shell')
  await machine.sees(/^42 from the shell/m)
})

test('an interface that is not there is waited for, and what is there is named', async () => {
  const cmdline = `grpc_authority=10.0.2.2:1 hw_addr=02:00:00:00:00:99 ${CONSOLES}`
  await using machine = new Machine({ hookOs, cmdline, devices: nic('virtio-net-pci', BOOT) })
  await machine.sees(/network: waiting for an interface with 02:00:00:00:00:99; there is eth0 52:54:00:c0:ff:ee/)
})

test('vlan_id puts the asking on that VLAN, and silence there is said and not given up on', async () => {
  const cmdline = `grpc_authority=10.0.2.2:1 vlan_id=7 hw_addr=${BOOT} ${CONSOLES}`
  await using machine = new Machine({ hookOs, cmdline, devices: nic('virtio-net-pci', BOOT) })
  await machine.sees(/network: eth0\.7 52:54:00:c0:ff:ee, asking for an address/)
  await machine.sees(/(network: eth0\.7 52:54:00:c0:ff:ee, no DHCP answer yet[\s\S]*){2}/) // QEMU's network has no VLANs
})

function nic(model: string, mac: string): string[] {
  const id = `n${mac.replaceAll(':', '')}`
  return ['-netdev', `user,id=${id}`, '-device', `${model},netdev=${id},mac=${mac},romfile=`]
}

function drive(name: string): string[] {
  return ['-drive', `if=none,id=${name},format=raw,file=${join(disks, name)}`]
}

function virtioDisk(): string[] {
  return [...drive('virtio'), '-device', 'virtio-blk-pci,drive=virtio']
}

function nvmeDisk(): string[] {
  return [...drive('nvme'), '-device', 'nvme,drive=nvme,serial=n1']
}

function ahciDisk(): string[] {
  return [...drive('ahci'), '-device', 'ide-hd,drive=ahci,bus=ide.0']
}

function scsiDisk(): string[] {
  return [...drive('scsi'), '-device', 'megasas,id=raid', '-device', 'scsi-hd,drive=scsi,bus=raid.0']
}
