import { type Area, type Case, given, patch, post } from '../case.ts'
import { DEFINITIONS, defined, definition, ofSpec, WIDGETS, widget } from './objects.ts'

type Rule = Readonly<{ [field: string]: unknown }>

const PROPERTIES = {
  a: { type: 'integer' },
  b: { type: 'integer' },
  text: { type: 'string', maxLength: 200 },
  list: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 20 } },
  map: { type: 'object', maxProperties: 20, additionalProperties: { type: 'string', maxLength: 20 } },
  items: {
    type: 'array',
    maxItems: 10,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string', maxLength: 20 }, size: { type: 'integer' } },
    },
  },
  any: { 'x-kubernetes-int-or-string': true },
  when: { type: 'string', format: 'date-time' },
  span: { type: 'string', format: 'duration' },
  on: { type: 'boolean' },
  ratio: { type: 'number' },
  'odd-name': { type: 'string', maxLength: 10 },
  namespace: { type: 'string', maxLength: 10 },
}

const schema = (rules: readonly Rule[]) => ofSpec(PROPERTIES, { 'x-kubernetes-validations': rules })
const rule = (text: string, more: Rule = {}): Rule => ({ rule: text, ...more })

/** A rule of `spec`, and specs of which some break it. */
const RULES: Readonly<Record<string, readonly [Rule, readonly Rule[]]>> = {
  'a rule without a message': [
    rule('self.a <= self.b'),
    [
      { a: 1, b: 2 },
      { a: 3, b: 2 },
    ],
  ],
  'a message': [rule('self.a <= self.b', { message: 'a must not be above b' }), [{ a: 3, b: 2 }]],
  'a message made by an expression': [
    rule('self.a <= self.b', { messageExpression: '"not with " + self.odd__dash__name' }),
    [
      { a: 3, b: 2, 'odd-name': 'this' },
      { a: 3, b: 2 },
    ],
  ],
  'a reason': [rule('self.a <= self.b', { reason: 'FieldValueForbidden', message: 'no' }), [{ a: 3, b: 2 }]],
  'the reason of a duplicate': [
    rule('self.a <= self.b', { reason: 'FieldValueDuplicate', message: 'no' }),
    [{ a: 3, b: 2 }],
  ],
  'the reason of a missing value': [
    rule('self.a <= self.b', { reason: 'FieldValueRequired', message: 'no' }),
    [{ a: 3, b: 2 }],
  ],
  'a field path': [rule('self.a <= self.b', { fieldPath: '.a', message: 'no' }), [{ a: 3, b: 2 }]],
  'the path of an item': [rule('self.map.x != "no"', { fieldPath: '.map.x', message: 'no' }), [{ map: { x: 'no' } }]],
  'a field that is not there': [rule('self.a > 0'), [{}, { a: 1 }]],
  'has()': [rule('!has(self.a) || self.a > 0'), [{}, { a: 1 }, { a: 0 }]],
  'an optional field': [rule('self.?a.orValue(1) > 0'), [{}, { a: 0 }]],
  'all of a list': [
    rule('self.list.all(x, x.startsWith("a"))'),
    [{ list: ['a', 'ab'] }, { list: ['a', 'b'] }, { list: [] }],
  ],
  'one that exists': [rule('self.list.exists(x, x == "a")'), [{ list: ['b', 'a'] }, { list: [] }]],
  'exactly one': [rule('self.list.exists_one(x, x == "a")'), [{ list: ['a', 'a'] }, { list: ['a'] }]],
  'filter and map': [
    rule('self.items.filter(i, i.size > 1).map(i, i.name) == ["x"]'),
    [{ items: [{ name: 'x', size: 2 }] }, { items: [] }],
  ],
  'size of a string, in characters': [rule('size(self.text) == 2'), [{ text: 'äö' }, { text: 'abc' }]],
  'keys of a map': [rule('self.map.all(k, k.matches("^[a-z]+$"))'), [{ map: { a: '1' } }, { map: { A: '1' } }]],
  'in a map': [rule('"a" in self.map'), [{ map: { a: '1' } }, { map: { b: '1' } }]],
  'matches with RE2': [rule('self.text.matches("^a.*z$")'), [{ text: 'abcz' }, { text: 'abc' }]],
  'find and findAll': [
    rule('self.text.find("[0-9]+") == "12" && self.text.findAll("[0-9]+").size() == 2'),
    [{ text: 'a12b3' }, { text: 'a1' }],
  ],
  'split and replace': [
    rule('self.odd__dash__name.split(",")[0].replace("a", "b") == "b"'),
    [{ 'odd-name': 'a,c' }, { 'odd-name': 'c' }],
  ],
  'lower case and trim': [rule('self.text.lowerAscii().trim() == "abc"'), [{ text: ' ABC ' }, { text: 'x' }]],
  'substring and indexOf': [
    rule('self.text.substring(1, 3) == "bc" && self.text.indexOf("c") == 2'),
    [{ text: 'abcd' }, { text: 'xyzz' }],
  ],
  'substring past the end': [rule('self.text.substring(1, 9) == "bc"'), [{ text: 'abc' }]],
  'isSorted, sum, min, max': [
    rule('self.items.map(i, i.size).isSorted() && self.items.map(i, i.size).sum() < 10'),
    [
      {
        items: [
          { name: 'a', size: 1 },
          { name: 'b', size: 2 },
        ],
      },
      {
        items: [
          { name: 'a', size: 2 },
          { name: 'b', size: 1 },
        ],
      },
    ],
  ],
  'indexOf of a list': [rule('self.list.indexOf("b") == 1'), [{ list: ['a', 'b'] }, { list: [] }]],
  'a URL': [
    rule('url(self.text).getHost() == "example.com:80" && isURL(self.text)'),
    [{ text: 'https://example.com:80/a' }, { text: 'https://other' }, { text: 'x y' }],
  ],
  'an address': [rule('ip(self.text).family() == 4'), [{ text: '10.0.0.1' }, { text: '::1' }, { text: 'x' }]],
  'a network': [rule('cidr("10.0.0.0/8").containsIP(self.text)'), [{ text: '10.1.2.3' }, { text: '11.0.0.1' }]],
  'isIP and isCIDR': [rule('isIP(self.text) || isCIDR(self.text)'), [{ text: '10.0.0.0/8' }, { text: 'x' }]],
  'a quantity': [
    rule('quantity(self.text).isGreaterThan(quantity("1Gi"))'),
    [{ text: '2Gi' }, { text: '5M' }, { text: 'x' }],
  ],
  'a named format': [rule('!format.dns1123Label().validate(self.text).hasValue()'), [{ text: 'abc' }, { text: 'A' }]],
  'a time': [
    rule('self.when > timestamp("2001-01-01T00:00:00Z")'),
    [{ when: '2002-01-01T00:00:00Z' }, { when: '2000-01-01T00:00:00Z' }],
  ],
  'a duration': [rule('self.span < duration("1h")'), [{ span: '30m' }, { span: '2h' }]],
  'a number with decimals': [rule('self.ratio < 0.5'), [{ ratio: 0.25 }, { ratio: 1 }]],
  'int or string': [
    rule('type(self.any) == int ? self.any > 1 : self.any.endsWith("%")'),
    [{ any: 2 }, { any: '5%' }, { any: 'x' }],
  ],
  'a ternary and booleans': [
    rule('self.on ? self.a > 0 : self.a == 0'),
    [
      { on: true, a: 1 },
      { on: false, a: 1 },
    ],
  ],
  'a name with a hyphen, escaped': [rule('self.odd__dash__name == "x"'), [{ 'odd-name': 'x' }, { 'odd-name': 'y' }]],
  'a reserved name, escaped': [rule('self.__namespace__ == "x"'), [{ namespace: 'x' }, { namespace: 'y' }]],
  'division by zero': [rule('1 / self.a > 0'), [{ a: 1 }, { a: 0 }]],
  'an overflow': [rule('self.a + 1 > self.a'), [{ a: 1 }]],
  'an index past the end': [rule('self.list[3] == "a"'), [{ list: ['a'] }]],
  'a key that is not there': [rule('self.map["x"] == "a"'), [{ map: {} }]],
  'a macro in a macro': [rule('self.list.all(x, self.list.exists(y, y == x + "!"))'), [{ list: [] }, { list: ['a'] }]],
  'a transition': [rule('self.a >= oldSelf.a', { message: 'a may only grow' }), [{ a: 1 }]],
  'string formats': [
    rule('"%s-%d".format([self.text, self.a]) == "x-1"'),
    [
      { text: 'x', a: 1 },
      { text: 'y', a: 1 },
    ],
  ],
  sets: [rule('sets.contains(["a", "b", "c"], self.list)'), [{ list: ['a', 'c'] }, { list: ['d'] }]],
}

