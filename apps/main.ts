import { explain } from './explain.ts'
import { programOf } from './program.ts'

/** The way in: reads the command line, and is the one place where the process ends. */
async function main(): Promise<number> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  surviveReaders(stop)
  let exitCode = 0
  const ended = (code: number) => {
    exitCode = code
  }
  const doors = { signal: stop.signal, environment: process.env, ended }
  await programOf(doors).parseAsync()
  return exitCode
}

/** Whoever reads our output may go away (`bellhop machines | head -1`): that is no fault, and nothing is left to say. */
function surviveReaders(stop: AbortController): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    stop.abort()
  })
  // A server whose log nobody reads any more goes on serving; its services' logs are kept in the data directory.
  process.stderr.on('error', () => undefined)
}

// What nobody awaits ends here too; nothing can be closed in order any more.
process.once('uncaughtException', thrown => process.exit(end(thrown)))
process.exitCode = await main().catch(end)

function end(thrown: unknown): number {
  const { code, says } = explain(thrown)
  if (says !== undefined) process.stderr.write(`bellhop: ${says}\n`)
  return code
}
