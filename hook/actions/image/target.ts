import { constants, type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { ActionFault } from '../fault.ts'
import { isMissing, type Run } from '../program.ts'
import type { Machine, World } from '../world.ts'

const SECTOR = 512 // /sys counts in these whatever the disk's own sectors are
const DEVICE_PATIENCE = 15_000
/** Starting a program costs about as much as writing this. */
const LONG = 16 * 1024 * 1024
const ZEROS = Buffer.alloc(1024 * 1024)

interface TargetFacts {
  readonly size: number
  readonly sys?: string
  readonly isWholeDisk: boolean
  readonly run: Run
}

/** A disk that is about to be overwritten, or a file that stands for one. */
export class Target implements AsyncDisposable {
  readonly path: string
  readonly size: number
  readonly isWholeDisk: boolean
  readonly #handle: FileHandle
  readonly #run: Run
  #canZero = true
  /** The kernel's folder for it; undefined for a file. */
  readonly #sys: string | undefined

  constructor(path: string, handle: FileHandle, facts: TargetFacts) {
    this.path = path
    this.#handle = handle
    this.#run = facts.run
    this.size = facts.size
    this.isWholeDisk = facts.isWholeDisk
    this.#sys = facts.sys
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, at + done)
      done += bytesWritten
    }
  }

  /** Makes a range read as zeros. Long ones are left to the disk where it can: then nothing is sent. */
  async zero(at: number, end: number): Promise<void> {
    if (end - at >= LONG && this.#canZero) {
      this.#canZero = await this.#zeroByDisk(at, end - at)
      if (this.#canZero) return
    }
    for (let from = at; from < end; from += ZEROS.length) {
      await this.write(ZEROS.subarray(0, Math.min(ZEROS.length, end - from)), from)
    }
  }

  /**
   * A hole in a block device is guaranteed to read as zeros, unlike a discard, and is refused where the disk cannot do it by
   * itself (Linux block/fops.c: BLKDEV_ZERO_NOFALLBACK). False: not here.
   */
  async #zeroByDisk(at: number, length: number): Promise<boolean> {
    try {
      await this.#run('fallocate', ['--punch-hole', '--offset', `${at}`, '--length', `${length}`, this.path])
      return true
    } catch (error) {
      if (error instanceof ActionFault) return false
      throw error
    }
  }

  /** Resolves when everything written is on the medium. */
  async sync(): Promise<void> {
    await this.#handle.sync()
  }

  /** Names of the partitions the kernel sees on it, such as `sda1`. */
  async partitions(): Promise<readonly string[]> {
    if (!this.#sys) return []
    return (await partitionsIn(this.#sys)).toSorted()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close()
  }
}

/** Opens a disk for writing, alone; refuses what is not a disk, what is in use, and waits a little for what is not there yet. */
export async function openTarget(path: string, world: World): Promise<Target> {
  const facts = await present(path, world)
  if (facts.isFile()) {
    return new Target(path, await open(path, 'r+'), { size: Number(facts.size), isWholeDisk: false, run: world.run })
  }
  if (!facts.isBlockDevice()) throw new ActionFault('action/device', `${path} is not a block device`)
  const number = deviceNumber(facts.rdev)
  const sys = `/sys/dev/block/${number}`
  await refuseMounted(path, number, world.machine)
  const sectors = Number((await world.machine.read(`${sys}/size`)) ?? 0)
  if (sectors === 0) throw new ActionFault('action/device', `${path} has no size: is there a medium in it?`)
  const isWholeDisk = (await world.machine.read(`${sys}/partition`)) === undefined
  return new Target(path, await openAlone(path), { size: sectors * SECTOR, sys, isWholeDisk, run: world.run })
}

async function present(path: string, { clock, signal, log }: World) {
  for (let waited = 0; ; waited += 500) {
    try {
      return await stat(path, { bigint: true })
    } catch (error) {
      if (!isMissing(error)) throw error
      if (waited >= DEVICE_PATIENCE) {
        throw new ActionFault('action/device', `${path} is not there; there is ${await disks()}`, {}, error)
      }
      if (waited === 0) log(`waiting for ${path}`)
      await clock.wait(500, signal)
    }
  }
}

/** What the operator could have meant. */
async function disks(): Promise<string> {
  const names = await readdir('/sys/block')
  const real = names.filter(name => !/^(loop|ram|zram|fd|sr|dm-|md|nbd)/.test(name))
  return real.length > 0 ? real.map(name => `/dev/${name}`).join(', ') : 'no disk at all'
}

/** `major:minor` as Linux packs them into one number (linux/kdev_t.h, the user space encoding). */
function deviceNumber(rdev: bigint): string {
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n)
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)
  return `${major}:${minor}`
}

async function refuseMounted(path: string, number: string, machine: Machine): Promise<void> {
  const partitions = await partitionsIn(`/sys/dev/block/${number}`)
  const numbers = await Promise.all(
    partitions.map(name => machine.read(`/sys/dev/block/${number}/${name}/dev`).then(text => text?.trim())),
  )
  const mounts = (await machine.read('/proc/self/mountinfo')) ?? ''
  for (const line of mounts.split('\n')) {
    // proc_pid_mountinfo(5): mount id, parent, major:minor, root, mount point.
    const [, , device, , point] = line.split(' ')
    if (device === number || (device && numbers.includes(device))) {
      throw new ActionFault('action/device', `${path} is in use: it is mounted on ${point}`)
    }
  }
}

/** O_EXCL on a block device fails when a file system, swap, RAID or LVM holds it or a partition of it. */
async function openAlone(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | constants.O_EXCL)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EBUSY') throw new ActionFault('action/device', `${path} is in use by the kernel`, {}, error)
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
      throw new ActionFault('action/device', `${path} cannot be written: ${code}`, {}, error)
    }
    throw error
  }
}

async function partitionsIn(sys: string): Promise<string[]> {
  const names = await readdir(sys)
  const found = await Promise.all(
    names.map(async name => {
      const entries = await readdir(`${sys}/${name}`).catch(notAFolder)
      return entries.includes('partition')
    }),
  )
  return names.filter((_, index) => found[index])
}

function notAFolder(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return []
  throw error
}
