import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { LabFault } from './fault.ts'

/**
 * Holds a lock file until disposed of. flock(1) keeps it in a child, so that the kernel lets go of it however we end:
 * the child's standard input closes with us, and `cat` ends with that.
 */
export async function lockFile(path: string, signal?: AbortSignal): Promise<AsyncDisposable> {
  const child = spawn('flock', [path, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
  })
  const ended = once(child, 'close').catch(() => undefined)
  const held = once(child.stdout, 'data').then(() => true)
  const failed = once(child, 'error').then(([cause]) => cause)
  const outcome = await Promise.race([held, failed, ended.then(() => undefined)])
  if (outcome !== true) throw new LabFault('lab/command', `the lock ${path} cannot be taken`, { path }, outcome)
  failed.catch(() => undefined)
  return {
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}
