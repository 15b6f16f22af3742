import { type Area, type Case, given, patch, post, put } from '../case.ts'
import { ANYTHING, defined, ofSpec, WIDGETS, widget } from './objects.ts'

type Fields = Readonly<{ [field: string]: unknown }>

/** A schema for `spec.value`, and values of it. */
const VALUES: Readonly<Record<string, readonly [Fields, readonly unknown[]]>> = {
  'a string': [{ type: 'string' }, ['x', '', 7, true, null, ['x'], { a: 1 }]],
  'a string by length': [{ type: 'string', minLength: 2, maxLength: 3 }, ['a', 'ab', 'abcd', 'äöü', '😀😀😀😀']],
  'a string by pattern': [{ type: 'string', pattern: '^[a-z]+$' }, ['abc', 'ABC', '']],
  'a string by an unanchored pattern': [{ type: 'string', pattern: 'b' }, ['abc', 'xyz']],
  'a string of several': [{ type: 'string', enum: ['a', 'b'] }, ['a', 'c', '']],
  'an integer': [{ type: 'integer' }, [1, -1, 1.5, '1', 1e3, 9007199254740993n.toString(), null]],
  'an integer of 32 bits': [{ type: 'integer', format: 'int32' }, [2147483647, 2147483648, -2147483649]],
  'an integer of 64 bits': [{ type: 'integer', format: 'int64' }, [9223372036854775000, 1e30]],
  'a number': [{ type: 'number' }, [1, 1.5, '1.5', true]],
  'a number by bounds': [{ type: 'number', minimum: 1, maximum: 2 }, [1, 2, 0.5, 2.5]],
  'a number by bounds that do not belong': [
    { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true },
    [1, 2, 1.5],
  ],
  'a multiple': [{ type: 'number', multipleOf: 0.5 }, [1.5, 1.6]],
  'an integer of several': [{ type: 'integer', enum: [1, 2] }, [1, 3]],
  'a boolean': [{ type: 'boolean' }, [true, false, 'true', 0]],
  'a list': [{ type: 'array', items: { type: 'string' } }, [[], ['a'], [1], ['a', 2, 'c', null], 'a', {}]],
  'a list by length': [
    { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string' } },
    [[], ['a'], ['a', 'b', 'c']],
  ],
  'a set': [
    { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    [
      ['a', 'b'],
      ['a', 'a'],
      ['a', 'b', 'a', 'b'],
    ],
  ],
  'a list by key': [
    {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['k'],
      items: { type: 'object', required: ['k'], properties: { k: { type: 'string' }, v: { type: 'integer' } } },
    },
    [[{ k: 'a' }, { k: 'b' }], [{ k: 'a' }, { k: 'a', v: 1 }], [{ v: 1 }]],
  ],
  'an object': [
    { type: 'object', properties: { a: { type: 'string' } } },
    [{ a: 'x' }, { a: 7 }, { b: 1 }, {}, 'x', null, []],
  ],
  'an object with required fields': [
    { type: 'object', required: ['a', 'b'], properties: { a: { type: 'string' }, b: { type: 'string' } } },
    [{ a: 'x', b: 'y' }, { a: 'x' }, { b: null, a: 'x' }, {}],
  ],
  'an object by number of fields': [
    { type: 'object', minProperties: 1, maxProperties: 2, additionalProperties: { type: 'string' } },
    [{}, { a: '1' }, { a: '1', b: '2', c: '3' }],
  ],
  'a map': [
    { type: 'object', additionalProperties: { type: 'integer' } },
    [{ a: 1, 'x/y.z': 2 }, { a: 'x' }, { a: null }],
  ],
  'a map of maps': [
    { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'integer' } } } },
    [{ x: { a: 1, gone: 2 } }, { x: { a: 'no' } }],
  ],
  nullable: [{ type: 'string', nullable: true }, [null, 'x', 1]],
  'a nullable object': [
    { type: 'object', nullable: true, properties: { a: { type: 'string' } } },
    [null, {}, { a: null }],
  ],
  'null with a default': [{ type: 'string', default: 'd' }, [null, '', 'x']],
  'null with a default, nullable': [{ type: 'string', default: 'd', nullable: true }, [null]],
  'null in a list': [{ type: 'array', items: { type: 'string', nullable: true } }, [[null, 'a']]],
  'int or string': [{ 'x-kubernetes-int-or-string': true }, [1, 'x', 1.5, true]],
  anything: [{ 'x-kubernetes-preserve-unknown-fields': true }, [{ a: [1, { b: null }] }, 'x', 7]],
  'an object that keeps the unknown': [
    { type: 'object', properties: { a: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true },
    [{ a: 'x', b: { c: 1 } }, { a: 1 }],
  ],
  'an embedded object': [
    { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { any: 1 } },
      { kind: 'Pod' },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'Bad_', labels: { a: '-' } } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', unknown: 1 } },
    ],
  ],
  not: [{ type: 'string', not: { enum: ['bad'] } }, ['good', 'bad']],
  'one of': [{ type: 'integer', oneOf: [{ minimum: 10 }, { maximum: 5 }, { multipleOf: 4 }] }, [11, 3, 7, 12]],
  'any of': [{ type: 'integer', anyOf: [{ minimum: 10 }, { maximum: 5 }] }, [11, 3, 7]],
  'all of': [{ type: 'integer', allOf: [{ minimum: 3 }, { maximum: 5 }] }, [4, 7]],
  'one of the required': [
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    [{ a: 'x' }, { a: 'x', b: 'y' }, {}],
  ],
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2001-02-03T04:05:06Z', '2001-02-03T04:05:06.789+01:00', '2001-02-03', 'x'],
  date: ['2001-02-03', '2001-02-30', 'x'],
  duration: ['3s', '1h30m', 'P1D', 'x'],
  email: ['a@example.com', 'a'],
  hostname: ['a.example.com', '-a', 'a_b'],
  ipv4: ['10.0.0.1', '10.0.0.256', '::1'],
  ipv6: ['::1', '10.0.0.1', 'x'],
  cidr: ['10.0.0.0/8', '10.0.0.0', 'x'],
  mac: ['00:11:22:33:44:55', '00-11-22-33-44-55', 'x'],
  uri: ['https://example.com/a', '/a', 'x y'],
  uuid: ['123e4567-e89b-42d3-a456-426614174000', 'x'],
  uuid4: ['123e4567-e89b-42d3-a456-426614174000', '123e4567-e89b-12d3-a456-426614174000'],
  byte: ['YQ==', 'a', '!'],
  password: ['x', ''],
  bsonobjectid: ['507f1f77bcf86cd799439011', 'x'],
  isbn: ['978-0321751041', 'x'],
  creditcard: ['4111 1111 1111 1111', 'x'],
  ssn: ['111-22-3333', 'x'],
  hexcolor: ['#ff00aa', 'x'],
  rgbcolor: ['rgb(1,2,3)', 'x'],
  unknown: ['anything'],
}

