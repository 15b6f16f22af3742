import { type Identity, SYSTEM } from './identity.ts'

/** How a write is read, whose it is, and whether it is kept. */
export interface WriteOptions {
  readonly identity: Identity
  /** The field manager: under which name the fields it writes are noted. */
  readonly manager: string
  readonly dryRun?: boolean
  /** Told of each field that the schema does not know; what it throws refuses the write. */
  readonly unknown?: (paths: readonly string[]) => void
  /** A sentence for the person at the client. */
  readonly warn?: (sentence: string) => void
}

/** Writes of the server itself. */
export const OWN: WriteOptions = { identity: SYSTEM, manager: 'bellhop' }
