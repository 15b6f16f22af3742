import { readFile } from 'node:fs/promises'
import { ConfigFault } from './config.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the system does not permit it to this user',
  EPERM: 'the system does not permit it to this user',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'it is a file, not a folder',
  EROFS: 'its file system can only be read',
  ENOSPC: 'its disk is full',
}

/** Why a file or folder cannot be used, in words. */
export function whyNot(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return REASONS[code] ?? message
}

/** The text of a file that was named in `setting`; what is wrong with it is the operator's to mend. */
export async function readGiven(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new ConfigFault('config/invalid', `${setting} "${file}": ${whyNot(error)}`, {}, error)
  }
}
