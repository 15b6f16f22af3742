import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import koffi from 'koffi'

const run = promisify(execFile)
const CLONE_NEWNET = 0x40000000

/** Why namespace tests cannot run here; handed to `test(..., { skip })` so that the reason is shown. */
export const noNamespaces: string | false = process.getuid?.() === 0 ? false : 'needs root for network namespaces'

/** A client's side of a wire: its own namespace with one interface in it, without an address. */
export interface Client extends AsyncDisposable {
  readonly interface: string
  readonly mac: string
  /** Runs a program on the client's side to its end. */
  run(command: string, ...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }>
}

/** Moves this process's main thread, and every socket and child it makes from now on, into a network of its own. */
export async function enterPrivateNetwork(): Promise<void> {
  const unshare = koffi.load('libc.so.6').func('int unshare(int)')
  if (unshare(CLONE_NEWNET) !== 0) throw new Error('unshare of the network failed')
  await run('ip', ['link', 'set', 'lo', 'up'])
}

/** A wire from `name` with this address on our side to a new client with this MAC. */
export async function wireTo(wire: { name: string; address: string; mac: string }): Promise<Client> {
  const namespace = `bh-${process.pid}-${wire.name}`
  const inside = 'eth0'
  await run('ip', ['netns', 'add', namespace])
  const peer = ['peer', 'name', inside, 'address', wire.mac, 'netns', namespace]
  await run('ip', ['link', 'add', wire.name, 'type', 'veth', ...peer])
  await run('ip', ['address', 'add', wire.address, 'dev', wire.name])
  await run('ip', ['link', 'set', wire.name, 'up'])
  await run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up'])
  await run('ip', ['-n', namespace, 'link', 'set', inside, 'up'])
  return {
    interface: inside,
    mac: wire.mac,
    run: (command, ...args) => collect('ip', ['netns', 'exec', namespace, command, ...args]),
    [Symbol.asyncDispose]: async () => {
      await run('ip', ['netns', 'delete', namespace])
    },
  }
}

async function collect(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  const [code] = await once(child, 'close')
  return { code: Number(code ?? 1), stdout, stderr }
}
