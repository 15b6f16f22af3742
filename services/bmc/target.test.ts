import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../machinery/api/core.ts'
import { make } from '../../machinery/api/kind.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { Caches } from '../../machinery/control/caches.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { targetOf } from './target.ts'

test('a Secret is read in the namespace that may be read alone, and elsewhere its Machine is told why not', async () => {
  const host = { clock: new SimulatedClock(), log: silentLog, random: Math.random }
  await using api = await memoryApi(host)
  const data = { username: Buffer.from('root').toString('base64'), password: Buffer.from('secret').toString('base64') }
  for (const namespace of ['eksa-system', 'default']) {
    await api.client.create(Secret, make(Secret, { metadata: { name: 'bmc', namespace }, data }))
  }
  const caches = new Caches(api.client, host, { select: { namespace: 'eksa-system' } })
  const world = { host, client: api.client, cache: caches.of.bind(caches) }
  world.cache(Secret)
  const closing = new AbortController()
  await caches.start(closing.signal)
  const at = (namespace: string, name = 'bmc') =>
    targetOf({ host: '10.0.0.1', insecureTLS: false, authSecretRef: { name, namespace } }, undefined, world)
  assert.equal(at('eksa-system').password, 'secret')
  assert.throws(() => at('default'), {
    code: 'bmc/no-credentials',
    message: 'Secret default/bmc cannot be read: passwords of BMCs belong in eksa-system',
  })
  assert.throws(() => at('eksa-system', 'none'), { message: 'Secret eksa-system/none is not there' })
  closing.abort()
})
