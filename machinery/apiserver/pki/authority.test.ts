import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemClock } from '../../host/clock.ts'
import { openAuthority } from './authority.ts'

test('an authority is made once, and its certificates hold', t => {
  const directory = mkdtempSync(join(tmpdir(), 'bellhop-pki-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  const authority = openAuthority(directory, systemClock)
  assert.equal(openAuthority(directory, systemClock).certificate, authority.certificate)
  assert.equal(statSync(join(directory, 'pki', 'ca.key')).mode & 0o777, 0o600)

  const root = new X509Certificate(authority.certificate)
  assert.ok(root.ca && root.verify(root.publicKey) && root.checkIssued(root))

  const server = new X509Certificate(authority.issueServer(['localhost', '127.0.0.1', 'fd00::1:2']).certificate)
  assert.ok(server.verify(root.publicKey) && server.checkIssued(root) && !server.ca)
  assert.equal(server.checkHost('localhost'), 'localhost')
  assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1')
  assert.ok(server.checkIP('fd00::1:2'))

  const issued = authority.issueClient({ commonName: 'kubernetes-admin', organizations: ['system:masters'] })
  const client = new X509Certificate(issued.certificate)
  assert.equal(client.subject, 'O=system:masters\nCN=kubernetes-admin')
  assert.ok(client.verify(root.publicKey))
})
