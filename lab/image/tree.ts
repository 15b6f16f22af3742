import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Log } from '../../machinery/host/log.ts'
import { command } from '../command.ts'
import { LabFault } from '../fault.ts'
import { grubConfig } from './grub.ts'
import { EARLY_FILES, LATE_FILES, RECIPE } from './recipe.ts'

export interface TreeOptions {
  /** A folder of our own; the tree is made at `<work>/root`. */
  readonly work: string
  readonly log: Log
  readonly signal?: AbortSignal
}

/** Makes the root file system as a folder of files, with Debian's own tools and from Debian's packages alone. */
export async function makeTree({ work, log, signal }: TreeOptions): Promise<string> {
  const root = `${work}/root`
  const early = `${work}/early`
  await writeFiles(early, EARLY_FILES)
  const mirrors = await debianSources()
  log.info('Debian packages are being unpacked', { suite: RECIPE.suite, packages: RECIPE.packages.length })
  // In a mount and process namespace of its own: whatever happens, no mount and no daemon is left behind.
  const isolated = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child'] as const
  const onLine = (line: string) => log.debug('mmdebstrap', { line })
  await command([...isolated, ...mmdebstrap(root, early)], { input: mirrors, signal, onLine })
  await finish(root)
  return root
}

function mmdebstrap(root: string, early: string): string[] {
  const excluded = RECIPE.excludedPaths.map(path => `--dpkgopt=path-exclude=${path}`)
  return [
    'mmdebstrap',
    '--mode=root',
    '--variant=minbase',
    '--format=directory',
    `--include=${RECIPE.packages.join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=Acquire::Retries "3"',
    '--dpkgopt=force-unsafe-io',
    ...excluded,
    ...RECIPE.includedPaths.map(path => `--dpkgopt=path-include=${path}`),
    `--setup-hook=cp -a '${early}/.' "$1"/`,
    RECIPE.suite,
    root,
    '-',
  ]
}

/** The host's own Debian mirrors, so that the image comes from wherever the host's packages do. */
async function debianSources(): Promise<string> {
  const known = await configuredSources()
  if (known !== undefined) return known
  await command(['apt-get', 'update', '-q']) // apt tells where a list is from only once it has it
  const found = await configuredSources()
  if (found !== undefined) return found
  const cure = `add "deb URL ${RECIPE.suite} main" with a Debian mirror to /etc/apt/sources.list, and run apt-get update`
  throw new LabFault(
    'lab/set-up',
    `apt has no source for Debian ${RECIPE.suite}, which the OS image is made of; ${cure}`,
  )
}

async function configuredSources(): Promise<string | undefined> {
  const format = '$(SITE)|$(CODENAME)|$(ORIGIN)|$(COMPONENT)'
  const told = await command(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages'])
  const lines = told.split('\n').map(line => line.split('|'))
  const own = lines.filter(
    ([, codename, origin, component]) =>
      origin === 'Debian' && component === 'main' && codename?.split('-')[0] === RECIPE.suite,
  )
  const sources = own.map(([site, codename]) => `deb ${site} ${codename} main`)
  return sources.some(source => source.includes(` ${RECIPE.suite} `)) ? `${sources.join('\n')}\n` : undefined
}

async function finish(root: string): Promise<void> {
  await writeFiles(root, LATE_FILES)
  await writeFiles(root, { '/boot/grub/grub.cfg': grubConfig(await kernelRelease(root)) })
  for (const unit of RECIPE.maskedUnits) await link(`${root}/etc/systemd/system/${unit}`, '/dev/null')
  await link(`${root}/etc/resolv.conf`, '../run/systemd/resolve/stub-resolv.conf')
  for (const name of await readdir(`${root}/etc/ssh`)) {
    // Host keys belong to a machine, not to an image; cloud-init makes them at first boot.
    if (name.startsWith('ssh_host_')) await rm(`${root}/etc/ssh/${name}`)
  }
  for (const path of RECIPE.removedPaths) await rm(root + path, { recursive: true, force: true })
}

async function kernelRelease(root: string): Promise<string> {
  const names = await readdir(`${root}/boot`)
  const kernel = names.filter(name => name.startsWith('vmlinuz-')).sort()
  const release = kernel.at(-1)?.slice('vmlinuz-'.length)
  if (release && names.includes(`initrd.img-${release}`)) return release
  throw new LabFault('lab/command', `no kernel with an initrd in the image's /boot: ${names.join(' ')}`, { root })
}

async function link(path: string, target: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await rm(path, { force: true })
  await symlink(target, path)
}

async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(root + path), { recursive: true })
    await writeFile(root + path, content)
    await chmod(root + path, 0o644)
  }
}
