import { command, text } from './cli/command.ts'
import { ConfigFault } from './config.ts'
import { SETTINGS } from './settings.ts'

export const DATA_DIR_FLAG = text(SETTINGS['data-dir'].default, 'the data directory', { value: 'dir' })

export const backup = command({
  name: 'backup',
  summary: 'Write all that the server keeps to one file: objects, certificates, keys',
  more:
    'The objects are those of one moment; a running server goes on meanwhile. The file is written whole and checked, or ' +
    'not at all, and its owner alone may read it. It holds the key of the certificate authority, those that sign tokens, and ' +
    'the key of encrypted Secrets where that lies in the data directory: keep it as safe as the data directory itself. ' +
    'A key that --encryption-key-file names elsewhere is not in it, nor are logs and images. It is a tar archive.',
  args: [],
  flags: {
    to: text('', 'the file to write, which must not be there', { value: 'file' }),
    'data-dir': DATA_DIR_FLAG,
    kubeconfig: text('', 'ask the server that this file reaches, instead of the one of --data-dir', { value: 'file' }),
  },
  examples: {
    'bellhop backup --to bellhop.tar': 'the server of this machine, running or stopped',
    'bellhop backup --to bellhop.tar --kubeconfig kubeconfig': 'a server elsewhere, as its administrator',
    'kubectl get --raw /backup > bellhop.tar': 'the same without bellhop',
  },
  local: true,
  async run({ flags, out, signal }) {
    const { to, kubeconfig } = flags
    if (!to) throw new ConfigFault('config/invalid', '--to: name the file to write, for example --to bellhop.tar')
    // The store is most of the program: the other commands answer without loading it.
    const { writeBackup } = await import('./backup-file.ts')
    const directory = flags['data-dir']
    const manifest = await writeBackup({ to, directory, signal, ...(kubeconfig && { kubeconfig }) })
    out.line(`${to}: ${manifest.objects} objects, up to revision ${manifest.revision}`)
    if (keyIsElsewhere(manifest)) {
      out.line('Some of them are encrypted, and their key is not in it: keep the file of --encryption-key-file too.')
    }
    return 0
  },
})

/** What of a manifest says where the key is. */
interface Kept {
  readonly encrypted: boolean
  readonly files: readonly { readonly name: string }[]
}

/** Whether objects are encrypted with a key that is not in the backup. */
export function keyIsElsewhere({ encrypted, files }: Kept): boolean {
  return encrypted && !files.some(({ name }) => name === 'encryption.key')
}
