import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { goValue } from '../apply/govalue.ts'
import { type ApplyRequest, apply } from '../registry/apply.ts'
import { DecodeFault } from '../registry/decode.ts'
import { jsonPatch, noPatch, strayMembers, undecodable } from '../registry/jsonpatch.ts'
import { mergePatch } from '../registry/merge.ts'
import type { Room } from '../registry/room.ts'
import { isObject, type Served } from '../registry/served.ts'
import { strategicPatch } from '../registry/strategic.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { bodyText, contentType } from './body.ts'
import { readConfiguration } from './configuration.ts'
import type { Exchange } from './exchange.ts'
import { type ReadJson, readJson } from './json.ts'
import { checkOptions, isForced, strictFault, strictness, twice, writeOptions } from './options.ts'
import { patchedJson, readPatched, unfit } from './patched.ts'
import { statusOf, type Target, type Written } from './write.ts'

/** Changes an object as a patch of one of the kinds there are says. */
export async function patch(room: Room, exchange: Exchange, path: Target): Promise<Written> {
  const type = patchType(exchange, path.served)
  const text = await bodyText(exchange.request)
  checkOptions(exchange, type === APPLY ? 'apply' : 'patch')
  const way = WAYS[type]
  if (!way) return applyPatch(room, exchange, { path, text })
  return { object: await changed(room, exchange, { path, text, way }), created: false }
}

interface Patching {
  readonly now: Body
  readonly patched: unknown
  readonly patch: unknown
}

/** How patches of one media type are read and applied. */
interface Way {
  readonly apply: (served: Served, now: Body, patch: unknown) => unknown
  /** Sentences of a strict reader of the patch itself. */
  readonly strays: (read: ReadJson) => readonly string[]
  /** What refusals show. */
  readonly shown: (change: Patching) => string
}

const APPLY = 'application/apply-patch+yaml'
const STRATEGIC = 'application/strategic-merge-patch+json'

const WAYS: Readonly<Record<string, Way>> = {
  'application/json-patch+json': {
    apply: (_, now, patch) => jsonPatch(now, patch),
    strays: straysIn,
    shown: ({ now, patched }) => patchedJson(now, patched),
  },
  'application/merge-patch+json': {
    apply: (_, now, patch) => mergePatch(now, mapOf(patch)),
    strays: twice,
    shown: ({ now, patched }) => patchedJson(now, patched),
  },
  [STRATEGIC]: {
    apply: ({ kind, traits }, now, patch) => {
      const patched = strategicPatch(traits.schema, now, strategicMap(patch))
      return isObject(patched) ? { ...patched, apiVersion: apiVersion(kind), kind: kind.kind } : patched
    },
    strays: twice,
    shown: ({ patch }) => goValue(patch),
  },
}

function mapOf(patch: unknown): unknown {
  if (patch === null) throw new ApiFault('BadRequest', 'Invalid JSON Patch')
  if (isObject(patch)) return patch
  throw noPatch(undecodable(patch, 'value of type map[string]interface {}'))
}

/** Nothing at all is a strategic patch, too; and what is none is refused in other words. */
function strategicMap(patch: unknown): unknown {
  if (patch === null) return {}
  if (isObject(patch)) return patch
  throw new ApiFault('BadRequest', undecodable(patch, 'value of type map[string]interface {}'))
}

function straysIn(read: ReadJson): readonly string[] {
  const strays = strayMembers(read.value).map(path => `unknown field "${path}"`)
  return [...twice(read), ...strays].map(fault => `json patch ${fault}`)
}

/** Custom kinds know no strategy. */
function patchType({ request }: Exchange, { kind }: Served): string {
  const all = [...Object.keys(WAYS), APPLY].filter(one => !(one === STRATEGIC && kind.schema !== undefined))
  const type = contentType(request)
  if (all.includes(type)) return type
  // The real server asks its routes first, and those of custom kinds take everything.
  if (!kind.schema) throw new ApiFault('UnsupportedMediaType', '415: Unsupported Media Type', {})
  const sentence = `the body of the request was in an unknown format - accepted media types include: ${all.join(', ')}`
  throw new ApiFault('UnsupportedMediaType', sentence)
}

interface Changing {
  readonly path: Target
  readonly text: string
  readonly way: Way
}

async function changed(room: Room, exchange: Exchange, { path, text, way }: Changing): Promise<Body> {
  let read: ReadJson | undefined
  let shown = ''
  const refused = (faults: readonly string[]) => unfit(shown, `strict decoding error: ${faults.join(', ')}`)
  const options = writeOptions(exchange, [], refused)
  const say = once(strictness(exchange, refused))
  const revise = (now: Body) => {
    // Whether there is such an object comes first.
    read ??= asked(exchange, readJson(text))
    const patched = way.apply(path.served, now, read.value)
    shown = way.shown({ now, patched, patch: read.value })
    say(way.strays(read))
    return readPatched(room.catalog, path, { now, patched, shown })
  }
  try {
    return await update(room, path.served, { key: path, revise, subresource: statusOf(path), options })
  } catch (fault) {
    throw fault instanceof DecodeFault ? unfit(shown, fault.why) : fault
  }
}

function asked(exchange: Exchange, read: ReadJson): ReadJson {
  exchange.audit?.asked(read.value)
  return read
}

function once(say: (faults: readonly string[]) => void): (faults: readonly string[]) => void {
  let said = false
  return faults => {
    if (!said) say(faults)
    said = true
  }
}

interface ApplyBody {
  readonly path: Target
  readonly text: string
}

async function applyPatch(room: Room, exchange: Exchange, { path, text }: ApplyBody): Promise<Written> {
  const { value: configuration, duplicates } = readConfiguration(text)
  exchange.audit?.asked(configuration)
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
