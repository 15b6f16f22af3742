import type { Client } from '../api/client.ts'
import { CUSTOM_KINDS } from '../api/kinds.ts'
import type { Host } from '../host/host.ts'
import { type AdmissionRule, ruleAdmission } from './registry/admission.ts'
import { ALLOW_ALL } from './registry/authorizer.ts'
import { openRegistry } from './registry/registry.ts'
import { memoryDisk } from './store/disk.ts'

export interface MemoryApi extends AsyncDisposable {
  readonly client: Client
  /** Resolves when the garbage collector has nothing left to do. */
  settled(): Promise<void>
}

/** The embedded API with every kind of the house, kept in memory alone: for tests. */
export async function memoryApi(host: Host, rules: readonly AdmissionRule[] = []): Promise<MemoryApi> {
  const registry = await openRegistry({
    disk: memoryDisk(),
    host,
    kinds: CUSTOM_KINDS,
    admission: rules.map(ruleAdmission),
    authorizer: ALLOW_ALL,
  })
  return {
    client: registry.client({ user: 'test' }),
    settled: () => registry.settled(),
    [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
  }
}
