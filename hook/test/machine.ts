import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface MachineOptions {
  /** Folder with the kernel and the initramfs. */
  readonly hookOs: string
  readonly cmdline: string
  /** `-device`, `-drive` ... beyond processor, memory and serial console. */
  readonly devices: readonly string[]
}

/** A virtual machine that boots HookOS directly, and what it printed on its serial console. */
export class Machine implements AsyncDisposable {
  readonly #qemu: ReturnType<typeof spawn>
  readonly #lookers = new Set<() => void>()
  #printed = ''
  #over = ''

  constructor(options: MachineOptions) {
    const { hookOs, cmdline, devices } = options
    this.#qemu = spawn('qemu-system-x86_64', [
      ...['-accel', 'tcg,thread=multi', '-smp', '2', '-machine', 'q35', '-m', '1024', '-no-reboot'],
      ...['-nodefaults', '-display', 'none', '-vga', 'std', '-serial', 'stdio'],
      ...['-kernel', `${hookOs}/vmlinuz-x86_64`, '-initrd', `${hookOs}/initramfs-x86_64`, '-append', cmdline],
      ...devices,
    ])
    this.#qemu.stdout?.on('data', (bytes: Buffer) => this.#print(bytes))
    this.#qemu.stderr?.on('data', (bytes: Buffer) => this.#print(bytes))
    this.#qemu.once('error', error => this.#end(`QEMU could not be started: ${error.message}`))
    this.#qemu.once('exit', code => this.#end(`QEMU ended with code ${code}`))
  }

  get console(): string {
    return this.#printed
  }

  /** The first match on the console, waited for; a machine that ends or takes too long is shown by its last lines. */
  async sees(pattern: RegExp, seconds = 180): Promise<RegExpExecArray> {
    const what = `the console line ${pattern}`
    await this.#until(() => pattern.test(this.#printed), { what, seconds })
    const match = new RegExp(pattern).exec(this.#printed)
    if (!match) throw new Error(`${what} is not there`)
    return match
  }

  /** Waits for the machine to switch itself off or to reboot (QEMU ends at either). */
  async ends(seconds = 60): Promise<void> {
    await this.#until(() => this.#over !== '', { what: 'the end of the machine', seconds }).catch(error => {
      if (this.#over === '') throw error
    })
  }

  type(line: string): void {
    this.#qemu.stdin?.write(`${line}\n`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#over !== '') return
    this.#qemu.kill('SIGKILL')
    await once(this.#qemu, 'exit')
  }

  #print(bytes: Buffer): void {
    this.#printed += bytes.toString()
    for (const look of this.#lookers) look()
  }

  #end(why: string): void {
    this.#over = why
    for (const look of this.#lookers) look()
  }

  #until(isSo: () => boolean, wait: { what: string; seconds: number }): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (why?: string) => {
        clearTimeout(timer)
        this.#lookers.delete(look)
        if (why === undefined) resolve()
        else reject(new Error(`${why} while waiting for ${wait.what}; the console ends with\n${this.#tail()}`))
      }
      const look = () => (isSo() ? done() : this.#over !== '' ? done(this.#over) : undefined)
      const timer = setTimeout(() => done(`${wait.seconds} s passed`), wait.seconds * 1000)
      this.#lookers.add(look)
      look()
    })
  }

  #tail(): string {
    return this.#printed.split('\n').slice(-40).join('\n')
  }
}
