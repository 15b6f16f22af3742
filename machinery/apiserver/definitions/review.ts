import { isDeepStrictEqual } from 'node:util'
import { metadataFaults } from '../registry/metadata.ts'
import { asBody, isObject } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { REVIEW_VERSIONS } from './conversion-faults.ts'
import { goType } from './go-type.ts'
import { fieldsOf, textOf } from './reading.ts'

// The question a conversion webhook is asked, and what may be made of its answer (apiextensions `webhook_converter.go`).

const GROUP = 'apiextensions.k8s.io'

export interface Question {
  /** Of the definition: the first that the server speaks is used. */
  readonly reviewVersions: readonly string[]
  readonly uid: string
  /** The `apiVersion` that is wanted. */
  readonly wanted: string
  readonly objects: readonly Body[]
}

/** The ConversionReview to send. */
export function reviewOf({ reviewVersions, uid, wanted, objects }: Question): object {
  const request = { uid, desiredAPIVersion: wanted, objects }
  return { kind: 'ConversionReview', apiVersion: `${GROUP}/${spoken(reviewVersions)}`, request }
}

function spoken(versions: readonly string[]): string {
  return versions.find(version => REVIEW_VERSIONS.includes(version)) ?? 'v1'
}

/** Either what came of it, or why it cannot be used. */
export type Answer = { readonly objects: readonly Body[] } | { readonly why: string }

/** Reads the webhook's answer; all objects, in their order, or none. The reason begins where upstream's sentence goes on. */
export function readAnswer(answer: unknown, question: Question): Answer {
  const said = fieldsOf(answer) ?? {}
  const strange = spoken(question.reviewVersions) === 'v1' ? strangeness(said, question) : undefined
  if (strange !== undefined) return { why: `failed: ${strange}` }
  const response = fieldsOf(said.response)
  if (!response) return { why: 'failed: no response provided' }
  const result = fieldsOf(response.result) ?? {}
  if (result.status !== 'Success') {
    const silent = `response.result.status was '${textOf(result.status)}', not 'Success'`
    return { why: `failed: ${textOf(result.message) || silent}` }
  }
  const converted = Array.isArray(response.convertedObjects) ? response.convertedObjects : []
  if (converted.length !== question.objects.length) {
    return { why: `returned ${converted.length} objects, expected ${question.objects.length}` }
  }
  return paired(converted, question)
}

/** Only a v1 review must be the answer to this very question. */
function strangeness(said: Readonly<Record<string, unknown>>, { uid }: Question): string | undefined {
  const wanted = `${GROUP}/v1, Kind=ConversionReview`
  const got = `${textOf(said.apiVersion)}, Kind=${textOf(said.kind)}`
  if (got !== wanted) return `expected webhook response of ${wanted}, got ${got}`
  const response = fieldsOf(said.response)
  if (!response || response.uid === uid) return undefined
  return `expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(textOf(response.uid))}`
}

function paired(converted: readonly unknown[], { objects, wanted }: Question): Answer {
  const results: Body[] = []
  for (const [at, original] of objects.entries()) {
    const made = restored(original, converted[at], wanted)
    if ('why' in made) return { why: `returned invalid ${placeOf(made, { at, of: objects.length })}: ${made.why}` }
    results.push(made.object)
  }
  return { objects: results }
}

/** Upstream speaks in one way of one object, in another of many. */
function placeOf({ what }: Flaw, { at, of }: { at: number; of: number }): string {
  if (of === 1) return what === 'type' ? 'object at index 0' : what === 'identity' ? 'object' : 'metadata'
  return what === 'metadata' ? `metadata in object at index ${at}` : `converted object at index ${at}`
}

type Flaw = { readonly what: 'type' | 'identity' | 'metadata'; readonly why: string }
type Restored = { readonly object: Body } | Flaw

/** The converted object with the metadata it had: of those, a webhook may only change labels and annotations. */
function restored(original: Body, converted: unknown, wanted: string): Restored {
  const typed = isObject(converted) ? typeFault(original, converted, wanted) : 'not a JSON object'
  if (typed !== undefined || !isObject(converted)) return { what: 'type', why: typed ?? '' }
  const metadata = converted.metadata ?? {}
  const changed = changedIdentity(original, isObject(metadata) ? metadata : {})
  if (changed !== undefined) return { what: 'identity', why: changed }
  if (!isObject(metadata)) {
    return { what: 'metadata', why: `invalid metadata of type ${goType(metadata)} in converted object` }
  }
  const why = textsFault(metadata) ?? meaningFault(original, metadata)
  if (why !== undefined) return { what: 'metadata', why }
  const { labels: _, annotations: __, ...kept } = original.metadata
  const free = Object.fromEntries(
    FREE.filter(field => isObject(metadata[field])).map(field => [field, metadata[field]]),
  )
  return { object: asBody({ ...converted, metadata: { ...kept, ...free } }) }
}

function typeFault(original: Body, converted: Readonly<Record<string, unknown>>, wanted: string): string | undefined {
  const [version, kind] = [textOf(converted.apiVersion), textOf(converted.kind)]
  if (version !== wanted) return `invalid groupVersion (expected ${wanted}, received ${version})`
  return kind === original.kind ? undefined : `invalid kind (expected ${original.kind}, received ${kind})`
}

const FREE = ['labels', 'annotations'] as const

function changedIdentity(original: Body, metadata: Readonly<Record<string, unknown>>): string | undefined {
  for (const [field, said] of [
    ['name', 'name'],
    ['namespace', 'namespace'],
    ['uid', 'UID'],
  ] as const) {
    const [had, has] = [textOf(original.metadata[field]), textOf(metadata[field])]
    if (had !== has) return `must have the same ${said}: ${had} != ${has}`
  }
  return undefined
}

function textsFault(metadata: Readonly<Record<string, unknown>>): string | undefined {
  for (const field of FREE) {
    const map = metadata[field]
    if (map === undefined || map === null) continue
    if (!isObject(map)) return `invalid metadata.${field} of type ${goType(map)} in converted object`
    const bad = Object.entries(map).find(([, value]) => typeof value !== 'string')
    if (bad) return `metadata.${field}[${bad[0]}] must be a string, but is ${goType(bad[1])} in converted object`
  }
  return undefined
}

/** Labels and annotations that it changed must be such as could have been written. */
function meaningFault(original: Body, metadata: Readonly<Record<string, unknown>>): string | undefined {
  const changed = FREE.filter(field => !isDeepStrictEqual(metadata[field] ?? {}, original.metadata[field] ?? {}))
  const asked = Object.fromEntries(changed.map(field => [field, metadata[field]]))
  const faults = metadataFaults({ name: 'x', ...asked })
  const said = faults.map(({ field, message }) => `${field.replace('annotations', 'annotation')}: ${message}`)
  return said.length > 1 ? `[${said.join(', ')}]` : said[0]
}
