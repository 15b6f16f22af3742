import { mkdir, statfs } from 'node:fs/promises'
import { HostFault } from '../machinery/host/fault.ts'
import { ConfigFault } from './config.ts'
import { whyNot } from './file.ts'

/** Below this the store could not even close its log. Bytes. */
const LEAST_FREE = 64 * 1024 ** 2

/** Makes the data directory, and refuses to begin where there is no room to write. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  const free = await makeAndMeasure(dataDir)
  if (free >= LEAST_FREE) return
  const cure = 'free some space, or choose another --data-dir'
  throw new HostFault(
    'host/disk-full',
    `using the data directory ${dataDir}: its disk has less than 64 MB free; ${cure}`,
  )
}

async function makeAndMeasure(dataDir: string): Promise<number> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(dataDir)
    return bavail * bsize
  } catch (error) {
    const sentence = `--data-dir "${dataDir}": ${whyNot(error)}; choose another, or mend that`
    throw new ConfigFault('config/invalid', sentence, {}, error)
  }
}
