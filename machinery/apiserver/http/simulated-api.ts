import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import type { Host } from '../../host/host.ts'
import { openAccess } from '../access/access.ts'
import { openAuthority } from '../pki/authority.ts'
import type { Identity } from '../registry/identity.ts'
import { openRegistry, type Registry } from '../registry/registry.ts'
import { memoryDisk } from '../store/disk.ts'
import { apiHandler } from './handler.ts'
import { type Asked, askHandler, type Said } from './simulated.ts'

/** The whole API but for its socket and its disk: for tests. */
export interface SimulatedApi extends AsyncDisposable {
  readonly registry: Registry
  ask(asked: Asked): Promise<Said>
}

const ADMIN: Identity = { user: 'admin', groups: ['system:masters', 'system:authenticated'] }

/** Whoever asks is taken for the administrator. */
export async function openSimulatedApi(host: Host): Promise<SimulatedApi> {
  const directory = mkdtempSync(join(tmpdir(), 'bellhop-api-'))
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: CUSTOM_KINDS })
  const authority = openAuthority(directory, host.clock)
  const opened = openAccess({ registry, authority, dataDir: directory, host })
  await opened.settled()
  const token = opened.authenticator.token.bind(opened.authenticator)
  const access = { ...opened, authenticator: { identify: async () => ADMIN, token } }
  const closing = new AbortController()
  const handler = apiHandler({ room: registry.room, access, signal: closing.signal })
  return {
    registry,
    ask: asked => askHandler(handler, asked),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await opened[Symbol.asyncDispose]()
      await registry[Symbol.asyncDispose]()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
