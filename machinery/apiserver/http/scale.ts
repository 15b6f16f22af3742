import { ApiFault } from '../../api/fault.ts'
import { shownOne } from '../registry/convert.ts'
import { jsonPatch } from '../registry/jsonpatch.ts'
import { mergePatch } from '../registry/merge.ts'
import type { Room } from '../registry/room.ts'
import { SCALE, scaled, scaleOf, shownScale } from '../registry/scale.ts'
import { asBody, notFound, placeOf, type Scaling } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { bodyObject, bodyText, contentType } from './body.ts'
import type { Exchange } from './exchange.ts'
import { readJson } from './json.ts'
import { strictFault, twice, writeOptions } from './options.ts'
import { replyObject } from './read.ts'
import { methodNotAllowed } from './status.ts'
import type { Target } from './write.ts'

/** Answers requests about how many there are of an object: `kubectl scale`, and autoscalers. */
export async function answerScale({ room }: { readonly room: Room }, exchange: Exchange, path: Target): Promise<void> {
  const { scale: scaling } = path.served.traits
  if (!scaling) throw methodNotAllowed()
  const object = await objectFor(room, exchange, { path, scaling })
  const shown = asBody(shownScale(scaleOf(object, scaling)))
  return replyObject(room, exchange, { path: { ...path, served: SCALE }, object: shown, code: 200 })
}

type Scaled = { readonly path: Target; readonly scaling: Scaling }

function objectFor(room: Room, exchange: Exchange, { path, scaling }: Scaled): Promise<Body> {
  switch (exchange.request.method) {
    case 'GET':
      return getObject(room, { path, scaling })
    case 'PUT':
      return putScale(room, exchange, { path, scaling })
    case 'PATCH':
      return patchScale(room, exchange, { path, scaling })
    default:
      throw methodNotAllowed()
  }
}

async function getObject(room: Room, { path, scaling }: Scaled): Promise<Body> {
  const stored = room.store.get(placeOf(path.served, path))
  if (!stored) throw notFound(path.served, path.name)
  const object = await shownOne(path.served, stored)
  if (scaleOf(object, scaling).spec.replicas !== undefined) return object
  const why = `the spec replicas field ${JSON.stringify(scaling.specReplicasPath)} does not exist`
  throw new ApiFault('InternalError', `Internal error occurred: ${why}`)
}

async function putScale(room: Room, exchange: Exchange, { path, scaling }: Scaled): Promise<Body> {
  const read = await bodyObject(exchange.request)
  const options = writeOptions(exchange, twice(read), faults => strictFault(SCALE, faults))
  const body = asBody(read.value)
  if (body.apiVersion !== 'autoscaling/v1' || body.kind !== 'Scale') throw noScale(body)
  if (body.metadata.name !== path.name) {
    const sentence = `the name of the object (${String(body.metadata.name ?? '')}) does not match the name on the URL (${path.name})`
    throw new ApiFault('BadRequest', sentence)
  }
  const whole = { ...body, spec: { replicas: 0, ...Object(body.spec) } }
  const revise = (now: Body) => scaled(now, scaling, whole)
  return update(room, path.served, { key: path, revise, subresource: 'scale', options })
}

function noScale({ apiVersion, kind }: Body): ApiFault {
  const sentence = `the object provided is ${String(apiVersion)}, Kind=${String(kind)}, but the request is for autoscaling/v1, Kind=Scale`
  return new ApiFault('BadRequest', sentence)
}

const PATCHES: Readonly<Record<string, (now: unknown, patch: unknown) => unknown>> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': mergePatch,
}

async function patchScale(room: Room, exchange: Exchange, { path, scaling }: Scaled): Promise<Body> {
  const type = contentType(exchange.request)
  const patch = Object.hasOwn(PATCHES, type) ? PATCHES[type] : undefined
  if (!patch) {
    const types = Object.keys(PATCHES).join(', ')
    const sentence = `the body of the request was in an unknown format - accepted media types include: ${types}`
    throw new ApiFault('UnsupportedMediaType', sentence)
  }
  const read = readJson(await bodyText(exchange.request))
  const options = writeOptions(exchange, twice(read), faults => strictFault(SCALE, faults))
  const revise = (now: Body) => scaled(now, scaling, patch(scaleOf(now, scaling), read.value))
  return update(room, path.served, { key: path, revise, subresource: 'scale', options })
}
