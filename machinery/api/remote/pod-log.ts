import type { ObjectKey } from '../object.ts'
import { Connection } from './connection.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { linesOf } from './lines.ts'

export interface PodLogOptions {
  /** The newest lines only. */
  readonly tailLines?: number
  /** Goes on with what is said later, until the signal is aborted. */
  readonly follow?: boolean
  readonly signal: AbortSignal
}

const NO_LIMIT = 0 // a quiet service may say nothing for days

/** The lines of a Pod's log, as `kubectl logs` shows them. Refusals are thrown as ApiFaults. */
export async function* podLog(
  config: Kubeconfig,
  pod: ObjectKey,
  { tailLines, follow, signal }: PodLogOptions,
): AsyncGenerator<string, void> {
  const query = new URLSearchParams({
    ...(tailLines !== undefined && { tailLines: String(tailLines) }),
    ...(follow && { follow: 'true' }),
  })
  const { name, namespace = 'default' } = pod
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log?${query}`
  using connection = new Connection(config)
  try {
    const response = await connection.open({ method: 'GET', path, signal })
    yield* linesOf(response, NO_LIMIT)
  } catch (fault) {
    if (!signal.aborted) throw fault
  }
}
