import type { Client } from '../../machinery/api/client.ts'
import { isApiFault } from '../../machinery/api/fault.ts'
import type { Kind } from '../../machinery/api/kind.ts'
import type { KubeObject, ObjectKey } from '../../machinery/api/object.ts'

/** An object as it is now and after each change, undefined while it is not there. Ends with the signal. */
export async function* follow<T extends KubeObject>(
  client: Client,
  kind: Kind<T>,
  { key, signal }: { readonly key: ObjectKey; readonly signal: AbortSignal },
): AsyncGenerator<T | undefined, void> {
  const where = { fieldSelector: `metadata.name=${key.name}`, ...(key.namespace && { namespace: key.namespace }) }
  while (!signal.aborted) {
    const { items, resourceVersion } = await client.list(kind, where)
    yield items[0]
    try {
      for await (const event of client.watch(kind, { ...where, resourceVersion, signal })) {
        if (event.type !== 'BOOKMARK') yield event.type === 'DELETED' ? undefined : event.object
      }
    } catch (fault) {
      if (!isApiFault(fault, 'Expired', 'Gone')) throw fault // too old: list again
    }
  }
}
