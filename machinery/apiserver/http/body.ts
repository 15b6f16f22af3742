import { load } from 'js-yaml'
import { ApiFault } from '../../api/fault.ts'
import { readProtobuf } from '../protobuf/envelope.ts'
import type { Incoming } from './incoming.ts'
import { type ReadJson, readJson } from './json.ts'

const PROTOBUF = 'application/vnd.kubernetes.protobuf'
const MOST_BYTES = 3 * 1024 * 1024 // as kube-apiserver has it

export async function bodyText(request: Incoming): Promise<string> {
  return (await bodyBytes(request)).toString('utf8')
}

/** The whole body; refuses one that is too long as soon as that shows. */
async function bodyBytes(request: Incoming): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > MOST_BYTES) {
      throw new ApiFault('RequestEntityTooLarge', `Request entity too large: limit is ${MOST_BYTES}`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function contentType(request: Incoming): string {
  return (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? ''
}

/** The body as an object, read as its content type says. */
export async function bodyObject(request: Incoming): Promise<ReadJson> {
  const type = contentType(request)
  if (type === PROTOBUF) return { value: readProtobuf(await bodyBytes(request)), duplicates: [] }
  const text = await bodyText(request)
  if (type === 'application/json' || type === '') return readJson(text)
  if (type === 'application/yaml') return readYaml(text)
  const sentence = `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, ${PROTOBUF}`
  throw new ApiFault('UnsupportedMediaType', sentence)
}

/** YAML as one document of JSON: no aliases, so that a short text cannot stand for a huge object. */
export function readYaml(text: string): ReadJson {
  let value: unknown
  try {
    value = load(text, { maxAliases: 0, maxDepth: 100 })
  } catch (error) {
    throw new ApiFault(
      'BadRequest',
      `the object provided is not YAML: ${error instanceof Error ? error.message : error}`,
    )
  }
  return readJson(JSON.stringify(value ?? null))
}
