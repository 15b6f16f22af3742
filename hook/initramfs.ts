import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ended } from './command.ts'
import { type Entry, encodeArchive } from './cpio.ts'
import { HookFault } from './fault.ts'

/**
 * Writes the entries as one compressed archive. The kernel accepts several of them one after another
 * (Documentation/driver-api/early-userspace/buffer-format), so that the worker can be added without packing Node again.
 */
export async function writeArchive(entries: readonly Entry[], file: string, level: number): Promise<void> {
  const zstd = spawn('zstd', ['-q', '-T0', `-${level}`, '-f', '-o', file], { stdio: ['pipe', 'ignore', 'pipe'] })
  const complaint: Buffer[] = []
  zstd.stderr.on('data', (bytes: Buffer) => complaint.push(bytes))
  const end = ended(zstd, 'zstd')
  const [code] = await Promise.all([end, pipeline(Readable.from(encodeArchive(entries)), zstd.stdin)])
  if (code !== 0)
    throw new HookFault('hook/program-failed', `zstd ended with code ${code}: ${Buffer.concat(complaint)}`)
}
