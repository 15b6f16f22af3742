import type { Client } from '../api/client.ts'
import type { Kind } from '../api/kind.ts'

/** A kind's objects but for their status, or their status alone. */
export type Part = 'object' | 'status'

/** Asked before every write; what it throws refuses it. */
export type Guard = (kind: Kind, part: Part) => void

/** The same client, each of whose writes is asked for first. Reading is free. */
export function guardedClient(client: Client, guard: Guard): Client {
  return {
    get: (...asked) => client.get(...asked),
    list: (...asked) => client.list(...asked),
    pages: (...asked) => client.pages(...asked),
    watch: (...asked) => client.watch(...asked),
    create: async (kind, object) => {
      guard(kind, 'object')
      return client.create(kind, object)
    },
    update: async (kind, object) => {
      guard(kind, 'object')
      return client.update(kind, object)
    },
    updateStatus: async (kind, object) => {
      guard(kind, 'status')
      return client.updateStatus(kind, object)
    },
    patch: async (kind, key, patch) => {
      guard(kind, patch.subresource ?? 'object')
      return client.patch(kind, key, patch)
    },
    apply: async (kind, wanted, options) => {
      guard(kind, options.subresource ?? 'object')
      return client.apply(kind, wanted, options)
    },
    getScale: (...asked) => client.getScale(...asked),
    scale: async (kind, ...asked) => {
      guard(kind, 'object')
      return client.scale(kind, ...asked)
    },
    delete: async (kind, ...asked) => {
      guard(kind, 'object')
      return client.delete(kind, ...asked)
    },
    deleteCollection: async (kind, options) => {
      guard(kind, 'object')
      return client.deleteCollection(kind, options)
    },
  }
}
