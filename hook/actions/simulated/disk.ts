import { execFile } from 'node:child_process'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file full of old data that stands for a disk. */
export class FileDisk implements AsyncDisposable {
  readonly folder: string
  readonly path: string

  private constructor(folder: string) {
    this.folder = folder
    this.path = join(folder, 'disk')
  }

  static async make(size: number, old = 0xaa): Promise<FileDisk> {
    const disk = new FileDisk(await mkdtemp(join(tmpdir(), 'bellhop-disk-')))
    await using handle = await open(disk.path, 'w')
    await handle.write(Buffer.alloc(Math.min(size, 64 * 1024 * 1024), old))
    await handle.truncate(size)
    return disk
  }

  read(): Promise<Buffer> {
    return readFile(this.path)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true })
  }
}

/** A loop device over a file: a real block device with partitions. Needs root. */
export class LoopDisk implements AsyncDisposable {
  readonly path: string
  readonly backing: FileDisk

  private constructor(path: string, backing: FileDisk) {
    this.path = path
    this.backing = backing
  }

  static async attach(backing: FileDisk): Promise<LoopDisk> {
    const { stdout } = await run('losetup', ['--find', '--show', '--partscan', backing.path])
    return new LoopDisk(stdout.trim(), backing)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run('losetup', ['--detach', this.path])
    await this.backing[Symbol.asyncDispose]()
  }
}

/** Why the tests that need loop devices are skipped here; undefined where they run. */
export async function whyNoLoop(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'loop devices need root'
  try {
    await run('losetup', ['--find'])
    return undefined
  } catch (error) {
    return `no loop devices here: ${error instanceof Error ? error.message.trim() : error}`
  }
}
