import { createHash, type Hash } from 'node:crypto'
import { ActionFault } from '../fault.ts'
import type { Variables } from '../variables.ts'

const KINDS = [
  { name: 'IMG_SHA256', algorithm: 'sha256', digits: 64 },
  { name: 'IMG_SHA512', algorithm: 'sha512', digits: 128 },
] as const

interface Sum {
  readonly name: string
  readonly wanted: string
  readonly hash: Hash
}

/** The checksums that a template promises of what is downloaded, compared when all of it is there. */
export class Checksums {
  readonly #sums: readonly Sum[]

  constructor(variables: Variables) {
    this.#sums = KINDS.flatMap(({ name, algorithm, digits }) => {
      const wanted = variables.text(name)?.trim().toLowerCase()
      if (wanted === undefined) return []
      if (!new RegExp(`^[0-9a-f]{${digits}}$`).test(wanted)) {
        throw new ActionFault('action/variable', `${name} is "${wanted}": ${digits} hexadecimal digits are wanted`)
      }
      return [{ name, wanted, hash: createHash(algorithm) }]
    })
  }

  get any(): boolean {
    return this.#sums.length > 0
  }

  update(bytes: Uint8Array): void {
    for (const { hash } of this.#sums) hash.update(bytes)
  }

  /** Throws when what came is not what was promised. */
  verify(place: string): void {
    for (const { name, wanted, hash } of this.#sums) {
      const found = hash.digest('hex')
      if (found !== wanted) {
        throw new ActionFault('action/checksum', `${place}: ${name} is ${wanted}, but what was sent has ${found}`)
      }
    }
  }
}
