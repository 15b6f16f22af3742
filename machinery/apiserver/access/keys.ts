import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { keyPem, newKey } from '../pki/certificate.ts'
import { readWhole, writeWhole } from '../pki/file.ts'

/** A key that tokens may be signed with, under the name that they carry (`kid`). */
export interface VerifyingKey {
  readonly id: string
  readonly publicKey: KeyObject
}

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g

/**
 * The keys of service-account tokens in a data directory: `pki/sa.key` signs (ECDSA over P-256), and all keys of
 * `pki/sa.pub` are believed. Whoever takes `sa.key` away is given another at the next start; tokens of the old one hold until
 * its lines are taken out of `sa.pub` too.
 */
export class SigningKeys {
  readonly #paths: { readonly key: string; readonly public: string }
  #signing: { readonly id: string; readonly key: KeyObject }
  #verifying: readonly VerifyingKey[]

  constructor(directory: string) {
    this.#paths = { key: join(directory, 'pki', 'sa.key'), public: join(directory, 'pki', 'sa.pub') }
    this.#verifying = [...(readWhole(this.#paths.public) ?? '').matchAll(PEM_BLOCK)].map(([pem]) =>
      verifyingKey(createPublicKey(pem)),
    )
    const known = readWhole(this.#paths.key)
    this.#signing = known === undefined ? this.#make() : this.#use(createPrivateKey(known))
  }

  /** The key that signs from now on. */
  get signing(): { readonly id: string; readonly key: KeyObject } {
    return this.#signing
  }

  /** All keys that are believed, the newest first. */
  get verifying(): readonly VerifyingKey[] {
    return this.#verifying
  }

  /** Signs with a new key from now on; what the old ones signed stays valid. */
  rotate(): void {
    this.#signing = this.#make()
  }

  #make(): { id: string; key: KeyObject } {
    const { key } = newKey()
    const signing = this.#use(key)
    writeWhole(this.#paths.key, keyPem(key))
    return signing
  }

  /** A key is believed before anything is signed with it. */
  #use(key: KeyObject): { id: string; key: KeyObject } {
    const own = verifyingKey(createPublicKey(key))
    if (!this.#verifying.some(({ id }) => id === own.id)) {
      this.#verifying = [own, ...this.#verifying]
      const pems = this.#verifying.map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' }))
      writeWhole(this.#paths.public, pems.join(''), 0o644)
    }
    return { id: own.id, key }
  }
}

/** Named for a digest of itself, as upstream names them: the key cannot be told from the name. */
function verifyingKey(publicKey: KeyObject): VerifyingKey {
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
  return { id, publicKey }
}
