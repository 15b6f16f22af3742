import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { realMachine } from './machine.ts'
import { FileDisk, LoopDisk, whyNoLoop } from './simulated/disk.ts'
import { file, WebServer } from './simulated/server.ts'
import { act as simulated } from './simulated/world.ts'
import type { Environment } from './variables.ts'

// On real block devices: loop devices over files. Skipped by name where there are none.

const MB = 1024 * 1024
const skip = (await whyNoLoop()) ?? false
const run = promisify(execFile)

const act = (name: string, env: Environment) => simulated(name, env, { machine: realMachine })

async function loop(size: number): Promise<LoopDisk> {
  return LoopDisk.attach(await FileDisk.make(size))
}

/** A GPT with a partition for each `start,size` in sectors. */
async function partition(path: string, ...parts: string[]): Promise<void> {
  const script = ['label: gpt', ...parts].join('\n')
  await run('sh', ['-c', `echo "$0" | sfdisk --quiet --no-reread --no-tell-kernel "$1"`, script, path])
}

/** A disk with one GPT partition that holds an ext4 file system. */
async function installed(work?: (root: string) => Promise<void>): Promise<LoopDisk> {
  const disk = await loop(32 * MB)
  await partition(disk.path, '2048,')
  await run('partx', ['--update', disk.path])
  await run('mkfs.ext4', ['-q', `${disk.path}p1`])
  if (work) await inside(disk, work)
  return disk
}

async function inside<T>(disk: LoopDisk, work: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'bellhop-look-'))
  await run('mount', [`${disk.path}p1`, root])
  try {
    return await work(root)
  } finally {
    await run('umount', [root])
    await rm(root, { recursive: true })
  }
}

test('an image replaces a larger old GPT, and its partitions appear', { skip }, async () => {
  await using source = await FileDisk.make(16 * MB, 0)
  await partition(source.path, '2048,6144', '8192,')
  const image = await promisify(gzip)(await source.read())
  await using disk = await loop(64 * MB)
  await partition(disk.path, '2048,')
  await using server = await WebServer.start(file(image))
  const env = { IMG_URL: `${server.url}/os.img.gz`, DEST_DISK: disk.path, COMPRESSED: 'true' }
  const { code, message } = await act('image2disk', env)
  assert.equal(code, 0, message)
  const name = disk.path.replace('/dev/', '')
  assert.match(message, new RegExp(`; partitions ${name}p1, ${name}p2$`))
  assert.ok((await stat(`${disk.path}p2`)).isBlockDevice())
  const { stdout } = await run('wipefs', ['--noheadings', '--output', 'OFFSET,TYPE', disk.path])
  assert.doesNotMatch(stdout, /0x3fffe00/, 'the old backup GPT at the end is gone')
})

test('a mounted disk is refused, with its mount point', { skip }, async () => {
  await using disk = await installed()
  await using server = await WebServer.start(file(Buffer.alloc(MB, 1)))
  await inside(disk, async root => {
    const { code, message } = await act('image2disk', { IMG_URL: `${server.url}/os.img`, DEST_DISK: disk.path })
    assert.equal(code, 1)
    assert.equal(message, `${disk.path} is in use: it is mounted on ${root}`)
  })
  assert.equal(server.asked.length, 0)
})

test('an image goes onto one partition too', { skip }, async () => {
  await using disk = await installed()
  await using server = await WebServer.start(file(Buffer.alloc(MB, 7)))
  const { code, message } = await act('image2disk', { IMG_URL: `${server.url}/fs.img`, DEST_DISK: `${disk.path}p1` })
  assert.equal(code, 0, message)
})

const FILE = { FS_TYPE: 'ext4', DEST_PATH: '/etc/cloud/cloud.cfg.d/10_tinkerbell.cfg', UID: '7', GID: '8' }

test('a file is written with its folders, owner and mode, whatever the umask', { skip }, async () => {
  await using disk = await installed()
  const env = { ...FILE, DEST_DISK: `${disk.path}p1`, CONTENTS: 'datasource: Ec2\n', MODE: '0666', DIRMODE: '0700' }
  const { code, message } = await act('writefile', env)
  assert.equal(code, 0, message)
  await inside(disk, async root => {
    const path = join(root, FILE.DEST_PATH)
    assert.equal(await readFile(path, 'utf8'), 'datasource: Ec2\n')
    const [written, folder] = await Promise.all([stat(path), stat(join(root, 'etc/cloud'))])
    assert.deepEqual([written.mode & 0o7777, written.uid, written.gid], [0o666, 7, 8])
    assert.deepEqual([folder.mode & 0o7777, folder.uid, folder.gid], [0o700, 7, 8])
    assert.deepEqual(await readdir(join(root, 'etc/cloud/cloud.cfg.d')), ['10_tinkerbell.cfg'])
  })
  const { stdout } = await run('findmnt', ['--noheadings', '--source', `${disk.path}p1`]).catch(error => error)
  assert.equal(stdout, '', 'nothing is left mounted')
})

