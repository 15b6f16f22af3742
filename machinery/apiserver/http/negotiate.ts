import { ApiFault } from '../../api/fault.ts'

/** How an answer is written. */
export type Encoding = 'json' | 'yaml' | 'protobuf'

/** What an answer shows of an object: all of it, a row for a person, or who it is. */
export type Shape = 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList'

export interface Form {
  readonly encoding: Encoding
  /** The object itself when absent. */
  readonly as?: Shape
}

/** What there is to choose from. */
export interface Offer {
  readonly encodings: readonly Encoding[]
  readonly shapes: readonly Shape[]
  /** Of a watch: frames one after another, which YAML does not have. */
  readonly stream?: boolean
}

export const MEDIA: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  yaml: 'application/yaml',
  protobuf: 'application/vnd.kubernetes.protobuf',
}

interface Clause {
  readonly type: string
  readonly params: ReadonlyMap<string, string>
  readonly quality: number
}

/**
 * The form that the client likes best of those there are (apiserver `negotiation.NegotiateMediaTypeOptions`): by quality,
 * then in the order it named them. Refuses with `NotAcceptable` when it likes none.
 */
export function formFor(accept: string | undefined, offer: Offer): Form {
  const form = likedForm(accept, offer)
  if (form) return form
  const known = clausesOf(accept).some(({ type }) => isAny(type) || Object.values(MEDIA).includes(type))
  throw known ? notAcceptable(offer) : unknownType(offer)
}

/** The same; undefined when the client likes none. */
export function likedForm(accept: string | undefined, offer: Offer): Form | undefined {
  for (const clause of clausesOf(accept)) {
    const form = formOf(clause, offer)
    if (form) return form
  }
  return undefined
}

function formOf({ type, params }: Clause, { encodings, shapes, stream }: Offer): Form | undefined {
  const encoding = encodings.find(one => MEDIA[one] === type) ?? (isAny(type) ? encodings[0] : undefined)
  if (!encoding || (params.has('stream') && !(stream && params.get('stream') === 'watch'))) return undefined
  const as = params.get('as')
  if (as === undefined) return { encoding }
  const known = shapes.find(one => one === as)
  if (!known || params.get('g') !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(params.get('v') ?? ''))
    return undefined
  // A table has cells of any type, which protobuf cannot say.
  return known === 'Table' && encoding === 'protobuf' ? undefined : { encoding, as: known }
}

function isAny(type: string): boolean {
  return type === '*/*' || type === 'application/*'
}

const MOST_CLAUSES = 32

/** Clauses of an Accept header (RFC 9110 section 12.5.1), the best first; absent, everything is welcome. */
function clausesOf(accept: string | undefined): readonly Clause[] {
  const clauses = (accept || '*/*').split(',', MOST_CLAUSES).map(clauseOf)
  return clauses.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality)
}

function clauseOf(text: string): Clause {
  const [type = '', ...rest] = text.split(';').map(part => part.trim())
  const params = new Map(rest.map(part => splitOnce(part)))
  const quality = Number(params.get('q') ?? 1)
  return { type: type.toLowerCase(), params, quality: quality >= 0 && quality <= 1 ? quality : 1 }
}

function splitOnce(part: string): readonly [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [part, ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()]
}

function notAcceptable({ encodings, stream }: Offer): ApiFault {
  const types = encodings.map(encoding => (stream ? `${MEDIA[encoding]};stream=watch` : MEDIA[encoding]))
  const sentence = `only the following media types are accepted: ${types.join(', ')}`
  return new ApiFault('NotAcceptable', sentence)
}

/** What upstream's router says, which is asked before anybody looks at what else a type says of itself. */
function unknownType({ encodings }: Offer): ApiFault {
  const types = encodings.map(encoding => MEDIA[encoding]).join(', ')
  return new ApiFault('NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${types}`, {})
}
