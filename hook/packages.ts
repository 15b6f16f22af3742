import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './command.ts'
import { HookFault } from './fault.ts'

export interface Packages {
  /** Where the packages' files lie, as in an installed system. */
  readonly tree: string
  /** `name_version_arch` of each package, for the record. */
  readonly versions: readonly string[]
}

/**
 * Fetches the packages and all that they depend on with apt, and unpacks them beside each other. Nothing is installed:
 * apt is shown an empty system and folders of our own, so that what this machine has makes no difference.
 */
export async function fetchPackages(folder: string, wanted: readonly string[]): Promise<Packages> {
  const apt = await aptFolders(folder)
  await download(apt, wanted)
  const archives = (await readdir(apt.archives)).filter(name => name.endsWith('.deb')).sort()
  const tree = join(folder, 'tree')
  await mkdir(tree)
  for (const archive of archives) await run('dpkg-deb', ['--extract', join(apt.archives, archive), tree])
  return { tree, versions: archives.map(name => decodeURIComponent(name.replace(/\.deb$/, ''))) }
}

interface AptFolders {
  readonly archives: string
  readonly lists: string
  readonly options: readonly string[]
}

async function aptFolders(folder: string): Promise<AptFolders> {
  const archives = join(folder, 'apt', 'archives')
  const lists = join(folder, 'apt', 'lists')
  const status = join(folder, 'apt', 'status')
  for (const path of [archives, lists]) await mkdir(join(path, 'partial'), { recursive: true })
  await writeFile(status, '')
  const settings = {
    'Dir::State::status': status,
    'Dir::Cache': join(folder, 'apt'),
    'Dir::Cache::archives': archives,
    'APT::Sandbox::User': 'root', // its user _apt may not enter the cache folder
    'APT::Install-Recommends': 'false',
    'Debug::NoLocking': 'true', // the folders are ours alone
    'Acquire::Retries': '3',
  }
  return { archives, lists, options: Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]) }
}

/** The machine's own package lists do if they are there and fresh; if not, new ones are fetched beside them. */
async function download(apt: AptFolders, wanted: readonly string[]): Promise<void> {
  const install = ['install', '--yes', '--download-only', ...wanted]
  const failed = await run('apt-get', [...apt.options, ...install]).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failed === undefined) return
  if (failed instanceof HookFault && failed.code === 'hook/program-missing') throw failed
  const fresh = [...apt.options, '-o', `Dir::State::lists=${apt.lists}`]
  try {
    await run('apt-get', [...fresh, 'update'])
    await run('apt-get', [...fresh, ...install])
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const sentence = `HookOS's Debian packages could not be fetched; check this machine's apt sources and proxy. ${why}`
    throw new HookFault('hook/packages', sentence, {}, cause)
  }
}