const specOf = (value: Fields) => ofSpec({ value })
const made = (index: number, value: unknown) =>
  post(WIDGETS, widget(`w${index}`, { spec: { value } }), { show: ['spec'] })

const DEFAULTS: Readonly<Record<string, readonly [Fields, readonly unknown[]]>> = {
  'of a field': [{ a: { type: 'string', default: 'x' } }, [{}, { a: 'y' }, { a: '' }]],
  'of an object': [
    { a: { type: 'object', default: {}, properties: { b: { type: 'integer', default: 7 } } } },
    [{}, { a: {} }, { a: { b: 1 } }],
  ],
  'below what is not there': [
    { a: { type: 'object', properties: { b: { type: 'integer', default: 7 } } } },
    [{}, { a: {} }],
  ],
  'in items of a list': [
    { a: { type: 'array', items: { type: 'object', properties: { b: { type: 'integer', default: 7 } } } } },
    [{ a: [{}, { b: 1 }] }],
  ],
  'in values of a map': [
    {
      a: {
        type: 'object',
        additionalProperties: { type: 'object', properties: { b: { type: 'integer', default: 7 } } },
      },
    },
    [{ a: { x: {} } }],
  ],
  'of a list': [{ a: { type: 'array', default: ['x'], items: { type: 'string' } } }, [{}, { a: [] }]],
}