test('a file that is there gets new contents and mode; links lead within the file system', { skip }, async () => {
  await using disk = await installed(async root => {
    await mkdir(join(root, 'etc'))
    await writeFile(join(root, 'real'), 'old')
    await chmod(join(root, 'real'), 0o777)
    await symlink('/real', join(root, 'etc/link')) // would be the host's /real
    await symlink('../../../../..', join(root, 'etc/up'))
  })
  const env = { ...FILE, DEST_DISK: `${disk.path}p1`, CONTENTS: 'new', MODE: '0600' }
  assert.equal((await act('writefile', { ...env, DEST_PATH: '/etc/link' })).code, 0)
  assert.equal((await act('writefile', { ...env, DEST_PATH: '/etc/up/below' })).code, 0)
  await inside(disk, async root => {
    assert.equal(await readFile(join(root, 'real'), 'utf8'), 'new')
    assert.equal((await stat(join(root, 'real'))).mode & 0o7777, 0o600)
    assert.ok((await lstat(join(root, 'etc/link'))).isSymbolicLink())
    assert.equal(await readFile(join(root, 'below'), 'utf8'), 'new')
  })
})

test('what is not a file system is a failure with the words of mount', { skip }, async () => {
  await using disk = await loop(8 * MB)
  const { code, message } = await act('writefile', { ...FILE, DEST_DISK: disk.path, CONTENTS: 'x' })
  assert.equal(code, 1)
  assert.match(message, /^mount ended with code 32: /)
})

test('kexec loads what GRUB would boot, and leaves the rest to the worker', { skip }, async () => {
  await using disk = await installed(async root => {
    await mkdir(join(root, 'boot/grub'), { recursive: true })
    await writeFile(join(root, 'boot/vmlinuz-1'), 'kernel')
    await writeFile(join(root, 'boot/a.img'), 'first ')
    await writeFile(join(root, 'boot/b.img'), 'second')
    await symlink('/boot/vmlinuz-1', join(root, 'vmlinuz'))
    const entry = `menuentry 'OS' {\n linux /vmlinuz root=LABEL=os ro\n initrd /boot/a.img /boot/b.img\n}\n`
    await writeFile(join(root, 'boot/grub/grub.cfg'), entry)
  })
  await using bin = await FileDisk.make(0) // its folder serves as PATH
  const program = `#!/bin/sh\necho "$@" >${bin.folder}/args; cat "$2" "\${3#--initrd=}" >${bin.folder}/loaded\n`
  await writeFile(join(bin.folder, 'kexec'), program, { mode: 0o755 })
  const path = process.env.PATH
  process.env.PATH = `${bin.folder}:${path}`
  try {
    const { code, message, events } = await act('kexec', { BLOCK_DEVICE: `${disk.path}p1`, FS_TYPE: 'ext4' })
    assert.equal(code, 0, message)
    assert.deepEqual(events, [{ message: `loaded /vmlinuz from ${disk.path}p1` }, { handover: 'kexec' }])
    assert.equal(await readFile(join(bin.folder, 'loaded'), 'utf8'), 'kernelfirst second')
    assert.match(
      await readFile(join(bin.folder, 'args'), 'utf8'),
      /^-l .* --initrd=.* --command-line=root=LABEL=os ro --kexec-syscall-auto\n$/,
    )
  } finally {
    process.env.PATH = path
  }
})

test('kexec says what is missing', { skip }, async () => {
  await using disk = await installed()
  const env = { BLOCK_DEVICE: `${disk.path}p1`, FS_TYPE: 'ext4' }
  assert.match((await act('kexec', env)).message, /^no grub.cfg at \/boot\/grub\/grub.cfg, /)
  assert.equal(
    (await act('kexec', { ...env, KERNEL_PATH: '/boot/vmlinuz' })).message,
    '/boot/vmlinuz is not on the disk',
  )
})

test('cexec runs in the installed system, with its devices, and fails as its command does', { skip }, async () => {
  await using disk = await installed(async root => {
    await mkdir(join(root, 'bin'))
    await run('cp', ['/usr/bin/busybox', join(root, 'bin/sh')])
  })
  const env = { BLOCK_DEVICE: `${disk.path}p1`, FS_TYPE: 'ext4', CHROOT: 'y', DEFAULT_INTERPRETER: '/bin/sh -c' }
  const good = await act('cexec', {
    ...env,
    CMD_LINE: 'test -c /dev/null && test -e /proc/self && echo "a  b" >/made; echo seen',
  })
  assert.equal(good.code, 0, good.message)
  assert.ok(good.log.includes('seen'))
  const bad = await act('cexec', { ...env, CMD_LINE: 'echo no such user >&2; exit 3' })
  assert.match(bad.message, /^chroot ended with code 3: no such user$/)
  await inside(disk, async root => {
    assert.equal(await readFile(join(root, 'made'), 'utf8'), 'a  b\n')
    assert.deepEqual(await readdir(join(root, 'dev')), [], 'nothing is left mounted')
  })
})
