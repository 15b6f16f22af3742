import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { type Entry, encodeArchive, withFolders } from './cpio.ts'

const ENTRIES: readonly Entry[] = [
  { path: '/usr/bin/say', kind: 'file', mode: 0o755, content: Buffer.from('hello') },
  { path: '/bin', kind: 'link', target: 'usr/bin' },
  { path: '/dev/console', kind: 'device', mode: 0o600, major: 5, minor: 1 },
  { path: '/tmp', kind: 'folder', mode: 0o1777 },
]

test('parents come before what lies in them, each once', () => {
  const paths = withFolders(ENTRIES).map(entry => entry.path)
  assert.deepEqual(paths, ['/bin', '/dev', '/dev/console', '/tmp', '/usr', '/usr/bin', '/usr/bin/say'])
})

test('every piece ends on four bytes, so that another archive may follow', () => {
  const length = [...encodeArchive(ENTRIES)].reduce((sum, bytes) => sum + bytes.length, 0)
  assert.equal(length % 4, 0)
})

test('GNU cpio reads the same tree', () => {
  const archive = Buffer.concat([...encodeArchive(ENTRIES)])
  const listing = execFileSync('cpio', ['-itv', '--quiet', '--numeric-uid-gid'], { input: archive, encoding: 'utf8' })
  const rows = listing.trim().split('\n')
  assert.equal(rows.length, 7)
  assert.match(listing, /^lrwxrwxrwx .* bin -> usr\/bin$/m)
  assert.match(listing, /^crw------- .* 5, +1 .* dev\/console$/m)
  assert.match(listing, /^drwxrwxrwt .* tmp$/m)
  assert.match(listing, /^-rwxr-xr-x .* 5 .* usr\/bin\/say$/m)
})