export const schemas: Area = {
  name: 'schema',
  title: 'Schemas of custom kinds',
  about: 'Validation with its messages, pruning, defaults, nullable fields, formats and list types.',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  cases: [
    ...Object.entries(VALUES).map(
      ([name, [value, tried]]): Case => ({
        name: `${name}`,
        steps: [...defined(specOf(value)), ...tried.map((one, index) => made(index, one))],
      }),
    ),
    ...Object.entries(FORMATS).map(
      ([format, tried]): Case => ({
        name: `the format ${format}`,
        source: 'apiextensions-apiserver pkg/apiserver/validation/formats.go',
        steps: [...defined(specOf({ type: 'string', format })), ...tried.map((one, index) => made(index, one))],
      }),
    ),
    ...Object.entries(DEFAULTS).map(
      ([name, [properties, specs]]): Case => ({
        name: `defaults ${name}`,
        steps: [
          ...defined(ofSpec(properties)),
          ...specs.map((spec, index) => post(WIDGETS, widget(`w${index}`, { spec }), { show: ['spec'] })),
        ],
      }),
    ),
    {
      name: 'an object without spec, where spec is required',
      steps: [
        ...defined({ type: 'object', required: ['spec'], properties: { spec: { type: 'object' } } }),
        post(WIDGETS, widget('a')),
      ],
    },
    {
      name: 'several faults are told together',
      steps: [
        ...defined(
          ofSpec({
            a: { type: 'object', required: ['x', 'y'], properties: { x: { type: 'string' }, y: { type: 'string' } } },
          }),
        ),
        post(WIDGETS, widget('a', { spec: { a: {} } })),
      ],
    },
    {
      name: 'unknown fields are pruned everywhere but where they are kept',
      steps: [
        ...defined({
          type: 'object',
          properties: {
            spec: {
              type: 'object',
              properties: {
                known: { type: 'object', properties: { a: { type: 'string' } } },
                kept: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                  properties: { in: { type: 'object', properties: { a: { type: 'string' } } } },
                },
                list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
              },
            },
          },
        }),
        post(WIDGETS, {
          ...widget('a', {
            spec: {
              gone: 1,
              known: { a: 'x', gone: 1 },
              kept: { stays: 1, in: { a: 'x', gone: 1 } },
              list: [{ a: 'x', gone: 1 }],
            },
          }),
          gone: 1,
          status: { gone: 1 },
        }),
      ],
    },
    {
      name: 'a definition without a schema for spec prunes it all',
      steps: [
        ...defined({ type: 'object' }),
        post(WIDGETS, widget('a', { spec: { a: 1 } }), { show: ['spec', 'apiVersion', 'kind'] }),
      ],
    },
    {
      name: 'a field that was valid once may stay when it did not change',
      source:
        'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting',
      steps: [
        ...defined(ofSpec({ a: { type: 'string' }, b: { type: 'string' } })),
        given(post(WIDGETS, widget('a', { spec: { a: 'long', b: 'x' } }))),
        patch('json', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.<group>', {
          body: [
            {
              op: 'add',
              path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/a/maxLength',
              value: 2,
            },
          ],
          show: 'nothing',
        }),
        // A write is first refused by the new schema when the server has taken note of it.
        post(`${WIDGETS}?dryRun=All`, widget('b', { spec: { a: 'long' } }), { until: 422 }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { b: 'y' } }, show: ['spec'] }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 'longer' } } }),
      ],
    },
    {
      name: 'an update is checked as a creation is',
      steps: [
        ...defined(specOf({ type: 'integer', minimum: 3 })),
        given(post(WIDGETS, widget('a', { spec: { value: 3 } }), { as: 'made' })),
        put(
          `${WIDGETS}/a`,
          widget('a', {
            metadata: { name: 'a', resourceVersion: '<made.metadata.resourceVersion>' },
            spec: { value: 1 },
          }),
        ),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { value: 'x' } } }),
        patch('json', `${WIDGETS}/a`, { body: [{ op: 'replace', path: '/spec/value', value: 2 }] }),
      ],
    },
    {
      name: 'names of objects may be bound by the schema',
      steps: [
        ...defined({
          type: 'object',
          properties: { metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 2 } } } },
        }),
        post(WIDGETS, widget('abc'), { show: 'code' }),
        post(WIDGETS, widget('ab'), { show: 'code' }),
      ],
    },
    {
      name: 'numbers keep what they are',
      steps: [
        ...defined(ANYTHING),
        post(
          WIDGETS,
          '{"apiVersion":"<group>/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"f":1.0,"e":1e2,"big":9007199254740993,"neg":-0,"small":1.5e-7}}',
          {
            show: ['spec'],
          },
        ),
      ],
    },
  ],
}