/** Rules that are refused where they are written. */
const BAD: Readonly<Record<string, Rule>> = {
  'with a macro of two variables, which 1.32 does not know': rule('self.map.all(k, v, k != v)'),
  'with cel.bind, which 1.32 does not know': rule('cel.bind(x, self.a + 1, x * x < 10)'),
  'with math, which 1.32 does not know': rule('math.greatest(self.a, self.b) < 5'),
  'that does not parse': rule('self.a >'),
  'of an unknown field': rule('self.nothing == 1'),
  'of the wrong type': rule('self.a == "x"'),
  'that is not a boolean': rule('self.a + 1'),
  'with an unknown function': rule('explode(self.a)'),
  'that is empty': rule(''),
  'of spaces': rule('  '),
  'with a message of two lines': rule('self.a > 0', { message: 'one\ntwo' }),
  'with a message that is not text': rule('self.a > 0', { messageExpression: '1' }),
  'with a message that does not parse': rule('self.a > 0', { messageExpression: '"a' }),
  'with an unknown reason': rule('self.a > 0', { reason: 'Because' }),
  'with a field path to nowhere': rule('self.a > 0', { fieldPath: '.nowhere' }),
  'with a field path without a dot': rule('self.a > 0', { fieldPath: 'a' }),
  'with a reserved name, not escaped': rule('self.namespace == "x"'),
  'that needs an old value for optionalOldSelf': rule('self.a > 0', { optionalOldSelf: true }),
  'that is dear beyond measure': rule(
    'self.list.all(a, self.list.all(b, self.list.all(c, self.list.all(d, self.list.all(e, a + b + c + d + e != "x")))))',
  ),
}

