import { contentsOf } from './file/contents.ts'
import { placeFile } from './file/place.ts'
import { withMount } from './mount.ts'
import type { Action } from './world.ts'

/**
 * Writes one file into a file system on the disk. Variables: DEST_DISK (the partition), FS_TYPE, DEST_PATH, UID, GID, MODE,
 * DIRMODE, and what to write: CONTENTS, CONTENTS_BASE64, STATIC_NETPLAN, BOOTCONFIG_CONTENTS or HEGEL_URLS.
 */
export const writefile: Action = async world => {
  const { variables } = world
  const device = variables.path('DEST_DISK')
  const type = variables.word('FS_TYPE')
  const where = {
    path: variables.path('DEST_PATH'),
    mode: variables.mode('MODE', 0o644),
    directoryMode: variables.mode('DIRMODE', 0o755),
    uid: variables.count('UID', 0),
    gid: variables.count('GID', 0),
  }
  const contents = await contentsOf(world) // before anything is touched
  await withMount({ device, type }, world, root => placeFile(root, { ...where, contents }))
  return { message: `wrote ${contents.length} bytes to ${where.path} on ${device}` }
}
