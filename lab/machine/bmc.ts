import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { LabFault } from '../fault.ts'
import type { Enter } from '../network.ts'
import { DIES_WITH_US } from './guest.ts'
import type { BmcPlan } from './plan.ts'

export const IPMI_PORT = 623
const PATIENCE = 10_000

export interface BmcOptions {
  readonly name: string
  readonly plan: BmcPlan
  readonly dir: string
  readonly enter: Enter
}

/** Starts OpenIPMI's simulator as the machine's BMC; its chassis control is `chassis.sh` in the same folder. */
export async function startBmc({ name, plan, dir, enter }: BmcOptions): Promise<AsyncDisposable> {
  await mkdir(`${dir}/bmc`, { recursive: true })
  await writeFile(`${dir}/bmc/lan.conf`, lanConfig(name, plan, dir), { mode: 0o600 })
  await writeFile(`${dir}/bmc/cmd.emu`, EMULATOR)
  const files = ['-c', 'lan.conf', '-f', 'cmd.emu', '-s', 'state', '-n']
  const [program, ...before] = enter
  const log = openSync(`${dir}/bmc/ipmi_sim.log`, 'a')
  const child = spawn(program, [...before, ...DIES_WITH_US, 'ipmi_sim', ...files], {
    cwd: `${dir}/bmc`,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()).once('error', () => resolve()))
  const bmc = {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL') // it keeps nothing that is worth an orderly end
      await ended
    },
  }
  const listening = await Promise.race([listens(child.pid ?? 0, plan.address), ended.then(() => false)])
  if (listening) return bmc
  await bmc[Symbol.asyncDispose]()
  throw new LabFault('lab/machine', `the BMC of ${name} did not start; ${dir}/bmc/ipmi_sim.log says why`, { name })
}

/** Whether the address has a socket on IPMI's port at last, in the process's network namespace. */
async function listens(pid: number, address: string): Promise<boolean> {
  const socket = udpSocket(address, IPMI_PORT)
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await wait(20)) {
    const sockets = await socketsOf(pid)
    if (sockets === undefined) return false
    if (sockets.includes(socket)) return true
  }
  return false
}

/** As /proc/net/udp writes it: the address with its bytes reversed, both in hexadecimal. */
export function udpSocket(address: string, port: number): string {
  const hex = (value: number, width: number) => value.toString(16).toUpperCase().padStart(width, '0')
  const bytes = address.split('.').reverse()
  return `${bytes.map(byte => hex(Number(byte), 2)).join('')}:${hex(port, 4)} `
}

/** Nothing once the process has ended. */
async function socketsOf(pid: number): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/net/udp`, 'utf8')
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault) return undefined
    throw fault
  }
}

function lanConfig(name: string, plan: BmcPlan, dir: string): string {
  const allowed = ['callback', 'user', 'operator', 'admin'].map(
    level => `    allowed_auths_${level} none md2 md5 straight`,
  )
  return [
    `name "${name}"`,
    'set_working_mc 0x20',
    '  startlan 1',
    `    addr ${plan.address} ${IPMI_PORT}`,
    '    priv_limit admin',
    ...allowed,
    // Without a GUID the simulator does not offer IPMI 2.0.
    `    guid ${createHash('md5').update(name).digest('hex')}`,
    '  endlan',
    `  chassis_control "${dir}/chassis.sh 0x20"`,
    '  user 1 true "" "" user 10 none md2 md5 straight',
    `  user 2 true "${plan.username}" "${plan.password}" admin 10 none md2 md5 straight`,
    '',
  ].join('\n')
}

const EMULATOR = [
  'mc_setbmc 0x20',
  'mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr',
  'sel_enable 0x20 1000 0x0a',
  'mc_enable 0x20',
  '',
].join('\n')
