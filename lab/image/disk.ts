import { open, readFile, rm, stat, truncate } from 'node:fs/promises'
import { command } from '../command.ts'
import { bootSector, makeGrubImages, placedCore } from './grub.ts'
import { RECIPE } from './recipe.ts'

const MIB = 1024 * 1024
const SECTOR = 512
const SECTORS_PER_MIB = MIB / SECTOR
const FIRST_SECTOR = 34 // GPT: sector 0, the header, and 32 sectors of entries
const GPT_TAIL_MIB = 1
const GRUB_PC = '/usr/lib/grub/i386-pc/boot.img'

export interface DiskOptions {
  readonly root: string
  readonly work: string
  readonly signal?: AbortSignal
}

/**
 * Lays the tree onto a raw GPT disk that starts under BIOS and UEFI alike, without mounts or loop devices. Root is
 * partition 2, where EKS Anywhere's templates write, and the last one on the disk, so that it can grow.
 */
export async function makeDisk({ root, work, signal }: DiskOptions): Promise<string> {
  const disk = `${work}/debian.raw`
  const rootMib = (await contentMib(root)) + RECIPE.slackMib
  const rootStart = 1 + RECIPE.espMib
  await (await open(disk, 'w')).close()
  await truncate(disk, (rootStart + rootMib + GPT_TAIL_MIB) * MIB)
  await command(['sfdisk', '--quiet', disk], { input: partitions(rootMib), signal })
  const grub = await makeGrubImages(`${work}/grub`, signal)
  await placeBoot(disk, grub.core)
  await placeEsp({ disk, work, efi: grub.efi, signal })
  const offset = `offset=${rootStart * MIB}`
  const features = ['-U', RECIPE.rootUuid, '-L', 'root', '-m', '1', '-E', `${offset},lazy_itable_init=1,root_owner=0:0`]
  await command(['mke2fs', '-q', '-F', '-t', 'ext4', ...features, '-d', root, disk, `${rootMib}m`], { signal })
  return disk
}

function partitions(rootMib: number): string {
  const rootStart = (1 + RECIPE.espMib) * SECTORS_PER_MIB
  return [
    'label: gpt',
    `first-lba: ${FIRST_SECTOR}`,
    `1: start=${SECTORS_PER_MIB}, size=${RECIPE.espMib * SECTORS_PER_MIB}, type=uefi, name=esp`,
    `2: start=${rootStart}, size=${rootMib * SECTORS_PER_MIB}, type=linux, name=root`,
    `3: start=${FIRST_SECTOR}, size=${SECTORS_PER_MIB - FIRST_SECTOR}, type=21686148-6449-6E6F-744E-656564454649, name=bios`,
    '',
  ].join('\n')
}

/** The tree's size as ext4 will need it: blocks of 4 KiB, an inode of 256 bytes for each file. */
async function contentMib(root: string): Promise<number> {
  const kib = Number.parseInt(await command(['du', '-s', '--block-size=1K', root]), 10)
  return Math.ceil((kib / 1024) * 1.04)
}

async function placeBoot(disk: string, corePath: string): Promise<void> {
  const core = placedCore(await readFile(corePath), FIRST_SECTOR)
  const code = bootSector(await readFile(GRUB_PC), FIRST_SECTOR)
  await using file = await open(disk, 'r+')
  await file.write(code, 0, code.length, 0)
  await file.write(core, 0, core.length, FIRST_SECTOR * SECTOR)
}

async function placeEsp({ disk, work, efi, signal }: EspOptions): Promise<void> {
  const esp = `${work}/esp.img`
  await (await open(esp, 'w')).close()
  await truncate(esp, RECIPE.espMib * MIB)
  await command(['mformat', '-i', esp, '-v', 'ESP', '-T', String(RECIPE.espMib * SECTORS_PER_MIB), '::'], { signal })
  await command(['mmd', '-i', esp, '::/EFI', '::/EFI/BOOT'], { signal })
  await command(['mcopy', '-i', esp, efi, '::/EFI/BOOT/BOOTX64.EFI'], { signal })
  const size = (await stat(esp)).size
  await command(['dd', `if=${esp}`, `of=${disk}`, 'bs=1M', 'seek=1', `count=${size / MIB}`, 'conv=notrunc,sparse'])
  await rm(esp)
}

interface EspOptions extends Pick<DiskOptions, 'work' | 'signal'> {
  readonly disk: string
  readonly efi: string
}
