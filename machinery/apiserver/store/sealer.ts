import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Row } from './change.ts'
import { StoreFault } from './fault.ts'
import { ID_BYTES, type Key, type Keyring } from './keyring.ts'

/** A body as it lies on the disk: plain JSON, or sealed. */
export type Kept = string | Uint8Array

/** Which row a body belongs to: moved to another, it does not open. */
export type Of = Pick<Row, 'revision' | 'collection' | 'key'>

/** Collections whose objects are encrypted unless told otherwise. */
export const SECRET: readonly string[] = ['secrets']

// A sealed body: id of the key, nonce, what AES-256-GCM makes of it, tag. The nonce is random: a restored store counts
// its revisions from an earlier one again, so they may not serve.
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = ID_BYTES + NONCE_BYTES

/** Encrypts the bodies of some collections, and opens every body. */
export class Sealer {
  readonly #keyring: Keyring | undefined
  readonly #secret: ReadonlySet<string>

  /** Without keys nothing is encrypted. */
  constructor(keyring?: Keyring, secret: readonly string[] = SECRET) {
    this.#keyring = keyring
    this.#secret = new Set(keyring ? secret : [])
  }

  /** The key and the collections: as long as this stays the same, what is on the disk is sealed as it should be. */
  get rule(): string {
    const [key] = this.#keyring?.keys ?? []
    return key && this.#secret.size > 0 ? `${key.id} ${[...this.#secret].sort().join(' ')}` : ''
  }

  seal(of: Of, json: string): Kept {
    const [key] = this.#keyring?.keys ?? []
    if (!key || !this.#secret.has(of.collection)) return json
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(aboutRow(of))
    const sealed = [Buffer.from(key.id, 'hex'), nonce, cipher.update(json, 'utf8'), cipher.final()]
    return Buffer.concat([...sealed, cipher.getAuthTag()])
  }

  open(of: Of, kept: Kept): string {
    if (typeof kept === 'string') return kept
    const { bytes: key } = this.#keyOf(kept)
    try {
      return unsealed(of, { kept, key })
    } catch (error) {
      const sentence = `${of.collection} ${of.key} in the store was damaged, or changed by somebody without the key`
      throw new StoreFault('store/broken', sentence, {}, error)
    }
  }

  /** Whether the body lies on the disk as it should. */
  fits({ collection }: Of, kept: Kept): boolean {
    const [key] = this.#keyring?.keys ?? []
    if (typeof kept === 'string') return !this.#secret.has(collection)
    return this.#secret.has(collection) && idOf(kept) === key?.id
  }

  #keyOf(sealed: Uint8Array): Key {
    const id = idOf(sealed)
    const key = this.#keyring?.keys.find(one => one.id === id)
    if (key) return key
    const where = this.#keyring ? `${this.#keyring.file} does not hold it` : 'no key file was given'
    const sentence = `the store holds objects that were encrypted with the key ${id}, and ${where}; put it back`
    throw new StoreFault('store/key', sentence, { key: id })
  }
}

function unsealed(of: Of, { kept, key }: { kept: Uint8Array; key: Buffer }): string {
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.length)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(ID_BYTES, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(aboutRow(of)).setAuthTag(bytes.subarray(-TAG_BYTES))
  return decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}

function idOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(0, ID_BYTES)).toString('hex')
}

function aboutRow({ collection, key, revision }: Of): Buffer {
  return Buffer.from(`${collection}\0${key}\0${revision}`)
}
