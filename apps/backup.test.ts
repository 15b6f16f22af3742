import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigMap } from '../machinery/api/core.ts'
import { isApiFault } from '../machinery/api/fault.ts'
import { make } from '../machinery/api/kind.ts'
import { Connection } from '../machinery/api/remote/connection.ts'
import { loadKubeconfig } from '../machinery/api/remote/kubeconfig.ts'
import { openApiServer } from '../machinery/apiserver/server.ts'
import { systemClock } from '../machinery/host/clock.ts'
import type { Host } from '../machinery/host/host.ts'
import { silentLog } from '../machinery/host/log.ts'
import { Scope } from '../machinery/host/scope.ts'

const PROGRAM = join(import.meta.dirname, '../bin/bellhop')
const host: Host = { clock: systemClock, log: silentLog, random: Math.random }
const options = { timeout: 60_000 }

const root = mkdtempSync(join(tmpdir(), 'bellhop-backup-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const fresh = () => mkdtempSync(join(root, 'd-'))

function bellhop(...args: readonly string[]): Promise<{ code: number; says: string }> {
  return new Promise(resolve => {
    const child = execFile(PROGRAM, args, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, says: stdout + stderr }),
    )
  })
}

async function serving(dataDir: string) {
  const scope = new Scope()
  const server = scope.hold(await openApiServer({ dataDir, host, kinds: [] }))
  const door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
  const client = server.client({ user: 'test', groups: ['system:masters'] })
  const put = (name: string) => client.create(ConfigMap, make(ConfigMap, { metadata: { name, namespace: 'default' } }))
  const has = async (name: string) => (await client.get(ConfigMap, { name, namespace: 'default' })) !== undefined
  return { door, put, has, [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose]() }
}

test('a server is backed up while it runs and when it is stopped, and restored elsewhere', options, async () => {
  const [dataDir, files] = [fresh(), fresh()]
  const [running, stopped] = [join(files, 'running.tar'), join(files, 'stopped.tar')]
  const authority = join('pki', 'ca.crt')
  {
    await using server = await serving(dataDir)
    await server.put('first')
    const { code, says } = await bellhop('backup', '--data-dir', dataDir, '--to', running)
    assert.equal(code, 0, says)
    assert.match(says, /running\.tar: \d+ objects, up to revision \d+\n$/)
    await server.put('second')
    const elsewhere = await bellhop('restore', running, '--data-dir', dataDir, '--force')
    assert.deepEqual([elsewhere.code, /is used by another process/.test(elsewhere.says)], [1, true])
  }
  assert.equal((await bellhop('backup', '--data-dir', dataDir, '--to', stopped)).code, 0)
  assert.equal(statSync(stopped).mode & 0o777, 0o600)
  for (const [file, second] of [
    [running, false],
    [stopped, true],
  ] as const) {
    const again = join(fresh(), 'new')
    const { code, says } = await bellhop('restore', file, '--data-dir', again)
    assert.equal(code, 0, says)
    assert.match(says, /goes on from revision 1\d{9}\n/)
    assert.equal(readFileSync(join(again, authority), 'utf8'), readFileSync(join(dataDir, authority), 'utf8'))
    await using server = await serving(again)
    assert.deepEqual([await server.has('first'), await server.has('second')], [true, second])
  }
})

test('whoever is not an administrator gets no backup', options, async () => {
  await using server = await serving(fresh())
  const { certificate: _, key: __, ...nobody } = loadKubeconfig(server.door.kubeconfigPath)
  using connection = new Connection(nobody)
  await assert.rejects(connection.open({ method: 'GET', path: '/backup' }), fault =>
    isApiFault(fault, 'Unauthorized', 'Forbidden'),
  )
})

test('what cannot be backed up or restored is said in a sentence, and nothing is written', options, async () => {
  const [empty, files] = [fresh(), fresh()]
  const file = join(files, 'there.tar')
  writeFileSync(file, 'something')
  const cases: readonly (readonly [args: readonly string[], code: number, says: RegExp])[] = [
    [['backup'], 2, /--to: name the file to write/],
    [['backup', '--to', file], 1, /there\.tar is there already; name another file/],
    [['backup', '--to', `${file}.2`, '--data-dir', empty], 1, /holds no store; name a --data-dir that does/],
    [['backup', '--to', `${file}.2`, '--kubeconfig', join(files, 'none')], 1, /none/],
    [['restore', file, '--data-dir', empty], 1, /there\.tar cannot be used: /],
    [['restore', join(files, 'none.tar'), '--data-dir', empty], 1, /there is no such file/],
    [['restore', file, '--data-dir', files], 1, /is not empty \(there\.tar\)/],
  ]
  for (const [args, code, says] of cases) {
    const outcome = await bellhop(...args)
    assert.equal(outcome.code, code, `${args.join(' ')}: ${outcome.says}`)
    assert.match(outcome.says, says)
    assert.doesNotMatch(outcome.says, /mistake in bellhop/)
  }
  assert.equal(existsSync(`${file}.2`) || existsSync(`${file}.2.part`), false)
})
