import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseModules, closure, moduleName, parseModules } from './modules.ts'

const DEP = `kernel/fs/ext4/ext4.ko: kernel/lib/crc16.ko kernel/fs/mbcache.ko kernel/fs/jbd2/jbd2.ko
kernel/fs/jbd2/jbd2.ko:
kernel/lib/crc16.ko:
kernel/fs/mbcache.ko:
kernel/crypto/crc32c_generic.ko:
kernel/drivers/net/ethernet/a/a-one.ko.xz: kernel/drivers/net/mii.ko
kernel/drivers/net/ethernet/b/b.ko:
kernel/drivers/net/mii.ko:
`
const SOFTDEP = '# Soft dependencies\nsoftdep ext4 pre: crc32c_generic gone\nsoftdep unknown post: mii\n'

test('a name has no endings and no dashes', () => {
  assert.equal(moduleName('kernel/drivers/net/ethernet/a/a-one.ko.xz'), 'a_one')
  assert.equal(moduleName('sd-mod'), 'sd_mod')
})

test('a module brings what it needs, hard and soft, each once', () => {
  const index = parseModules(DEP, SOFTDEP)
  assert.deepEqual(closure(index, ['kernel/fs/ext4/ext4.ko', 'kernel/lib/crc16.ko']), [
    'kernel/crypto/crc32c_generic.ko',
    'kernel/fs/ext4/ext4.ko',
    'kernel/fs/jbd2/jbd2.ko',
    'kernel/fs/mbcache.ko',
    'kernel/lib/crc16.ko',
  ])
})

test('modules that need each other end', () => {
  const index = parseModules('a.ko: b.ko\nb.ko: a.ko\n', '')
  assert.deepEqual(closure(index, ['a.ko']), ['a.ko', 'b.ko'])
})

test('folders and names are chosen, unwanted ones left out, unknown ones named', () => {
  const index = parseModules(DEP, SOFTDEP)
  const wanted = ['drivers/net/ethernet/', 'gone', 'drivers/none/']
  const chosen = chooseModules(index, { wanted, unwanted: ['b'] })
  assert.deepEqual(chosen, {
    paths: ['kernel/drivers/net/ethernet/a/a-one.ko.xz', 'kernel/drivers/net/mii.ko'],
    unknown: ['gone', 'drivers/none/'],
  })
})
