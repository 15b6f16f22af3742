import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultEntry, type GrubEntry, parseGrub, parseGrubenv } from './boot/grub.ts'
import { ActionFault } from './fault.ts'
import { confine } from './file/confine.ts'
import { withMount } from './mount.ts'
import { isMissing } from './program.ts'
import type { Variables } from './variables.ts'
import type { Action } from './world.ts'

type Boot = Pick<GrubEntry, 'kernel' | 'initrds' | 'cmdline'>

const GRUB_CONFIGS = ['/boot/grub/grub.cfg', '/boot/grub2/grub.cfg', '/grub/grub.cfg', '/grub2/grub.cfg']

/**
 * Loads the installed system's kernel; the worker starts it when the server knows. Variables: BLOCK_DEVICE, FS_TYPE, and
 * either KERNEL_PATH, INITRD_PATH, CMD_LINE or GRUBCFG_PATH. CMD_LINE given with GRUB replaces what GRUB would pass.
 */
export const kexec: Action = async world => {
  const { variables, run, signal, log } = world
  const device = variables.path('BLOCK_DEVICE')
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-kexec-'))
  try {
    const mount = { device, type: variables.word('FS_TYPE'), readOnly: true }
    const boot = await withMount(mount, world, async root => {
      const boot = await bootOf(root, variables)
      await copyOut(root, boot, folder)
      return boot
    })
    log(`kernel ${boot.kernel}, initrd ${boot.initrds.join(' ') || 'none'}, command line "${boot.cmdline}"`)
    const initrd = boot.initrds.length > 0 ? [`--initrd=${join(folder, 'initrd')}`] : []
    // By file descriptor where the kernel allows only that (Secure Boot), else as ever.
    const options = [...initrd, `--command-line=${boot.cmdline}`, '--kexec-syscall-auto']
    await run('kexec', ['-l', join(folder, 'kernel'), ...options], { signal })
    return { message: `loaded ${boot.kernel} from ${device}`, handover: 'kexec' }
  } finally {
    await rm(folder, { recursive: true }) // the kernel has its own copy
  }
}

async function bootOf(root: string, variables: Variables): Promise<Boot> {
  const kernel = variables.text('KERNEL_PATH')
  const cmdline = variables.text('CMD_LINE')
  if (kernel) {
    const initrd = variables.text('INITRD_PATH')
    return { kernel, initrds: initrd ? [initrd] : [], cmdline: cmdline ?? '' }
  }
  const entry = await grubEntry(root, variables.text('GRUBCFG_PATH'))
  return cmdline === undefined ? entry : { ...entry, cmdline }
}

async function grubEntry(root: string, given: string | undefined): Promise<GrubEntry> {
  const paths = given ? [given] : GRUB_CONFIGS
  for (const path of paths) {
    const text = await readWithin(root, path)
    if (text === undefined) continue
    const env = await readWithin(root, path.replace(/[^/]*$/, 'grubenv'))
    const config = parseGrub(text.toString('utf8'), parseGrubenv(env?.toString('utf8') ?? ''))
    const entry = defaultEntry(config)
    if (entry) return entry
    const has = config.entries.map(each => `${each.place} "${each.title}"`).join(', ') || 'none with a kernel'
    throw new ActionFault('action/boot', `${path} boots "${config.chosen}" by default, but its entries are: ${has}`)
  }
  throw new ActionFault('action/boot', `no grub.cfg at ${paths.join(', ')}: give KERNEL_PATH or GRUBCFG_PATH`)
}

async function copyOut(root: string, boot: Boot, folder: string): Promise<void> {
  await copyFile(await locate(root, boot.kernel), join(folder, 'kernel'))
  const initrd = join(folder, 'initrd')
  for (const [index, path] of boot.initrds.entries()) {
    const from = await locate(root, path)
    // The kernel unpacks several archives in one file one after another.
    if (index === 0) await copyFile(from, initrd)
    else await writeFile(initrd, await readFile(from), { flag: 'a' })
  }
}

/** GRUB's paths start at the file system that holds /boot, which may be this one or one mounted at /boot. */
async function locate(root: string, path: string): Promise<string> {
  const plain = path.replace(/^\([^)]*\)/, '')
  for (const candidate of [plain, `/boot${plain}`, plain.replace(/^\/boot\//, '/')]) {
    const { existing, missing } = await confine(root, candidate)
    if (missing.length === 0) return existing
  }
  throw new ActionFault('action/boot', `${path} is not on the disk`)
}

async function readWithin(root: string, path: string): Promise<Buffer | undefined> {
  const { existing, missing } = await confine(root, path)
  if (missing.length > 0) return undefined
  return readFile(existing).catch(error => {
    if (isMissing(error)) return undefined
    throw error
  })
}
