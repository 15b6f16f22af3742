import { constants, type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ActionFault } from '../fault.ts'
import { confine } from './confine.ts'

export interface FileToWrite {
  readonly path: string
  readonly contents: Uint8Array
  readonly mode: number
  readonly directoryMode: number
  readonly uid: number
  readonly gid: number
}

/** Writes a file below `root` so that after a power cut either the old or the whole new one is there. */
export async function placeFile(root: string, file: FileToWrite): Promise<void> {
  const { existing, missing } = await confine(root, file.path)
  const folder = await makeFolders(missing.length > 0 ? existing : dirname(existing), missing.slice(0, -1), file)
  const name = missing.at(-1) ?? basename(existing)
  const destination = join(folder, name)
  if (missing.length === 0) await refuseFolder(destination, file.path)
  const temporary = join(folder, `.${name.slice(0, 200)}.bellhop-new`)
  await unlink(temporary).catch(unlessMissing) // left by a power cut
  try {
    await writeNew(temporary, file)
    await rename(temporary, destination)
  } catch (error) {
    await unlink(temporary).catch(unlessMissing)
    throw error
  }
  await syncFolder(folder)
}

async function makeFolders(existing: string, names: readonly string[], file: FileToWrite): Promise<string> {
  let folder = existing
  for (const name of names) {
    const parent = folder
    folder = join(folder, name)
    await mkdir(folder)
    await using handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
    await own(handle, file, file.directoryMode)
    await syncFolder(parent)
  }
  return folder
}

async function writeNew(path: string, file: FileToWrite): Promise<void> {
  await using handle = await open(path, 'wx', 0o600)
  await handle.writeFile(file.contents)
  await own(handle, file, file.mode)
  await handle.sync()
}

/** The owner first: chown takes away the set-id bits. chmod, so that no umask takes anything. */
async function own(handle: FileHandle, { uid, gid }: FileToWrite, mode: number): Promise<void> {
  await handle.chown(uid, gid)
  await handle.chmod(mode)
}

async function syncFolder(path: string): Promise<void> {
  await using handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  await handle.sync()
}

async function refuseFolder(path: string, said: string): Promise<void> {
  const found = await stat(path)
  if (!found.isFile()) throw new ActionFault('action/path', `"${said}" exists and is not a file`)
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