export const cel: Area = {
  name: 'cel',
  title: 'Validation rules (CEL)',
  about: 'Rules in schemas: their language, libraries, messages, transitions, and how a bad rule is refused.',
  source: 'https://kubernetes.io/docs/reference/using-api/cel/',
  cases: [
    ...Object.entries(RULES).map(
      ([name, [one, specs]]): Case => ({
        name: `${name}: ${one.rule}`,
        steps: [
          ...defined(schema([one])),
          ...specs.map((spec, index) => post(WIDGETS, widget(`w${index}`, { spec }), { show: ['spec'] })),
        ],
      }),
    ),
    ...Object.entries(BAD).map(
      ([name, one]): Case => ({
        name: `a rule ${name}`,
        steps: [post(DEFINITIONS, definition(schema([one])), { show: ['spec.versions.0.name'] })],
      }),
    ),
    {
      name: 'a transition compares with what was, and is not asked on creation',
      source:
        'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#transition-rules',
      steps: [
        ...defined(schema([rule('self.a >= oldSelf.a', { message: 'a may only grow' })])),
        given(post(WIDGETS, widget('a', { spec: { a: 5 } }))),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 6 } }, show: ['spec'] }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 3 } } }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: null }, show: ['spec'] }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 1 } }, show: ['spec'] }),
      ],
    },
    {
      name: 'an immutable field',
      steps: [
        ...defined(
          ofSpec({
            a: { type: 'string', 'x-kubernetes-validations': [rule('self == oldSelf', { message: 'a is immutable' })] },
          }),
        ),
        given(post(WIDGETS, widget('a', { spec: { a: 'x' } }))),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 'y' } } }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: null } }, show: ['spec'] }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 'y' } }, show: ['spec'] }),
      ],
    },
    {
      name: 'optionalOldSelf is asked on creation too',
      steps: [
        ...defined(
          schema([
            rule('!oldSelf.hasValue() || self.a > oldSelf.value().a', { optionalOldSelf: true, message: 'must grow' }),
          ]),
        ),
        post(WIDGETS, widget('a', { spec: { a: 5 } }), { show: ['spec'] }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 4 } } }),
      ],
    },
    {
      name: 'transitions in items of a list by key follow the key',
      steps: [
        ...defined(
          ofSpec({
            items: {
              type: 'array',
              maxItems: 5,
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['name'],
              items: {
                type: 'object',
                required: ['name'],
                properties: { name: { type: 'string', maxLength: 5 }, size: { type: 'integer' } },
                'x-kubernetes-validations': [rule('self.size >= oldSelf.size', { message: 'size may only grow' })],
              },
            },
          }),
        ),
        given(
          post(
            WIDGETS,
            widget('a', {
              spec: {
                items: [
                  { name: 'x', size: 1 },
                  { name: 'y', size: 9 },
                ],
              },
            }),
          ),
        ),
        patch('merge', `${WIDGETS}/a`, {
          body: {
            spec: {
              items: [
                { name: 'y', size: 9 },
                { name: 'x', size: 2 },
                { name: 'z', size: 0 },
              ],
            },
          },
          show: ['spec'],
        }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { items: [{ name: 'y', size: 8 }] } } }),
      ],
    },
    {
      name: 'a transition in items of a plain list is refused where it is written',
      steps: [
        post(
          DEFINITIONS,
          definition(
            ofSpec({
              list: {
                type: 'array',
                items: { type: 'integer', 'x-kubernetes-validations': [rule('self >= oldSelf')] },
              },
            }),
          ),
        ),
      ],
    },
    {
      name: 'a rule of the whole object sees its name and type',
      steps: [
        ...defined({
          type: 'object',
          properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } },
          'x-kubernetes-validations': [
            rule('self.metadata.name.startsWith("w") && self.kind == "Widget" && self.apiVersion.endsWith("/v1")'),
          ],
        }),
        post(WIDGETS, widget('w1'), { show: 'code' }),
        post(WIDGETS, widget('x1')),
      ],
    },
    {
      name: 'a rule of the whole object does not see its labels',
      steps: [
        post(
          DEFINITIONS,
          definition({ type: 'object', 'x-kubernetes-validations': [rule('has(self.metadata.labels)')] }),
        ),
      ],
    },
    {
      name: 'rules are not asked where the schema is broken already',
      steps: [
        ...defined(schema([rule('self.a > 5')])),
        post(WIDGETS, widget('a', { spec: { a: 'x' } })),
        post(WIDGETS, widget('b', { spec: { a: 1 } })),
      ],
    },
    {
      name: 'several rules that are broken are told in order',
      steps: [
        ...defined(
          schema([
            rule('self.a > 5', { message: 'one' }),
            rule('self.b > 5', { message: 'two' }),
            rule('self.a > 0', { message: 'three' }),
          ]),
        ),
        post(WIDGETS, widget('a', { spec: { a: 1, b: 1 } })),
      ],
    },
    {
      name: 'a rule that holds no longer does not hinder what did not change',
      source: 'validation ratcheting',
      steps: [
        ...defined(ofSpec({ a: { type: 'integer' }, b: { type: 'integer' } })),
        given(post(WIDGETS, widget('a', { spec: { a: 1, b: 1 } }))),
        patch('json', `${DEFINITIONS}/widgets.<group>`, {
          body: [
            {
              op: 'add',
              path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/a/x-kubernetes-validations',
              value: [rule('self > 5', { message: 'a must be above 5' })],
            },
          ],
          show: 'nothing',
        }),
        post(`${WIDGETS}?dryRun=All`, widget('b', { spec: { a: 1 } }), { until: 422 }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { b: 2 } }, show: ['spec'] }),
        patch('merge', `${WIDGETS}/a`, { body: { spec: { a: 2 } } }),
      ],
    },
    {
      name: 'the status has rules too',
      steps: [
        ...defined(
          {
            type: 'object',
            properties: {
              status: {
                type: 'object',
                properties: { n: { type: 'integer', 'x-kubernetes-validations': [rule('self >= oldSelf')] } },
              },
            },
          },
          {
            version: {
              subresources: { status: {} },
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  properties: {
                    status: {
                      type: 'object',
                      properties: { n: { type: 'integer', 'x-kubernetes-validations': [rule('self >= oldSelf')] } },
                    },
                  },
                },
              },
            },
          },
        ),
        given(post(WIDGETS, widget('a'))),
        patch('merge', `${WIDGETS}/a/status`, { body: { status: { n: 5 } }, show: ['status'] }),
        patch('merge', `${WIDGETS}/a/status`, { body: { status: { n: 4 } } }),
      ],
    },
  ],
}
