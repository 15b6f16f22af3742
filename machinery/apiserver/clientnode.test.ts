import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CoreV1Api, KubeConfig, makeInformer, type V1ConfigMap } from '@kubernetes/client-node'
import { ConfigMap, Namespace } from '../api/core.ts'
import { make } from '../api/kind.ts'
import { remoteClient } from '../api/remote/client.ts'
import { loadKubeconfig } from '../api/remote/kubeconfig.ts'
import { Informer } from '../control/informer.ts'
import { systemClock } from '../host/clock.ts'
import { silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { openApiServer } from './server.ts'

const NAMESPACE = 'clientnode'
/** The server keeps a ConfigMap of its own in each namespace. */
const labelSelector = 'whose=test'

/** A server that can be stopped and started on the same port and data, and whose clock can be set forward. */
async function openPlace(scope: Scope) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-clientnode-'))
  scope.onClose(() => rmSync(dataDir, { recursive: true, force: true }))
  let ahead = 0
  const clock = { ...systemClock, now: () => systemClock.now() + ahead }
  const host = { clock, log: silentLog, random: Math.random }
  let port = 0
  const start = async () => {
    const running = new Scope()
    const server = running.hold(await openApiServer({ dataDir, host, kinds: [] }))
    const door = running.hold(await server.listen({ address: '127.0.0.1', port }))
    port = door.port
    return { running, client: server.client({ user: 'operator', groups: ['system:masters'] }), door }
  }
  let now = await start()
  scope.onClose(() => now.running[Symbol.asyncDispose]())
  const put = (name: string) =>
    now.client.create(
      ConfigMap,
      make(ConfigMap, { metadata: { name, namespace: NAMESPACE, labels: { whose: 'test' } } }),
    )
  await now.client.create(Namespace, make(Namespace, { metadata: { name: NAMESPACE } }))
  return {
    kubeconfig: now.door.kubeconfigPath,
    put,
    drop: (name: string) => now.client.delete(ConfigMap, { name, namespace: NAMESPACE }),
    stop: () => now.running[Symbol.asyncDispose](),
    start: async () => {
      now = await start()
    },
    /** Lets so much happen, so long after, that everything before is forgotten. */
    forget: async () => {
      ahead += 60 * 60 * 1000
      await put('churn')
      const key = { name: 'churn', namespace: NAMESPACE }
      for (let n = 0; n < 200; n++) await now.client.patch(ConfigMap, key, { body: { data: { n: String(n) } } })
      await now.client.delete(ConfigMap, key)
    },
  }
}

/** What somebody who watches knows, and how it was told. */
interface Watcher {
  readonly told: readonly string[]
  /** Resolves when it knows these and no others. */
  knows(names: string): Promise<void>
  /** Looks away, and back again. Theirs cannot be stopped before its watch has begun to tell. */
  rest(): Promise<void>
  wake(): void
}

/** Keeps what is told, and wakes whoever waits for it. */
function notebook() {
  const told: string[] = []
  const known = new Set<string>()
  const waiting = new Set<() => void>()
  const tell = (sign: '+' | '-', name = '') => {
    told.push(`${sign}${name}`)
    if (sign === '+') known.add(name)
    else known.delete(name)
    for (const look of [...waiting]) look()
  }
  const knows = (wanted: string) =>
    new Promise<void>(resolve => {
      const look = () => {
        if ([...known].sort().join(' ') !== wanted) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { told, tell, knows }
}

/** The informer of Kubernetes' own client for JavaScript, restarted when it fails as its documentation says. */
function theirs(kubeconfig: string, scope: Scope): Watcher {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  const api = config.makeApiClient(CoreV1Api)
  const path = `/api/v1/namespaces/${NAMESPACE}/configmaps`
  const list = () => api.listNamespacedConfigMap({ namespace: NAMESPACE, labelSelector })
  const informer = makeInformer<V1ConfigMap>(config, path, list, labelSelector)
  const { told, tell, knows } = notebook()
  informer.on('add', ({ metadata }) => tell('+', metadata?.name))
  informer.on('delete', ({ metadata }) => tell('-', metadata?.name))
  let over = false
  informer.on('error', () => {
    if (!over) setTimeout(() => void informer.start(), 50)
  })
  const rest = async () => {
    over = true
    await informer.stop()
  }
  scope.onClose(rest)
  const wake = () => {
    over = false
    void informer.start()
  }
  wake()
  return { told, knows, rest, wake }
}

/** Ours, over the same wire. */
function ours(kubeconfig: string, scope: Scope): Watcher {
  const client = scope.hold(remoteClient(loadKubeconfig(kubeconfig)))
  const host = { clock: systemClock, log: silentLog, random: () => 0 }
  const informer = new Informer(client, ConfigMap, host, { select: { namespace: NAMESPACE, labelSelector } })
  const { told, tell, knows } = notebook()
  informer.onChange((now, before) => {
    if (!before) tell('+', now?.metadata.name)
    else if (!now) tell('-', before.metadata.name)
  })
  let stop = new AbortController()
  let running = Promise.resolve()
  const rest = async () => {
    stop.abort()
    await running
  }
  scope.onClose(rest)
  const wake = () => {
    stop = new AbortController()
    running = informer.run(stop.signal)
  }
  wake()
  return { told, knows, rest, wake }
}

for (const [whose, watch] of Object.entries({ "client-node's": theirs, 'our own': ours })) {
  const limits = { timeout: 60_000 }

  test(`${whose} informer lives through a restart, and is told only what happened`, limits, async () => {
    await using scope = new Scope()
    const place = await openPlace(scope)
    await place.put('kept')
    await place.put('doomed')
    const watcher = watch(place.kubeconfig, scope)
    await watcher.knows('doomed kept')
    await place.stop()
    await place.start()
    await place.drop('doomed')
    await place.put('new')
    await watcher.knows('kept new')
    assert.deepEqual([...watcher.told].sort(), ['+doomed', '+kept', '+new', '-doomed'])
  })

  test(`${whose} informer that looked away for too long lists again`, limits, async () => {
    await using scope = new Scope()
    const place = await openPlace(scope)
    await place.put('kept')
    await place.put('doomed')
    const watcher = watch(place.kubeconfig, scope)
    await watcher.knows('doomed kept')
    await place.put('seen')
    await watcher.knows('doomed kept seen')
    await watcher.rest()
    await place.drop('doomed')
    await place.put('new')
    await place.forget()
    watcher.wake()
    await watcher.knows('kept new seen')
    assert.deepEqual([...watcher.told].sort(), ['+doomed', '+kept', '+new', '+seen', '-doomed'])
  })

  test(`${whose} informer lives through a restart after which its version is forgotten`, limits, async () => {
    await using scope = new Scope()
    const place = await openPlace(scope)
    await place.put('kept')
    const watcher = watch(place.kubeconfig, scope)
    await watcher.knows('kept')
    await place.put('seen')
    await watcher.knows('kept seen')
    await watcher.rest()
    await place.put('unseen')
    await place.forget()
    await place.drop('kept')
    await place.stop()
    await place.start()
    watcher.wake()
    await watcher.knows('seen unseen')
    await place.put('after')
    await watcher.knows('after seen unseen')
    assert.deepEqual([...watcher.told].sort(), ['+after', '+kept', '+seen', '+unseen', '-kept'])
  })
}
