import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Connection } from '../machinery/api/remote/connection.ts'
import { loadKubeconfig } from '../machinery/api/remote/kubeconfig.ts'
import type { Manifest } from '../machinery/apiserver/backup/manifest.ts'
import { takeBackup } from '../machinery/apiserver/backup/take.ts'
import { unpackBackup } from '../machinery/apiserver/backup/unpack.ts'
import { copyStopped } from '../machinery/apiserver/store/copy.ts'
import { StoreFault } from '../machinery/apiserver/store/fault.ts'
import { storePath } from '../machinery/apiserver/store/sqlite.ts'
import { systemClock } from '../machinery/host/clock.ts'
import { hostFault } from '../machinery/host/fault.ts'

export interface BackupRequest {
  readonly to: string
  /** Its server is asked when it runs, else the directory is read. */
  readonly directory: string
  /** A running server somewhere. */
  readonly kubeconfig?: string
  readonly signal: AbortSignal
}

/** Writes a backup to a file that was not there: whole and checked, or not at all. */
export async function writeBackup(request: BackupRequest): Promise<Manifest> {
  const { to, signal } = request
  if (existsSync(to)) throw new StoreFault('store/occupied', `${to} is there already; name another file`, { to })
  const half = `${to}.part`
  try {
    // Created, never opened: what somebody else put there is not written through.
    const file = await open(half, 'wx', 0o600)
    await send(request, async bytes => {
      await pipeline(bytes, file.createWriteStream({ flush: true }), { signal })
    })
    const manifest = unpackBackup(half)
    await rename(half, to)
    return manifest
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(half, { force: true })
    throw hostFault(error, `writing the backup ${to}`)
  }
}

type Take = (bytes: AsyncIterable<Uint8Array> | Readable) => Promise<void>

async function send({ directory, kubeconfig, signal }: BackupRequest, take: Take): Promise<void> {
  if (kubeconfig !== undefined) return sendFrom(kubeconfig, signal, take)
  const store = storePath(directory)
  if (!existsSync(store))
    throw new StoreFault('store/backup', `${directory} holds no store; name a --data-dir that does`)
  try {
    using backup = await takeBackup({ directory, copy: path => copyStopped(store, path), clock: systemClock })
    await take(backup.bytes())
  } catch (fault) {
    if (!(fault instanceof StoreFault && fault.code === 'store/in-use')) throw fault
    await sendFrom(join(directory, 'kubeconfig'), signal, take)
  }
}

async function sendFrom(kubeconfig: string, signal: AbortSignal, take: Take): Promise<void> {
  using connection = new Connection(loadKubeconfig(kubeconfig))
  await take(await connection.open({ method: 'GET', path: '/backup', signal }))
}
