import type { WatchEvent, WatchOptions } from '../client.ts'
import { ApiFault } from '../fault.ts'
import type { Kind } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import { faultOf } from './answer.ts'
import type { Connection } from './connection.ts'
import { linesOf } from './lines.ts'
import { collectionPath, queryOf } from './paths.ts'

/** The server ends a watch after this time and up to as much again, so that not all end at once (client-go's reflector). */
const WATCH_SECONDS = 300

/**
 * Nothing heard for so long means that nobody is there: a real API server sends a bookmark each minute. A quiet server
 * that sends none costs one request in two minutes. Milliseconds.
 */
const SILENCE = 120_000

/** Says on the bookmark of a watch that began with what was there that this was all of it. */
const INITIAL_END = 'k8s.io/initial-events-end'

/** Changes of a kind, until the signal is aborted, the server ends the watch or the connection is lost. */
export async function* watchFrom<T extends KubeObject>(
  connection: Connection,
  kind: Kind<T>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>, void> {
  const { signal } = options
  const path = collectionPath(kind, options.namespace) + queryOf(queryFor(options, connection.random()))
  try {
    const response = await connection.open({ method: 'GET', path, signal })
    for await (const line of linesOf(response, SILENCE)) yield eventOf(line)
  } catch (fault) {
    if (!signal.aborted) throw fault
  }
}

function queryFor({ resourceVersion, labelSelector, fieldSelector }: WatchOptions, chance: number) {
  return {
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(Math.round(WATCH_SECONDS * (1 + chance))),
    labelSelector,
    fieldSelector,
    ...(resourceVersion === undefined
      ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }
      : { resourceVersion }),
  }
}

interface Frame {
  readonly type: WatchEvent<KubeObject>['type'] | 'ERROR'
  readonly object: KubeObject
}

function eventOf<T extends KubeObject>(line: string): WatchEvent<T> {
  const { type, object } = frameOf(line)
  if (type === 'ERROR') throw faultOf(500, JSON.stringify(object))
  if (type !== 'BOOKMARK') return { type, object: object as unknown as T }
  const { resourceVersion = '', annotations = {} } = object.metadata
  return { type, resourceVersion, ...(annotations[INITIAL_END] === 'true' && { initial: true }) }
}

function frameOf(line: string): Frame {
  try {
    return JSON.parse(line) as Frame
  } catch {
    throw new ApiFault('InternalError', 'the watch sent something that is not JSON')
  }
}
