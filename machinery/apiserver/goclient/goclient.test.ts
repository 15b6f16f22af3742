import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import { systemClock } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { Scope } from '../../host/scope.ts'
import { openApiServer } from '../server.ts'

// client-go and controller-runtime themselves against our server: what upstream's controllers are made of.

/** What does not work yet, and how it fails. A check that works now fails here until it is struck. */
const PENDING: Readonly<Record<string, string>> = {}

const CHECKS = [
  'discovery finds every kind, and the version',
  'a dynamic informer sees Hardware come, change and go',
  'a typed shared informer sees Secrets come, change and go',
  'a pager reads a list in pages',
  'a watch begins with what is there, as a streaming list',
  "controller-runtime's cache serves Hardware and Secrets, by index",
  'two managers apply a ConfigMap: shared, in conflict, by force',
  'two managers apply a Hardware: shared, in conflict, by force',
  'a leader is elected by Lease, and another when it steps down',
  'typed Secrets are kept in protobuf',
  'typed ConfigMaps are kept in protobuf',
  'typed Leases are kept in protobuf',
  'typed Events are kept in protobuf, and aggregated by a recorder',
  'errors are told apart by their reasons',
  'a reconciler holds a Hardware by a finalizer and patches its status',
]

const SOURCE = import.meta.dirname
const usual = '/usr/local/go/bin/go' // where Go's own installer puts it, in nobody's PATH
const go = spawnSync('go', ['version']).status === 0 ? 'go' : existsSync(usual) ? usual : undefined
const missing = go === undefined ? 'there is no Go on this machine' : unfetched(go)

function unfetched(command: string): string | false {
  const fetched = spawnSync(command, ['mod', 'download'], { cwd: SOURCE, encoding: 'utf8', timeout: 300_000 })
  return fetched.status === 0 ? false : `the Go modules cannot be fetched: ${fetched.stderr.trim().split('\n').at(-1)}`
}

const scope = new Scope()
const directory = mkdtempSync(join(tmpdir(), 'bellhop-goclient-'))
const host: Host = { clock: systemClock, log: silentLog, random: Math.random }
const results = new Map<string, { readonly ok: boolean; readonly error?: string }>()
let said = ''

before(async () => {
  if (missing) return
  const program = join(directory, 'goclient')
  const built = spawnSync(go ?? '', ['build', '-p', '2', '-o', program, '.'], { cwd: SOURCE, encoding: 'utf8' })
  assert.equal(built.status, 0, built.stderr)
  const server = scope.hold(await openApiServer({ dataDir: join(directory, 'data'), host, kinds: CUSTOM_KINDS }))
  const door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
  for (const line of await run(program, door.kubeconfigPath)) {
    const { check, ...result } = JSON.parse(line)
    results.set(check, result)
  }
})

after(async () => {
  await scope[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

async function run(program: string, kubeconfig: string): Promise<readonly string[]> {
  const child = spawn(program, [kubeconfig], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  child.stdout.on('data', chunk => (out += chunk))
  child.stderr.on('data', chunk => (said += chunk))
  await new Promise(resolve => child.on('close', resolve))
  return out.split('\n').filter(Boolean)
}

for (const check of CHECKS) {
  const waiting = PENDING[check]
  test(waiting ? `pending: Go: ${check}` : `Go: ${check}`, { skip: missing }, () => {
    const result = results.get(check)
    if (waiting) assert.equal(result?.ok, false, 'this works now: strike it from PENDING')
    else assert.deepEqual(result, { ok: true }, said.slice(-2000))
  })
}

test('Go: every check is known here', { skip: missing }, () => {
  assert.deepEqual([...results.keys()], CHECKS)
})
