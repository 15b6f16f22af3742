import { mkdir, statfs } from 'node:fs/promises'
import { HostFault, hostFault } from '../machinery/host/fault.ts'

/** Below this the store could not even close its log. Bytes. */
const LEAST_FREE = 64 * 1024 ** 2

/** Makes the data directory, and refuses to begin where there is no room to write. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  const trying = `using the data directory ${dataDir}`
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(dataDir)
    if (bavail * bsize >= LEAST_FREE) return
  } catch (error) {
    throw hostFault(error, trying)
  }
  throw new HostFault(
    'host/disk-full',
    `${trying}: its disk has less than 64 MB free; free some space, or choose another --data-dir`,
  )
}
