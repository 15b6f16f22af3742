import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Ciphers } from '../../../wire/ipmi/suite.ts'

/** Node's own cryptography, as the codec asks for it. */
export const nodeCiphers: Ciphers = {
  hmac: (digest, key, data) => createHmac(digest, key).update(data).digest(),
  encrypt: (key, iv, plain) => {
    const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
    return Buffer.concat([cipher.update(plain), cipher.final()])
  },
  decrypt: (key, iv, sealed) => {
    const cipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
    return Buffer.concat([cipher.update(sealed), cipher.final()])
  },
}

/** Bytes that nobody can guess: session ids, nonces, vectors. */
export type Random = (length: number) => Uint8Array

export const systemRandom: Random = length => randomBytes(length)
