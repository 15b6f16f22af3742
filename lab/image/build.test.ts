import assert from 'node:assert/strict'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { createGunzip } from 'node:zlib'
import { silentLog } from '../../machinery/host/log.ts'
import { command } from '../command.ts'
import { buildOsImage, type OsImage } from './build.ts'

// That it boots is the lab's own test; here its parts are looked at without mounting anything.
const cacheDir = resolve(import.meta.dirname, '../../.cache')
const ROOT_OFFSET = 9 * 1024 * 1024

let image: OsImage
let dir = ''
let disk = ''

before(async () => {
  image = await buildOsImage({ cacheDir, log: silentLog })
  dir = await mkdtemp(`${tmpdir()}/lab-image-`)
  disk = `${dir}/debian.raw`
  await pipeline(createReadStream(image.path), createGunzip(), createWriteStream(disk))
})

after(() => rm(dir, { recursive: true, force: true }))

const inRoot = (request: string) => command(['debugfs', '-R', request, `${disk}?offset=${ROOT_OFFSET}`])

test('it is small enough to be streamed to an emulated machine', () => {
  assert.ok(image.size < 250 * 1024 ** 2, `${image.size} bytes compressed`)
  assert.ok(image.rawSize < 1.5 * 1024 ** 3, `${image.rawSize} bytes`)
})

test('the checksum beside it is that of the compressed file', async () => {
  assert.equal(await readFile(`${image.path}.sha256`, 'utf8'), `${image.sha256}  debian.raw.gz\n`)
  assert.match(await command(['sha256sum', disk]), new RegExp(`^${image.rawSha256} `))
})

test('root is partition 2 and lies last, so that it can grow', async () => {
  const { partitiontable } = JSON.parse(await command(['sfdisk', '--json', disk]))
  const [esp, root, bios] = partitiontable.partitions
  assert.equal(partitiontable.label, 'gpt')
  assert.deepEqual([esp.name, root.name, bios.name], ['esp', 'root', 'bios'])
  assert.ok(root.start > esp.start && root.start > bios.start)
  assert.equal(root.start * 512, ROOT_OFFSET)
})

test('GRUB’s menu names a kernel and an initrd that are there', async () => {
  const menu = await inRoot('cat /boot/grub/grub.cfg')
  for (const word of ['linux', 'initrd']) {
    const path = new RegExp(`^ *${word} (\\S+)`, 'm').exec(menu)?.[1]
    assert.match(await inRoot(`stat ${path}`), /Type: regular/)
  }
})

test('nothing in it says where metadata is, nor carries a machine’s identity', async () => {
  assert.doesNotMatch(await inRoot('ls /etc/cloud'), /ds-identify\.cfg/)
  assert.doesNotMatch(await inRoot('ls /etc/ssh'), /ssh_host/)
  assert.match(await inRoot('stat /etc/machine-id'), /Size: 0/)
  assert.equal((await inRoot('ls -p /etc/netplan')).split('\n').filter(line => line.includes('.yaml')).length, 0)
})
