import assert from 'node:assert/strict'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { command } from '../command.ts'
import { type LabNetwork, openNetwork } from '../network.ts'
import type { MachinePlan } from './plan.ts'
import { type Machine, startRack } from './rack.ts'

// Real firmware and a real BMC: ipmitool gives the orders, the serial port tells what came of them.
const BOOT = { milliseconds: 60_000 }
const SOON = { milliseconds: 15_000 }

const plan = (index: number, firmware: MachinePlan['firmware']): MachinePlan => ({
  name: `machine-${index}`,
  mac: `52:54:00:be:11:0${index}`,
  firmware,
  nic: 'virtio-net-pci',
  disk: 'virtio',
  diskGib: 1,
  memoryMib: 256,
  cpus: 1,
  bmc: { address: `172.30.0.10${index}`, username: 'admin', password: 'swordfish' },
})

const scope = new Scope()
let network: LabNetwork
let bios: Machine
let uefi: Machine

before(async () => {
  const dir = await mkdtemp(`${tmpdir()}/lab-rack-`)
  scope.onClose(() => rm(dir, { recursive: true, force: true }))
  network = scope.hold(await openNetwork({ dir, log: silentLog, random: Math.random }))
  const machines = [plan(1, 'bios'), plan(2, 'uefi')]
  const rack = await startRack({ machines, network, dir, acceleration: 'tcg', clock: systemClock, log: silentLog })
  scope.hold(rack)
  const [first, second] = rack.machines
  assert.ok(first && second)
  bios = first
  uefi = second
  await makeTalkative(`${bios.dir}/disk.raw`)
})

after(() => scope[Symbol.asyncDispose]())

/** Puts a boot sector on a disk that says DISK on the serial port and halts. */
async function makeTalkative(disk: string): Promise<void> {
  const say = [...Buffer.from('<DISK>')].flatMap(byte => [0xb0, byte, 0xee]) // mov al, byte; out dx, al
  await using file = await open(disk, 'r+')
  await file.write(Uint8Array.from([0xba, 0xf8, 0x03, ...say, 0xf4, 0xeb, 0xfd])) // mov dx, 0x3f8; ...; hlt; jmp hlt
  await file.write(Uint8Array.from([0x55, 0xaa]), 0, 2, 510)
}

function ipmi({ bmc }: Machine, words: string): Promise<string> {
  const login = ['-I', 'lanplus', '-H', bmc.address, '-U', 'admin', '-E', '-C', '3']
  return command([...network.enter, 'ipmitool', ...login, ...words.split(' ')], { env: { IPMI_PASSWORD: 'swordfish' } })
}

/** Orders are acknowledged before they are done, so ask until the answer is there. */
async function powerBecomes(machine: Machine, state: 'on' | 'off'): Promise<void> {
  const deadline = Date.now() + SOON.milliseconds
  while (!(await ipmi(machine, 'chassis power status')).includes(`Power is ${state}`)) {
    assert.ok(Date.now() < deadline, `${machine.plan.name} is not ${state}`)
  }
}

test('machines are off at first, each behind its own BMC', async () => {
  assert.match(await ipmi(bios, 'chassis power status'), /Power is off/)
  assert.match(await ipmi(uefi, 'chassis power status'), /Power is off/)
  assert.equal(bios.power.state, 'off')
})

test('under BIOS the network is booted once, then the disk', async () => {
  await ipmi(bios, 'chassis bootdev pxe')
  await ipmi(bios, 'chassis power on')
  await powerBecomes(bios, 'on')
  const rom = await bios.console.waitFor(/Booting from ROM[\s\S]*iPXE/, BOOT)
  // Nobody gives it an address here, so iPXE gives up and the firmware goes on to the disk.
  await ipmi(bios, 'chassis power reset')
  const disk = await bios.console.waitFor(/<DISK>/, { ...BOOT, from: rom.index + rom[0].length })
  const since = (await bios.console.read()).slice(rom.index + rom[0].length, disk.index)
  assert.match(since, /Booting from Hard Disk/)
  assert.doesNotMatch(since, /Booting from ROM/)
})

test('power is cut, and cycled, from the BMC', async () => {
  const said = (await bios.console.read()).length
  await ipmi(bios, 'chassis power off')
  await powerBecomes(bios, 'off')
  await ipmi(bios, 'chassis power on')
  await bios.console.waitFor(/<DISK>/, { ...BOOT, from: said })
  await ipmi(bios, 'chassis power cycle')
  await bios.console.waitFor(/<DISK>[\s\S]*<DISK>/, { ...BOOT, from: said })
  await ipmi(bios, 'chassis power off')
  await powerBecomes(bios, 'off')
})

test('UEFI starts PXE by its own network stack', async () => {
  await ipmi(uefi, 'chassis bootdev pxe options=efiboot')
  await ipmi(uefi, 'chassis power on')
  await uefi.console.waitFor(/Start PXE over IPv4/, BOOT)
  // The shell and the menu read the keyboard: what is typed arrives.
  await uefi.console.type('\r')
  await ipmi(uefi, 'chassis power off')
  await powerBecomes(uefi, 'off')
})

test('a machine whose QEMU dies is off to its BMC', async () => {
  await ipmi(bios, 'chassis power on')
  await powerBecomes(bios, 'on')
  const [pid] = (
    await command(['pgrep', '-f', `^qemu-system-x86_64 -name ${bios.plan.name} .*${bios.plan.mac}`])
  ).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await powerBecomes(bios, 'off')
})
