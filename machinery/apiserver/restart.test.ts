import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Secret } from '../api/core.ts'
import { make } from '../api/kind.ts'
import { remoteClient } from '../api/remote/client.ts'
import { loadKubeconfig } from '../api/remote/kubeconfig.ts'
import { Informer } from '../control/informer.ts'
import { systemClock } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { openApiServer } from './server.ts'

const host: Host = { clock: systemClock, log: silentLog, random: Math.random }

test('an informer over HTTPS goes on after the server was away', { timeout: 30_000 }, async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-restart-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const open = async (port: number) => {
    const scope = new Scope()
    const server = scope.hold(await openApiServer({ dataDir, host, kinds: [] }))
    const door = scope.hold(await server.listen({ address: '127.0.0.1', port }))
    const client = server.client({ user: 'test', groups: ['system:masters'] })
    const put = (name: string) => client.create(Secret, make(Secret, { metadata: { name, namespace: 'default' } }))
    const drop = (name: string) => client.delete(Secret, { name, namespace: 'default' })
    return { door, put, drop, close: () => scope[Symbol.asyncDispose]() }
  }
  const first = await open(0)
  await first.put('before')
  await first.put('doomed')

  using client = remoteClient(loadKubeconfig(first.door.kubeconfigPath))
  const informer = new Informer(client, Secret, host)
  const stop = new AbortController()
  const running = informer.run(stop.signal)
  await informer.synced
  assert.equal(informer.all().length, 2)

  const changed = new Promise<void>(resolve => {
    const names = () =>
      informer
        .all()
        .map(object => object.metadata.name)
        .sort()
        .join(' ')
    informer.onChange(() => names() === 'after before' && resolve())
  })
  await first.close()
  const second = await open(first.door.port)
  await second.drop('doomed')
  await second.put('after')
  await changed
  stop.abort()
  await running
  await second.close()
})
