import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACTION_NAMES } from '../hook/actions/names.ts'
import { systemClock } from '../machinery/host/clock.ts'
import { createLog, type LogLine } from '../machinery/host/log.ts'
import { attributesOf, type Sys } from '../services/workflow/worker/attributes.ts'
import { childRunner } from '../services/workflow/worker/children.ts'
import { GrpcTinkServer } from '../services/workflow/worker/grpc.ts'
import { identityOf } from '../services/workflow/worker/identity.ts'
import { notebookIn } from '../services/workflow/worker/notes.ts'
import { realSystem } from '../services/workflow/worker/system.ts'
import { runWorker } from '../services/workflow/worker/worker.ts'

// The door of the program inside the machine being installed. HookOS starts it, and starts it again when it ends; what it
// prints goes to the machine's consoles and to syslog.

const NOTES = '/run/bellhop/worker.json'
const UNSHARE = '/usr/bin/unshare'

/** Beside this file once both are bundled; in the source tree, where it is written. */
const actions = import.meta.url.endsWith('.ts')
  ? join(import.meta.dirname, '../hook/actions/main.ts')
  : join(import.meta.dirname, 'actions.mjs')

/** A mount namespace of its own: what an action mounts is gone when it is, even if it was killed. */
const alone = existsSync(UNSHARE) ? ([UNSHARE, '-m', process.execPath] as const) : ([process.execPath] as const)

/** Some files refuse to be read at times, such as the speed of a link that is down: then there is nothing to tell. */
const sys: Sys = {
  read: path =>
    readFile(join('/sys', path), 'utf8').then(
      text => text.trim(),
      () => '',
    ),
  list: path => readdir(join('/sys', path)).catch(() => []),
}

function print({ level, sentence, facts }: LogLine): void {
  const fields = Object.entries(facts).map(([name, value]) => `${name}=${value}`)
  console.log(['worker:', level === 'info' ? '' : level, sentence, ...fields].filter(Boolean).join(' '))
}

async function main(): Promise<void> {
  const stop = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort(new Error(`${name} came`)))

  const identity = identityOf(await readFile('/proc/cmdline', 'utf8'))
  const log = createLog(systemClock, print)
  log.info('started', { worker: identity.worker, server: identity.authority, tls: identity.tls })
  using server = new GrpcTinkServer(identity, await attributesOf(sys))
  const { PATH = '/usr/sbin:/usr/bin:/sbin:/bin', HOME = '/root', SSL_CERT_FILE = '' } = process.env
  const parts = {
    host: { clock: systemClock, log, random: Math.random },
    server,
    runner: childRunner({
      clock: systemClock,
      actions: ACTION_NAMES,
      command: [...alone, actions],
      environment: { PATH, HOME, SSL_CERT_FILE },
    }),
    notebook: notebookIn(NOTES),
    system: realSystem,
    output: (action: string, line: string) => console.log(`${action}: ${line}`),
  }
  const handover = await runWorker(parts, stop.signal)
  log.info('the machine is handed over', { by: handover })
  await new Promise(() => setInterval(() => undefined, 60_000)) // until the machine goes down
}

try {
  await main()
} catch (error) {
  console.log(`worker: ended: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
