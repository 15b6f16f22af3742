import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemUdp } from '../../../machinery/host/udp/system.ts'

/** Why tests with OpenIPMI's BMC cannot run here; handed to `test(..., { skip })` so that the reason is shown. */
export const noIpmiSim: string | false =
  installed('ipmi_sim') && installed('ipmitool') ? false : 'needs openipmi and ipmitool'

export interface IpmiSim extends AsyncDisposable {
  readonly port: number
  /** What its chassis script was called with, a line a call. */
  calls(): readonly string[]
}

/** OpenIPMI's BMC on a port of loopback: user admin, password `password`, cipher suites up to 3. */
export async function startIpmiSim(): Promise<IpmiSim> {
  const directory = mkdtempSync(join(tmpdir(), 'bellhop-ipmi-'))
  const port = await freePort()
  const file = (name: string, text: string) => {
    const path = join(directory, name)
    writeFileSync(path, text)
    return path
  }
  const calls = file('calls', '')
  const script = file('chassis.sh', chassisScript(directory))
  chmodSync(script, 0o755)
  const lan = file('lan.conf', lanConfig(port, script))
  const commands = file('cmd.emu', COMMANDS)
  const child = spawn('ipmi_sim', ['-c', lan, '-f', commands, '-s', directory, '-n'], { stdio: 'ignore' })
  return {
    port,
    calls: () => readFileSync(calls, 'utf8').split('\n').filter(Boolean),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  await using socket = await systemUdp.open({ address: '127.0.0.1', port: 0, receive: () => undefined })
  return socket.local.port
}

function installed(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some(directory => existsSync(join(directory, program)))
}

// Called with the address of the controller, `get` or `set`, and then names and values.
function chassisScript(directory: string): string {
  return `#!/bin/sh
cd '${directory}' && echo "$@" >> calls
verb=$2
shift 2
while [ $# -gt 0 ]; do
  case $verb in
    get) echo "$1:$(cat "state-$1" 2>/dev/null || echo 0)"; shift ;;
    set) echo "$2" > "state-$1"; shift 2 ;;
  esac
done
`
}

function lanConfig(port: number, script: string): string {
  return `name "bellhop"
set_working_mc 0x20
  startlan 1
    addr 127.0.0.1 ${port}
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user none md2 md5 straight
    allowed_auths_operator none md2 md5 straight
    allowed_auths_admin none md2 md5 straight
    guid a123456789abcdefa123456789abcdef
  endlan
  chassis_control "${script} 0x20"
  user 1 true "" "" user 10 none md2 md5 straight
  user 2 true "admin" "password" admin 10 none md2 md5 straight
`
}

const COMMANDS = `mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
sel_enable 0x20 1000 0x0a
mc_enable 0x20
`
