import { mkdir, writeFile } from 'node:fs/promises'
import { command } from '../command.ts'
import { RECIPE } from './recipe.ts'

const SECTOR = 512
const BOOT_CODE_BYTES = 440 // the rest of sector 0 is the disk's signature and partition table
const MODULES = ['part_gpt', 'ext2', 'fat', 'normal', 'linux', 'search', 'search_fs_uuid', 'configfile', 'serial']

export interface GrubImages {
  readonly efi: string
  readonly core: string
}

/** Makes GRUB's two programs; each finds the root file system by its UUID, wherever the disk hangs. */
export async function makeGrubImages(folder: string, signal?: AbortSignal): Promise<GrubImages> {
  await mkdir(folder, { recursive: true })
  const early = `${folder}/early.cfg`
  await writeFile(early, `search.fs_uuid ${RECIPE.rootUuid} root\nset prefix=($root)/boot/grub\n`)
  const make = async (format: string, name: string, extra: readonly string[]) => {
    const path = `${folder}/${name}`
    const flags = ['-O', format, '-o', path, '-c', early, '-p', '/boot/grub']
    await command(['grub-mkimage', ...flags, ...MODULES, ...extra], { signal })
    return path
  }
  return {
    efi: await make('x86_64-efi', 'BOOTX64.EFI', ['efi_gop', 'all_video']),
    core: await make('i386-pc', 'core.img', ['biosdisk', 'vga']),
  }
}

/** The menu: one entry, taken at once. Plain enough for a kexec action to read. */
export function grubConfig(release: string): string {
  return [
    'set timeout=0',
    'set default=0',
    '',
    "menuentry 'Debian GNU/Linux' {",
    `  search --no-floppy --fs-uuid --set=root ${RECIPE.rootUuid}`,
    `  linux /boot/vmlinuz-${release} root=UUID=${RECIPE.rootUuid} ${RECIPE.kernelArguments}`,
    `  initrd /boot/initrd.img-${release}`,
    '}',
    '',
  ].join('\n')
}

/**
 * GRUB's boot.img made to load the sector where its core begins. grub-bios-setup would do the same, but wants a block
 * device and so a loop device; GRUB's manual, "BIOS installation", has the layout.
 */
export function bootSector(bootImage: Uint8Array, coreSector: number): Uint8Array {
  const code = Uint8Array.from(bootImage.subarray(0, BOOT_CODE_BYTES))
  const view = new DataView(code.buffer)
  view.setBigUint64(0x5c, BigInt(coreSector), true)
  // Two no-ops in place of a jump over the check of the drive number, as grub-bios-setup does for hard disks.
  view.setUint16(0x66, 0x9090, true)
  return code
}

/** GRUB's core told where its own second sector lies: the block list is the last 12 bytes of its first sector. */
export function placedCore(coreImage: Uint8Array, coreSector: number): Uint8Array {
  const core = Uint8Array.from(coreImage)
  new DataView(core.buffer).setBigUint64(SECTOR - 12, BigInt(coreSector + 1), true)
  return core
}
