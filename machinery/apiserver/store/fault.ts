import { Fault } from '../../../wire/fault.ts'

/** What may befall the data directory, each with what an operator can do. */
const CURE = {
  'store/in-use': 'stop the other process, or choose another data directory',
  'store/full': 'free some space; nothing that was acknowledged is lost, and reading goes on',
  'store/broken': 'look at the disk, then start again; nothing that was acknowledged is lost',
  'store/closed': 'the server is being stopped',
  'store/newer': 'start the newer version that wrote this data directory',
  'store/key': 'put the right key file in its place',
  'store/backup': 'take another backup, or name the right file',
  'store/occupied': 'choose another data directory, or replace what is there with --force',
} as const

export type StoreCode = keyof typeof CURE

/** The store cannot do what it was asked; the caller did nothing wrong. */
export class StoreFault extends Fault<StoreCode> {
  get cure(): string {
    return CURE[this.code]
  }
}
