import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostFault } from '../../host/fault.ts'
import { writeWhole } from '../pki/file.ts'
import { StoreFault } from './fault.ts'

/** A key of AES-256, known by the beginning of its digest: nobody has to number keys. */
export interface Key {
  readonly id: string
  readonly bytes: Buffer
}

/** The keys of a file: the first seals what is written, all of them open what is read. */
export interface Keyring {
  readonly file: string
  readonly keys: readonly [Key, ...Key[]]
}

export const ID_BYTES = 8
const KEY_BYTES = 32

const HEAD =
  '# Keys of the objects that are encrypted in the store, one a line. The first encrypts; all decrypt.\n' +
  '# To rotate: put a new line first (head -c 32 /dev/urandom | base64), restart, then remove the old one.\n'

/** Where the keys are unless told. */
export function standardKeyFile(directory: string): string {
  return join(directory, 'encryption.key')
}

/**
 * Reads the keys of a file that must be there. Standing beside the store they protect a copy of the store alone: a
 * database that was carried off, a disk's old blocks. Against whoever reads the whole data directory, or a backup, only
 * a file elsewhere helps.
 */
export function readKeyring(file: string): Keyring {
  const lines = textOf(file).split('\n')
  const texts = lines.map(line => line.replace(/#.*/, '').trim()).filter(Boolean)
  const [first, ...others] = texts.map(text => keyOf(text, file))
  if (!first) throw new StoreFault('store/key', `${file} holds no key; ${HOW}`, { file })
  return { file, keys: [first, ...others] }
}

/** Reads the keys of a file, or makes it with a new one. */
export function makeKeyring(file: string): Keyring {
  if (!existsSync(file)) writeWhole(file, `${HEAD}${randomBytes(KEY_BYTES).toString('base64')}\n`)
  return readKeyring(file)
}

const HOW = 'a key is a line of 32 random bytes in base64: head -c 32 /dev/urandom | base64'

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (missing) throw new StoreFault('store/key', `the key file ${file} is not there; put it back`, { file }, error)
    throw hostFault(error, `reading the encryption keys ${file}`)
  }
}

function keyOf(text: string, file: string): Key {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== text) {
    throw new StoreFault('store/key', `${file} holds a line that is no key; ${HOW}`, { file })
  }
  return {
    id: createHash('sha256')
      .update(bytes)
      .digest('hex')
      .slice(0, ID_BYTES * 2),
    bytes,
  }
}
