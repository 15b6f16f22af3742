import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { create } from '../registry/create.ts'
import { jsonPatch } from '../registry/jsonpatch.ts'
import { mergePatch } from '../registry/merge.ts'
import type { WriteOptions } from '../registry/options.ts'
import type { Room } from '../registry/room.ts'
import { asBody, type Served } from '../registry/served.ts'
import { strategicPatch } from '../registry/strategic.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { bodyObject, bodyText, contentType } from './body.ts'
import { type Exchange, warn } from './exchange.ts'
import { type ReadJson, readJson } from './json.ts'
import type { ResourcePath } from './path.ts'
import { methodNotAllowed } from './status.ts'

export interface Target extends ResourcePath {
  readonly name: string
}

export async function post(room: Room, exchange: Exchange, path: ResourcePath): Promise<Body> {
  const read = await bodyObject(exchange.request)
  const options = writeOptions(exchange, path.served, read)
  return create(room, path.served, { namespace: path.namespace, body: read.value, options })
}

export async function put(room: Room, exchange: Exchange, path: Target): Promise<Body> {
  const read = await bodyObject(exchange.request)
  const options = writeOptions(exchange, path.served, read)
  const body = asBody(read.value)
  const { name } = body.metadata
  if (name !== path.name) {
    const sentence = `the name of the object (${name}) does not match the name on the URL (${path.name})`
    throw new ApiFault('BadRequest', sentence)
  }
  checkKind(path.served, body)
  return update(room, path.served, { key: path, revise: () => body, subresource: statusOf(path), options })
}

export async function patch(room: Room, exchange: Exchange, path: Target): Promise<Body> {
  const apply = patchOf(contentType(exchange.request), path.served)
  const read = readJson(await bodyText(exchange.request))
  const options = writeOptions(exchange, path.served, read)
  const revise = (now: Body) => apply(now, read.value)
  return update(room, path.served, { key: path, revise, subresource: statusOf(path), options })
}

type Patch = (now: unknown, patch: unknown) => unknown

const PATCHES: Readonly<Record<string, Patch>> = {
  'application/merge-patch+json': mergePatch,
  'application/json-patch+json': jsonPatch,
  'application/strategic-merge-patch+json': strategicPatch,
}

function patchOf(type: string, served: Served): Patch {
  const found = Object.hasOwn(PATCHES, type) ? PATCHES[type] : undefined
  const own = served.kind.schema !== undefined
  if (found && !(own && found === strategicPatch)) return found
  const types = Object.keys(PATCHES).filter(one => !own || !one.includes('strategic'))
  const sentence =
    type === 'application/apply-patch+yaml'
      ? 'server-side apply is not served yet; use `kubectl apply` without --server-side'
      : `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`
  throw new ApiFault('UnsupportedMediaType', sentence)
}

function checkKind(served: Served, body: Body): void {
  const wanted = apiVersion(served.kind)
  if (body.apiVersion === wanted && body.kind === served.kind.kind) return
  const sentence = `the object provided is ${body.apiVersion}, Kind=${body.kind}, but the request is for ${wanted}, Kind=${served.kind.kind}`
  throw new ApiFault('BadRequest', sentence)
}

function statusOf({ subresource, served }: ResourcePath): string | undefined {
  if (subresource === undefined) return undefined
  if (subresource === 'status' && served.kind.statusSubresource) return 'status'
  throw methodNotAllowed()
}

/** What the request says about how it wants to be read: `fieldValidation`, `dryRun`. */
function writeOptions(exchange: Exchange, served: Served, { duplicates }: ReadJson): WriteOptions {
  const validation = exchange.query.get('fieldValidation') || 'Warn'
  const dryRun = dryRunOf(exchange)
  if (!['Ignore', 'Warn', 'Strict'].includes(validation)) {
    throw new ApiFault(
      'BadRequest',
      `fieldValidation must be Ignore, Warn or Strict, not ${JSON.stringify(validation)}`,
    )
  }
  const say = (faults: readonly string[]) => {
    if (faults.length === 0 || validation === 'Ignore') return
    if (validation === 'Strict') throw strictFault(served, faults)
    for (const fault of faults) warn(exchange, fault)
  }
  say(duplicates.map(path => `duplicate field "${path}"`))
  let said = false // told once, however often the write is tried
  const unknown = (paths: readonly string[]) => {
    if (!said) say(paths.map(path => `unknown field "${path}"`))
    said = true
  }
  return { ...callerOf(exchange), dryRun, unknown }
}

const LONGEST_MANAGER = 128

/** Whose write it is: the identity, and the field manager as the request names it, else the program that sent it. */
export function callerOf(exchange: Exchange): WriteOptions {
  const { identity, query, request } = exchange
  const agent = request.headers['user-agent']?.split('/')[0]?.slice(0, LONGEST_MANAGER)
  const manager = query.get('fieldManager') || agent || 'unknown'
  return { identity, manager, warn: sentence => warn(exchange, sentence) }
}

function strictFault({ kind }: Served, faults: readonly string[]): ApiFault {
  const head = `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}`
  return new ApiFault('BadRequest', `${head}: strict decoding error: ${faults.join(', ')}`)
}

export function dryRunOf({ query }: Exchange): boolean {
  const asked = query.getAll('dryRun')
  if (asked.some(value => value !== 'All')) {
    throw new ApiFault('BadRequest', `dryRun: Unsupported value: "${asked.join(',')}": supported values: "All"`)
  }
  return asked.length > 0
}
