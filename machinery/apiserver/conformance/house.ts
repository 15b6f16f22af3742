import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadKubeconfig } from '../../api/remote/kubeconfig.ts'
import { systemClock } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { Scope } from '../../host/scope.ts'
import { openApiServer } from '../server.ts'
import { type Server, serverAt } from './server.ts'

const host: Host = { clock: systemClock, log: silentLog, random: Math.random }

/** Our own server on a free port and an empty folder, gone when closed. */
export async function ownServer(): Promise<Server & AsyncDisposable> {
  const scope = new Scope()
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-conformance-'))
  scope.onClose(() => rmSync(dataDir, { recursive: true, force: true }))
  const api = scope.hold(await openApiServer({ dataDir, host, kinds: [] }))
  const door = scope.hold(await api.listen({ address: '127.0.0.1', port: 0 }))
  const server = scope.hold(serverAt(loadKubeconfig(door.kubeconfigPath)))
  return {
    ask: asking => server.ask(asking),
    [Symbol.dispose]: () => server[Symbol.dispose](),
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  }
}
