import { ApiFault, isApiFault, type StatusCause } from '../../api/fault.ts'
import type { DeleteRequest } from '../registry/delete.ts'
import { isObject } from '../registry/served.ts'
import { invalid, notSupported } from '../schema/cause.ts'
import { bodyObject } from './body.ts'
import type { Exchange } from './exchange.ts'
import { callerOf, invalidOptions, unsupportedDryRun } from './options.ts'

type Options = Omit<DeleteRequest, 'key'>
type Fields = Readonly<Record<string, unknown>>

const POLICIES = ['Foreground', 'Background', 'Orphan'] as const

/**
 * How a deletion is to be done: DeleteOptions in the body or, without one, in the query. Whatever cannot be meant refuses the
 * deletion, with all reasons at once (apimachinery `ValidateDeleteOptions`): nothing is deleted by mistake.
 */
export async function deleteOptions(exchange: Exchange): Promise<Options> {
  const fields = hasBody(exchange) ? await bodyFields(exchange) : queryFields(exchange.query)
  const { propagationPolicy, orphanDependents, dryRun, preconditions } = fields
  const dry = listOf(dryRun)
  const causes = [...propagationFaults(fields), ...(dry.every(one => one === 'All') ? [] : [unsupportedDryRun(dry)])]
  if (causes.length > 0) throw invalidOptions('DeleteOptions', causes)
  const { uid, resourceVersion } = isObject(preconditions) ? preconditions : {}
  const propagation =
    POLICIES.find(one => one === propagationPolicy) ?? (orphanDependents === true ? 'Orphan' : undefined)
  return {
    options: { ...callerOf(exchange), dryRun: dry.length > 0 },
    propagation,
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
  }
}

function hasBody({ request: { headers } }: Exchange): boolean {
  const length = headers['content-length']
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0'
}

const TYPES: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'object' | 'array'>> = {
  propagationPolicy: 'string',
  gracePeriodSeconds: 'number',
  orphanDependents: 'boolean',
  preconditions: 'object',
  dryRun: 'array',
}
const GO: Readonly<Record<string, string>> = {
  string: 'v1.DeletionPropagation',
  number: 'int64',
  boolean: 'bool',
  object: 'v1.Preconditions',
  array: '[]string',
}

/** The body's members; what is no DeleteOptions refuses, as upstream does, with a 500 that has no reason. */
async function bodyFields(exchange: Exchange): Promise<Fields> {
  const value = await readable(exchange)
  if (!isObject(value)) throw unreadable("couldn't get version/kind; json parse error: the body is no object")
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = value
  if (kind !== 'DeleteOptions') {
    throw unreadable(`no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`)
  }
  for (const [name, type] of Object.entries(TYPES)) {
    const is = typeOf(value[name])
    if (is === undefined || is === type) continue
    throw unreadable(`json: cannot unmarshal ${is} into Go struct field DeleteOptions.${name} of type ${GO[type]}`)
  }
  return value
}

async function readable({ request }: Exchange): Promise<unknown> {
  try {
    return (await bodyObject(request)).value
  } catch (fault) {
    if (!isApiFault(fault, 'BadRequest')) throw fault
    throw unreadable(`couldn't get version/kind; ${fault.message}`)
  }
}

function unreadable(why: string): ApiFault {
  return new ApiFault('Unknown', why)
}

function typeOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return Array.isArray(value) ? 'array' : typeof value
}

/** As older clients ask; any word but these is a yes. */
function queryFields(query: URLSearchParams): Fields {
  const orphan = query.get('orphanDependents')
  const grace = query.get('gracePeriodSeconds')
  if (grace !== null && !/^[-+]?\d{1,15}$/.test(grace)) {
    throw new ApiFault('BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`)
  }
  return {
    propagationPolicy: query.get('propagationPolicy') ?? undefined,
    ...(orphan !== null && { orphanDependents: !['', '0', 'false'].includes(orphan.toLowerCase()) }),
    dryRun: query.getAll('dryRun'),
  }
}

function propagationFaults({ propagationPolicy, orphanDependents }: Fields): readonly StatusCause[] {
  if (propagationPolicy === undefined || propagationPolicy === null) return []
  const both = orphanDependents !== undefined && orphanDependents !== null
  const sentence = 'orphanDependents and deletionPropagation cannot be both set'
  return [
    ...(POLICIES.some(one => one === propagationPolicy)
      ? []
      : [notSupported('propagationPolicy', propagationPolicy, [...POLICIES, 'nil'])]),
    ...(both ? [invalid('propagationPolicy', propagationPolicy, sentence)] : []),
  ]
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
