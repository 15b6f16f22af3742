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
  run(command: string, ...args: readonly string[]): Promise<Outcome>
  /** Starts one, and resolves when it has said something that matches; `done` is its end. */
  start(says: RegExp, command: string, ...args: readonly string[]): Promise<{ readonly done: Promise<Outcome> }>
}

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
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
    run: (command, ...args) => follow(['netns', 'exec', namespace, command, ...args]).done,
    start: async (says, command, ...args) => {
      const { done, said } = follow(['netns', 'exec', namespace, command, ...args], says)
      await said
      return { done }
    },
    [Symbol.asyncDispose]: async () => {
      await run('ip', ['netns', 'delete', namespace])
    },
  }
}

function follow(args: readonly string[], says?: RegExp) {
  const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const { promise: said, resolve: hear, reject: miss } = Promise.withResolvers<void>()
  said.catch(() => undefined) // whoever asked for it awaits it; nobody else cares
  let [stdout, stderr] = ['', '']
  const listen = () => says?.test(stdout + stderr) && hear()
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
    listen()
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
    listen()
  })
  const done = once(child, 'close').then(([code]): Outcome => {
    miss(new Error(`${args.join(' ')} ended without saying ${says}: ${stdout}${stderr}`))
    return { code: Number(code ?? 1), stdout, stderr }
  })
  return { done, said }
}
