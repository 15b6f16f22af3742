import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../host/clock.ts'
import { silentLog } from '../../host/log.ts'
import type { Conversion } from '../registry/served.ts'
import { asBody } from '../registry/served.ts'
import { type Conversions, DefinitionConversion } from './conversion.ts'
import { readDefinition } from './definition.ts'
import { type WebhookCall, WebhookFault } from './webhook.ts'

// A kind that was kept in v1 and is kept in v2 now; v1 calls `color` what v2 calls `colour`.
const text = { type: 'string' }
const schema = (properties: object) => ({
  openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } },
})
const V1 = {
  name: 'v1',
  served: true,
  storage: false,
  schema: schema({ color: { ...text, default: 'red' }, size: text }),
}
const V2 = { name: 'v2', served: true, storage: true, schema: schema({ colour: text, size: text }) }

const WEBHOOK = {
  strategy: 'Webhook',
  webhook: { clientConfig: { url: 'https://example.com/convert' }, conversionReviewVersions: ['v7', 'v1'] },
}

function definition(conversion: object = { strategy: 'None' }) {
  const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' }
  const status = { acceptedNames: names, storedVersions: ['v1', 'v2'] }
  const spec = { group: 'example.com', names, scope: 'Namespaced', conversion, versions: [V1, V2] }
  return readDefinition(asBody({ metadata: { name: 'widgets.example.com' }, spec, status }))
}

type Ask = (call: WebhookCall) => unknown

function converter(version: 'v1' | 'v2', { conversion, ask = () => ({}) }: { conversion?: object; ask?: Ask } = {}) {
  const calls: WebhookCall[] = []
  const webhooks = {
    call: async (call: WebhookCall) => {
      calls.push(call)
      return ask(call)
    },
  }
  const conversions: Conversions = { webhooks, host: { clock: systemClock, log: silentLog, random: Math.random } }
  const made = definition(conversion)
  const [found] = made.versions.filter(one => one.name === version)
  assert.ok(found)
  const converts: Conversion = new DefinitionConversion({ definition: made, version: found, since: 10, conversions })
  return { converts, calls }
}

const META = { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '5', labels: { l: 'm' } }
const widget = (version: string, spec: object, metadata: object = {}) =>
  asBody({ apiVersion: `example.com/${version}`, kind: 'Widget', metadata: { ...META, ...metadata }, spec })

test('without conversion only the version changes, and each schema keeps what it knows', async () => {
  const { converts } = converter('v2')
  const [shown] = await converts.fromStored([widget('v1', { color: 'blue', size: '1', odd: 'x' })])
  assert.deepEqual(shown, widget('v2', { size: '1' }))
  const [stored] = await converter('v1').converts.toStored([widget('v1', { color: 'blue', size: '1' })])
  assert.deepEqual(stored, widget('v2', { size: '1' }))
})

test('an object of the past is shown as its schema reads it now', async () => {
  const { converts } = converter('v1')
  const [shown] = await converts.fromStored([widget('v1', { size: '1', odd: 'x' })])
  assert.deepEqual(shown, widget('v1', { size: '1', color: 'red' }))
  const new_ = widget('v1', { size: '1' }, { resourceVersion: '11' })
  assert.equal((await converts.fromStored([new_]))[0], new_)
})

test('an object in a version that the definition no longer has cannot be read', async () => {
  await assert.rejects(converter('v1').converts.fromStored([widget('v0', {})]), {
    message: 'request to convert CR from an invalid group/version: example.com/v0',
  })
})

/** A webhook that does as it is asked. */
const obliging: Ask = ({ review }) => {
  const { uid, desiredAPIVersion, objects } = (review as { request: Request }).request
  const convertedObjects = objects.map(({ spec, ...object }) => {
    const { color, ...rest } = spec
    return { ...object, apiVersion: desiredAPIVersion, spec: { ...rest, ...(color && { colour: color }) } }
  })
  return answer({ uid, result: { status: 'Success' }, convertedObjects })
}
interface Request {
  readonly uid: string
  readonly desiredAPIVersion: string
  readonly objects: readonly { readonly spec: Readonly<Record<string, string>> }[]
}
const answer = (response: object) => ({ kind: 'ConversionReview', apiVersion: 'apiextensions.k8s.io/v1', response })

test('a webhook is asked for all objects at once, in their order, and only for those in another version', async () => {
  const { converts, calls } = converter('v2', { conversion: WEBHOOK, ask: obliging })
  const stored = [
    widget('v1', { color: 'blue' }),
    widget('v2', { colour: 'grey' }, { resourceVersion: '12' }),
    widget('v1', { size: '3' }, { name: 'b' }),
  ]
  const shown = await converts.fromStored(stored)
  assert.deepEqual(
    shown.map(object => object.spec),
    [{ colour: 'blue' }, { colour: 'grey' }, { size: '3', colour: 'red' }],
  )
  assert.equal(calls.length, 1)
  const { review, timeoutSeconds, clientConfig } = calls[0] ?? {}
  assert.deepEqual([timeoutSeconds, clientConfig], [30, { url: 'https://example.com/convert' }])
  const { kind, apiVersion, request } = review as { kind: string; apiVersion: string; request: Request }
  assert.deepEqual(
    [kind, apiVersion, request.desiredAPIVersion],
    ['ConversionReview', 'apiextensions.k8s.io/v1', 'example.com/v2'],
  )
  assert.equal(request.objects.length, 2)
})

