import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { BmcMachine, Job, Task } from '../machinery/api/bmc.ts'
import type { Client } from '../machinery/api/client.ts'
import { Pod } from '../machinery/api/core.ts'
import { make } from '../machinery/api/kind.ts'
import { Lease } from '../machinery/api/lease.ts'
import { Template } from '../machinery/api/workflow.ts'
import { openApiServer } from '../machinery/apiserver/server.ts'
import { systemClock } from '../machinery/host/clock.ts'
import { silentLog } from '../machinery/host/log.ts'
import { Scope } from '../machinery/host/scope.ts'
import { noNamespaces, wireTo } from '../machinery/host/simulated/namespace.ts'
import { LEASE } from './outside.ts'
import { openSite, type Site, until } from './test/site.ts'

// The real program on a cluster that is there already: an API server of another process, which never heard of our kinds.

const skip = noNamespaces
const namespace = 'eksa-system'
const SECOND = { name: 'bh9', address: '10.67.0.1/24', mac: '02:00:00:00:67:02' }
const scope = new Scope()
let site: Site
let client: Client
let kubeconfig: string

before(async () => {
  if (skip) return
  site = scope.hold(await openSite())
  scope.hold(await wireTo(SECOND))
  const host = { clock: systemClock, log: silentLog, random: Math.random }
  const cluster = scope.hold(await openApiServer({ dataDir: site.path('cluster'), host, kinds: [] }))
  const door = scope.hold(await cluster.listen({ address: '127.0.0.1', port: 0 }))
  client = cluster.client({ user: 'operator', groups: ['system:masters'] })
  kubeconfig = door.kubeconfigPath
})
after(() => scope[Symbol.asyncDispose]())

const holder = async () => (await client.get(Lease, LEASE))?.spec?.holderIdentity ?? ''

test('two replicas come to a cluster; one serves it, and when it goes the other one does', { skip }, async () => {
  const first = site.up(site.flags('one', ['--interface', 'bh0', '--kubeconfig', kubeconfig]))
  await first.said(/"msg":"ready"/)
  const second = site.up(site.flags('two', ['--interface', SECOND.name, '--kubeconfig', kubeconfig]))
  await second.said(/"msg":"standing for election"/)
  const leader = await holder()

  await client.create(Template, make(Template, { metadata: { name: 'odd', namespace }, spec: { data: 'version: {{' } }))
  await until(
    'the template is judged',
    async () => (await client.get(Template, { name: 'odd', namespace }))?.status?.state,
  )
  await askForPower('first-job')
  assert.deepEqual((await client.list(Pod)).items, [], 'its Pods are its own')

  const { code, stderr } = await first.stop()
  assert.equal(code, 0, stderr)
  await second.said(/"msg":"ready"/)
  assert.notEqual(await holder(), leader)
  await askForPower('second-job')
  assert.equal((await second.stop()).code, 0)
  assert.equal(await holder(), '')
})

/** A Job gets its first Task from whichever replica leads; there is no BMC that it could switch. */
async function askForPower(name: string): Promise<void> {
  const machine = { name: 'bmc-rack1', namespace }
  if (!(await client.get(BmcMachine, machine))) {
    const connection = { host: '127.0.0.1', port: 6230, insecureTLS: true, authSecretRef: { name: 'none', namespace } }
    await client.create(BmcMachine, make(BmcMachine, { metadata: machine, spec: { connection } }))
  }
  const spec = { machineRef: machine, tasks: [{ powerAction: 'off' as const }] }
  await client.create(Job, make(Job, { metadata: { name, namespace }, spec }))
  await until(`${name} has its task`, () => client.get(Task, { name: `${name}-task-0`, namespace }))
}

for (const { what, flags, code, says } of [
  {
    what: 'a kubeconfig that is not there',
    flags: ['--kubeconfig', '/nowhere'],
    code: 1,
    says: /^bellhop: \/nowhere cannot be read: there is no such file; name a kubeconfig with --kubeconfig/,
  },
  {
    what: 'a pod that is none',
    flags: ['--in-cluster'],
    code: 1,
    says: /^bellhop: this is no pod: KUBERNETES_SERVICE/,
  },
  {
    what: 'two clusters at once',
    flags: ['--in-cluster', '--kubeconfig', '/nowhere'],
    code: 2,
    says: /^bellhop: --kubeconfig "\/nowhere": with --in-cluster it has no meaning; give one of them\n$/,
  },
]) {
  test(`${what} ends the program with one sentence`, { skip }, async () => {
    const ended = await site.up(site.flags('refused', ['--interface', 'bh0', ...flags])).ended
    assert.match(ended.stderr, says)
    assert.equal(ended.code, code)
  })
}
