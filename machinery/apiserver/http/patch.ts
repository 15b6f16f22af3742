import { ApiFault } from '../../api/fault.ts'
import { requireAddress } from '../registry/address.ts'
import { type ApplyRequest, apply } from '../registry/apply.ts'
import { jsonPatch, strayMembers, undecodable } from '../registry/jsonpatch.ts'
import { mergePatch } from '../registry/merge.ts'
import type { Room } from '../registry/room.ts'
import { asBody, isObject, type Served } from '../registry/served.ts'
import { strategicPatch } from '../registry/strategic.ts'
import { update } from '../registry/update.ts'
import { quote } from '../schema/gotext.ts'
import type { Body } from '../store/change.ts'
import { bodyText, contentType } from './body.ts'
import { readConfiguration } from './configuration.ts'
import type { Exchange } from './exchange.ts'
import { type ReadJson, readJson } from './json.ts'
import { checkOptions, isForced, strictFault, strictness, twice, writeOptions } from './options.ts'
import { statusOf, type Target } from './write.ts'

export interface Patched {
  readonly object: Body
  /** Whether there was no such object before. */
  readonly created: boolean
}

/** Changes an object as a patch of one of the kinds there are says. */
export async function patch(room: Room, exchange: Exchange, path: Target): Promise<Patched> {
  const type = patchType(exchange, path.served)
  const text = await bodyText(exchange.request)
  checkOptions(exchange, type === APPLY ? 'apply' : 'patch')
  if (type === APPLY) return applyPatch(room, exchange, { path, text })
  const read = readJson(text)
  if (type !== JSON_PATCH) requireObject(read.value)
  let patched: unknown
  const refused = (faults: readonly string[]) => unfit(patched, `strict decoding error: ${faults.join(', ')}`)
  const options = writeOptions(exchange, straysIn(type, read), refused)
  const way = WAYS[type] ?? mergePatch
  const revise = (now: Body) => {
    patched = way(now, read.value)
    return requireAddress(path.served, asObject(patched), path)
  }
  const object = await update(room, path.served, { key: path, revise, subresource: statusOf(path), options })
  return { object, created: false }
}

function requireObject(patch: unknown): void {
  if (patch === null) throw new ApiFault('BadRequest', 'Invalid JSON Patch')
  if (!isObject(patch)) throw undecodable(patch, 'value of type map[string]interface {}')
}

function straysIn(type: string, read: ReadJson): readonly string[] {
  if (type !== JSON_PATCH) return twice(read)
  const strays = strayMembers(read.value).map(path => `unknown field "${path}"`)
  return [...twice(read), ...strays].map(fault => `json patch ${fault}`)
}

function asObject(patched: unknown): Body {
  if (!isObject(patched) || !isObject(patched.metadata ?? {})) {
    const type = Array.isArray(patched) ? 'array' : typeof patched
    throw unfit(patched, `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`)
  }
  return asBody(patched)
}

/** What became of the object cannot be read as one. */
function unfit(patched: unknown, why: string): ApiFault {
  const message = `Invalid value: ${quote(JSON.stringify(patched))}: ${why}`
  const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }]
  return new ApiFault('Invalid', ` "" is invalid: patch: ${message}`, { causes })
}

const APPLY = 'application/apply-patch+yaml'
const JSON_PATCH = 'application/json-patch+json'
const STRATEGIC = 'application/strategic-merge-patch+json'

type Way = (now: unknown, patch: unknown) => unknown

const WAYS: Readonly<Record<string, Way>> = {
  [JSON_PATCH]: jsonPatch,
  'application/merge-patch+json': mergePatch,
  [STRATEGIC]: strategicPatch,
}

/** Custom kinds know no strategy. */
function patchType({ request }: Exchange, { kind }: Served): string {
  const all = [...Object.keys(WAYS), APPLY].filter(one => !(one === STRATEGIC && kind.schema !== undefined))
  const type = contentType(request)
  if (all.includes(type)) return type
  const sentence = `the body of the request was in an unknown format - accepted media types include: ${all.join(', ')}`
  throw new ApiFault('UnsupportedMediaType', sentence)
}

interface ApplyBody {
  readonly path: Target
  readonly text: string
}

async function applyPatch(room: Room, exchange: Exchange, { path, text }: ApplyBody): Promise<Patched> {
  const { value: configuration, duplicates } = readConfiguration(text)
  const say = strictness(exchange, faults => tooLax(faults))
  const request: ApplyRequest = {
    key: path,
    configuration,
    force: isForced(exchange),
    subresource: statusOf(path),
    options: writeOptions(exchange, [], faults => strictFault(path.served, faults)),
    strict: () => say(duplicates),
  }
  return apply(room, path.served, request)
}

function tooLax(faults: readonly string[]): ApiFault {
  const said = ['yaml: unmarshal errors:', ...faults.map(fault => `  ${fault}`)].join('\n')
  return new ApiFault('BadRequest', `error strict decoding YAML: error converting YAML to JSON: ${said}`)
}
