import assert from 'node:assert/strict'
import { test } from 'node:test'
import { make } from '../../api/kind.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { DaemonSet, Deployment } from '../builtin/workloads.ts'
import { memoryDisk } from '../store/disk.ts'
import { SYSTEM } from './identity.ts'
import { openRegistry } from './registry.ts'

const host = { clock: new SimulatedClock(), log: silentLog, random: Math.random }
const labels = { app: 'a' }
const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } }
const metadata = { name: 'a', namespace: 'default' }
const wanted = { metadata, spec: { selector: { matchLabels: labels }, template } }

// kube-apiserver v1.32.9 counts so.
const CASES = [
  { kind: Deployment, change: 'a label', body: { metadata: { labels: { more: 'b' } } }, generation: 1 },
  { kind: Deployment, change: 'an annotation', body: { metadata: { annotations: { note: 'b' } } }, generation: 2 },
  { kind: Deployment, change: 'its spec', body: { spec: { minReadySeconds: 5 } }, generation: 2 },
  { kind: DaemonSet, change: 'an annotation', body: { metadata: { annotations: { note: 'b' } } }, generation: 1 },
  { kind: DaemonSet, change: 'its spec', body: { spec: { minReadySeconds: 5 } }, generation: 2 },
]

for (const { kind, change, body, generation } of CASES) {
  test(`a ${kind.kind} with ${change} changed is of generation ${generation}`, async () => {
    await using registry = await openRegistry({ disk: memoryDisk(), host, kinds: [] })
    const client = registry.client(SYSTEM)
    await client.create(kind, make(kind, wanted))
    const changed = await client.patch(kind, metadata, { body })
    assert.equal(changed.metadata.generation, generation)
  })
}
