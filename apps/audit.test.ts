import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { auditOf } from './audit.ts'
import { readConfig } from './config.ts'

const configOf = (flags: Readonly<Record<string, unknown>>) => readConfig({ flags, environment: {} })

test('requests are noted in the data directory, or where one is told', async () => {
  assert.deepEqual(await auditOf(configOf({ dataDir: '/d' })), { path: '/d/audit.log' })
  assert.deepEqual(await auditOf(configOf({ auditLog: '/e/x.log' })), { path: '/e/x.log' })
})

test('a policy is read, and one that is none is refused with what is wrong with it', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-policy-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const auditPolicy = join(folder, 'policy.yaml')
  const head = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n'
  writeFileSync(auditPolicy, `${head}rules: [{level: Request}]\n`)
  assert.equal((await auditOf(configOf({ auditPolicy }))).policy?.rules[0]?.level, 'Request')
  writeFileSync(auditPolicy, `${head}rules: [{level: All}, {}]\n`)
  await assert.rejects(auditOf(configOf({ auditPolicy })), {
    code: 'config/invalid',
    message: `--audit-policy "${auditPolicy}": rules[0].level: Unsupported value: "All": supported values: "None", "Metadata", "Request", "RequestResponse"\n--audit-policy "${auditPolicy}": rules[1].level: Required value`,
  })
  await assert.rejects(
    auditOf(configOf({ auditPolicy: join(folder, 'none') })),
    /--audit-policy ".*": there is no such file/,
  )
})
