import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Etcd extends AsyncDisposable {
  readonly address: string
}

/** etcd as Debian packages it (etcd-server), with its own defaults of durability; undefined where there is none. */
export async function startEtcd(): Promise<Etcd | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'bellhop-bench-etcd-'))
  const [client, peer] = [await freeAddress(), await freeAddress()]
  const urls = ['--listen-client-urls', '--advertise-client-urls'].flatMap(flag => [flag, `http://${client}`])
  const peers = ['--listen-peer-urls', '--initial-advertise-peer-urls'].flatMap(flag => [flag, `http://${peer}`])
  const cluster = ['--initial-cluster', `default=http://${peer}`]
  const args = ['--data-dir', directory, ...urls, ...peers, ...cluster, '--logger', 'zap', '--log-level', 'error']
  const etcd = spawn('etcd', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const leave = () => etcd.kill()
  process.once('exit', leave) // also when the bench itself fails
  const started = await Promise.race([
    once(etcd, 'spawn').then(() => true),
    once(etcd, 'error').then(() => false),
  ]).catch(() => false)
  const clear = () => rmSync(directory, { recursive: true, force: true })
  if (!started) {
    clear()
    return undefined
  }
  return {
    address: client,
    async [Symbol.asyncDispose]() {
      process.off('exit', leave)
      const gone = once(etcd, 'exit')
      etcd.kill()
      await gone
      clear()
    },
  }
}

async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `127.0.0.1:${port}`
}
