import type { Log } from '../machinery/host/log.ts'
import { command } from './command.ts'
import { LabFault } from './fault.ts'
import type { HostPackages } from './host-packages.ts'

export interface SetupOptions {
  readonly packages: HostPackages
  readonly log: Log
  readonly signal?: AbortSignal
}

/** Installs those of the packages that are missing; costs milliseconds when none is. */
export async function installPackages({ packages, log, signal }: SetupOptions): Promise<void> {
  const missing = await missingPackages(Object.keys(packages))
  if (missing.length === 0) return
  for (const name of missing)
    log.info('a Debian package is missing and will be installed', { name, for: packages[name] })
  if (process.getuid?.() !== 0) {
    const cure = `run it as root (sudo), or install them yourself: apt-get install ${missing.join(' ')}`
    throw new LabFault('lab/root', `Debian packages are missing: ${cure}`)
  }
  await apt(['update'], { log, signal })
  await apt(['install', '--yes', '--no-install-recommends', ...missing], { log, signal })
}

async function missingPackages(names: readonly string[]): Promise<string[]> {
  const installed = new Set<string>()
  // dpkg-query exits 1 when it knows one of the names not at all, and still tells of the others.
  const script = `dpkg-query --show --showformat '\${Package} \${db:Status-Status}\\n' "$@" 2>/dev/null || test $? -eq 1`
  const told = await command(['sh', '-c', script, 'dpkg-query', ...names])
  for (const line of told.split('\n')) {
    const [name, status] = line.split(' ')
    if (name && status === 'installed') installed.add(name)
  }
  return names.filter(name => !installed.has(name))
}

async function apt(argv: readonly string[], { log, signal }: Omit<SetupOptions, 'packages'>): Promise<void> {
  const quiet = ['-q', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3']
  const env = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l' }
  try {
    await command(['apt-get', ...quiet, ...argv], { env, signal, onLine: line => log.debug('apt-get', { line }) })
  } catch (cause) {
    if (signal?.aborted) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    const cure = 'see that this host reaches a Debian mirror and that /etc/apt is in order, then run it again'
    throw new LabFault('lab/set-up', `apt-get ${argv[0]} failed; ${cure}. It said: ${why}`, {}, cause)
  }
}
