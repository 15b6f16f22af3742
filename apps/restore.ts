import { systemClock } from '../machinery/host/clock.ts'
import { DATA_DIR_FLAG, keyIsElsewhere } from './backup.ts'
import { command, toggle } from './cli/command.ts'

export const restore = command({
  name: 'restore',
  summary: 'Make a data directory of a backup, for `bellhop up` to go on with',
  more:
    'The backup is checked first, to the last byte. A directory whose server runs is refused, and one that is not empty ' +
    'unless --force is given. Versions go on far above those of the backup, so that no client takes what is older for ' +
    'what is newer: whoever watches is told to list again.',
  args: [{ name: '<file>', says: 'what `bellhop backup` wrote' }],
  flags: {
    'data-dir': DATA_DIR_FLAG,
    force: toggle('put what is there aside, into a folder replaced-… beside the restored'),
  },
  examples: {
    'bellhop restore bellhop.tar --data-dir /var/lib/bellhop': 'on a new machine',
    'bellhop restore bellhop.tar --force': 'back to what was, where a server was before',
  },
  local: true,
  async run({ flags, args, out }) {
    const [file = ''] = args
    const directory = flags['data-dir']
    // The store is most of the program: the other commands answer without loading it.
    const { restoreBackup } = await import('../machinery/apiserver/backup/restore.ts')
    const { manifest, revision, aside } = restoreBackup({ file, directory, force: flags.force, clock: systemClock })
    out.line(
      `${directory}: ${manifest.objects} objects, as they were at ${manifest.created}; goes on from revision ${revision}`,
    )
    if (aside !== undefined) out.line(`What was there is in ${aside}.`)
    if (keyIsElsewhere(manifest))
      out.line('Some objects are encrypted, and their key is not in it: give --encryption-key-file.')
    return 0
  },
})
