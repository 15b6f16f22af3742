import { spawn } from 'node:child_process'
import { HookFault } from './fault.ts'
import { HOST_PACKAGES } from './host-packages.ts'

const TAIL = 2000

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end and hands back what it printed; a bad end is a fault that shows the end of its output. */
export async function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, LC_ALL: 'C', ...options.env }
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: Buffer[] = []
  const complained: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => printed.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => complained.push(bytes))
  const code = await ended(child, program)
  const output = Buffer.concat(printed).toString()
  if (code === 0) return output
  const tail = `${output.slice(-TAIL)}${Buffer.concat(complained).toString().slice(-TAIL)}`.trim()
  throw new HookFault('hook/program-failed', `${program} ${args[0] ?? ''} ended with code ${code}: ${tail}`)
}

/** The exit code of a child, or a fault that says which packages bring the program that is not there. */
export function ended(child: ReturnType<typeof spawn>, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', cause => {
      const packages = HOST_PACKAGES.join(' ')
      const sentence = `${program} could not be started; install what the recipe needs: apt-get install ${packages}`
      reject(new HookFault('hook/program-missing', sentence, { program }, cause))
    })
    child.once('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)))
  })
}