test('what a webhook said of an object is not asked again, but its failure is', async () => {
  let fails = true
  const ask: Ask = call => {
    if (!fails) return obliging(call)
    throw new WebhookFault('webhook/unreachable', 'Post "https://example.com/convert?timeout=30s": EOF')
  }
  const { converts, calls } = converter('v2', { conversion: WEBHOOK, ask })
  const object = widget('v1', { color: 'blue' })
  const failed = converts.fromStored([object])
  await assert.rejects(failed, {
    message:
      'conversion webhook for example.com/v1, Kind=Widget failed: Post "https://example.com/convert?timeout=30s": EOF',
  })
  fails = false
  await converts.fromStored([object])
  await converts.fromStored([object])
  assert.equal(calls.length, 2)
})

const success = (...convertedObjects: unknown[]) => ({ result: { status: 'Success' }, convertedObjects })
const converted = (metadata: unknown = META, more: object = {}) => {
  return { apiVersion: 'example.com/v2', kind: 'Widget', metadata, spec: {}, ...more }
}
// The sentences of apiextensions `webhook_converter.go` for one object.
const REFUSED: readonly [what: string, response: object, why: RegExp][] = [
  ['no object', success(), /returned 0 objects, expected 1$/],
  ['two objects', success(converted(), converted()), /returned 2 objects, expected 1$/],
  ['a failure', { result: { status: 'Failure', message: 'no idea' } }, /failed: no idea$/],
  [
    'a failure without a reason',
    { result: { status: 'Failure' } },
    /failed: response.result.status was 'Failure', not 'Success'$/,
  ],
  [
    'another question',
    { ...success(converted()), uid: 'x' },
    /failed: expected response.uid="[-0-9a-f]{36}", got "x"$/,
  ],
  [
    'another version',
    success(converted(META, { apiVersion: 'example.com/v3' })),
    /returned invalid object at index 0: invalid groupVersion \(expected example.com\/v2, received example.com\/v3\)$/,
  ],
  [
    'another kind',
    success(converted(META, { kind: 'Gadget' })),
    /returned invalid object at index 0: invalid kind \(expected Widget, received Gadget\)$/,
  ],
  [
    'another name',
    success(converted({ ...META, name: 'b' })),
    /returned invalid object: must have the same name: a != b$/,
  ],
  [
    'another namespace',
    success(converted({ ...META, namespace: 'o' })),
    /returned invalid object: must have the same namespace: n != o$/,
  ],
  [
    'another uid',
    success(converted({ ...META, uid: 'v' })),
    /returned invalid object: must have the same UID: u != v$/,
  ],
  ['metadata that is none', success(converted([])), /returned invalid object: must have the same name: a != $/],
  [
    'a label that is no text',
    success(converted({ ...META, labels: { l: 1 } })),
    /returned invalid metadata: metadata.labels\[l\] must be a string, but is int64 in converted object$/,
  ],
  [
    'labels that are a list',
    success(converted({ ...META, labels: [] })),
    /returned invalid metadata: invalid metadata.labels of type \[\]interface {} in converted object$/,
  ],
  [
    'a label that nobody may have',
    success(converted({ ...META, labels: { l: 'm n' } })),
    /returned invalid metadata: metadata.labels: Invalid value: "m n": a valid label must be/,
  ],
]
for (const [what, response, why] of REFUSED) {
  test(`a webhook that answers with ${what} is not believed`, async () => {
    const ask: Ask = ({ review }) => answer({ uid: (review as { request: Request }).request.uid, ...response })
    const { converts } = converter('v2', { conversion: WEBHOOK, ask })
    const message = new RegExp(`^conversion webhook for example.com/v1, Kind=Widget ${why.source}`)
    await assert.rejects(converts.fromStored([widget('v1', {})]), { message })
  })
}

test('an answer of another kind is not believed', async () => {
  const { converts } = converter('v2', { conversion: WEBHOOK, ask: () => ({ kind: 'Status', apiVersion: 'v1' }) })
  await assert.rejects(converts.fromStored([widget('v1', {})]), {
    message:
      'conversion webhook for example.com/v1, Kind=Widget failed: expected webhook response of ' +
      'apiextensions.k8s.io/v1, Kind=ConversionReview, got v1, Kind=Status',
  })
})

test('a webhook may change labels and annotations, and nothing else of the metadata', async () => {
  const metadata = { ...META, resourceVersion: '99', generation: 7, labels: { new: 'x' }, annotations: { a: 'b' } }
  const ask: Ask = ({ review }) =>
    answer({ uid: (review as { request: Request }).request.uid, ...success(converted(metadata)) })
  const { converts } = converter('v2', { conversion: WEBHOOK, ask })
  const [shown] = await converts.fromStored([widget('v1', {})])
  const { labels: _, ...kept } = META
  assert.deepEqual(shown?.metadata, { ...kept, labels: { new: 'x' }, annotations: { a: 'b' } })
})
