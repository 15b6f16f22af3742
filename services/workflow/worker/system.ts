import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { WorkerFault } from './fault.ts'

/** What the worker may do with the whole machine. */
export interface System {
  /** Resolves when the machine is going down. */
  reboot(): Promise<void>
  /** Starts the kernel that an action has loaded. */
  kexec(): Promise<void>
}

const run = promisify(execFile)

export const realSystem: System = {
  async reboot() {
    await run('sync')
    try {
      await run('reboot', ['-f'])
    } catch (error) {
      await writeFile('/proc/sysrq-trigger', 'b').catch(() => {
        throw new WorkerFault('worker/handover', `reboot -f: ${sentenceOf(error)}`, {}, error)
      })
    }
  },
  async kexec() {
    await run('sync')
    try {
      await run('kexec', ['-e'])
    } catch (error) {
      throw new WorkerFault('worker/handover', `kexec -e: ${sentenceOf(error)}`, {}, error)
    }
  },
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error)
}
