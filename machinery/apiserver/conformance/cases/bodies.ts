import { type Area, type Case, get, given, post } from '../case.ts'
import { ANYTHING, CONFIGMAPS, configMap, defined, SECRETS, secret, WIDGETS } from './objects.ts'

const YAML = 'application/yaml'
const SHOWN = { show: ['data', 'metadata.name', 'spec'] }

/** Bodies of a creation of a ConfigMap, with their media type. */
const BODIES: Readonly<Record<string, readonly [string, string?]>> = {
  nothing: [''],
  spaces: ['  '],
  'no JSON': ['{'],
  'half an object': ['{"metadata":{"name":"a"}'],
  'a list': ['[]'],
  'a string': ['"x"'],
  'a number': ['7'],
  null: ['null'],
  'more after the object': ['{"metadata":{"name":"a"}} x'],
  'two objects': ['{"metadata":{"name":"a"}}{"metadata":{"name":"b"}}'],
  'a byte order mark': ['\uFEFF{"metadata":{"name":"a"}}'],
  'a string for metadata': ['{"metadata":"x"}'],
  'a list for data': ['{"metadata":{"name":"a"},"data":[]}'],
  'a number in data': ['{"metadata":{"name":"a"},"data":{"a":1}}'],
  'null in data': ['{"metadata":{"name":"a"},"data":{"a":null}}'],
  'null for data': ['{"metadata":{"name":"a"},"data":null}'],
  'base64 that is none': ['{"metadata":{"name":"a"},"binaryData":{"a":"!"}}'],
  'a boolean as a string': ['{"metadata":{"name":"a"},"immutable":"true"}'],
  YAML: ['metadata:\n  name: a\ndata:\n  one: "1"\n', YAML],
  'YAML with a duplicate key': ['metadata:\n  name: a\ndata:\n  one: "1"\n  one: "2"\n', YAML],
  'YAML with an anchor': ['metadata: {name: a}\ndata: {a: &x "1", b: *x}\n', YAML],
  'YAML with the key n, which is false in YAML 1.1': ['metadata: {name: a}\ndata: {n: "1"}\n', YAML],
  'YAML with a bare number': ['metadata: {name: a}\ndata: {n: 1}\n', YAML],
  'YAML that is none': ['a: b: c\n', YAML],
  'JSON said to be YAML': ['{"metadata":{"name":"a"}}', YAML],
  'an unknown format': ['x', 'text/plain'],
  'a form': ['a=b', 'application/x-www-form-urlencoded'],
  'JSON with a charset': ['{"metadata":{"name":"a"}}', 'application/json; charset=utf-8'],
  'protobuf that is none': ['x', 'application/vnd.kubernetes.protobuf'],
}

const ACCEPTS = [
  'application/json',
  'application/yaml',
  '*/*',
  'application/*',
  'text/html',
  'text/html,*/*;q=0.1',
  'application/json;q=0.5,application/yaml',
  'application/xml,application/json',
  '',
  'nonsense',
  'application/cbor',
]

export const bodies: Area = {
  name: 'bodies',
  title: 'Bodies and media types',
  about: 'What a body may be, which formats are read and written, and how a bad one is refused.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources',
  cases: [
    ...Object.entries(BODIES).map(
      ([name, [body, type = 'application/json']]): Case => ({
        name: `a creation with ${name}`,
        steps: [post(CONFIGMAPS, body, { type, ...SHOWN })],
      }),
    ),
    ...Object.entries(BODIES)
      .slice(0, 14)
      .map(
        ([name, [body]]): Case => ({
          name: `a creation of a custom object with ${name}`,
          steps: [...defined(ANYTHING), post(WIDGETS, body, SHOWN)],
        }),
      ),
    {
      name: 'a body larger than three megabytes',
      steps: [post(CONFIGMAPS, `{"metadata":{"name":"a"},"data":{"a":"${'x'.repeat(3_200_000)}"}}`)],
    },
    {
      name: 'a ConfigMap larger than a megabyte',
      steps: [post(CONFIGMAPS, configMap('a', { data: { a: 'x'.repeat(1_048_577) } }))],
    },
    ...ACCEPTS.map(
      (accept): Case => ({
        name: `an answer as ${JSON.stringify(accept)}`,
        steps: [
          given(post(SECRETS, secret('a'))),
          get(`${SECRETS}/a`, { headers: { accept }, show: ['metadata.name', 'kind'], showHeaders: ['content-type'] }),
          get(`${SECRETS}/none`, { headers: { accept }, showHeaders: ['content-type'] }),
        ],
      }),
    ),
    {
      name: 'a watch as YAML',
      steps: [
        get(`${SECRETS}?watch=1&timeoutSeconds=1`, {
          headers: { accept: 'application/yaml' },
          show: 'code',
          showHeaders: ['content-type'],
        }),
      ],
    },
    {
      name: 'the media type of a watch',
      steps: [
        get(`${SECRETS}?watch=1&timeoutSeconds=1`, {
          show: 'code',
          showHeaders: ['content-type', 'transfer-encoding'],
        }),
      ],
    },
    {
      name: 'headers that are always there',
      steps: [get(`${SECRETS}/none`, { showHeaders: ['cache-control', 'content-type', 'vary'] })],
    },
    {
      name: 'a small answer is not compressed',
      steps: [
        get(SECRETS, {
          headers: { accept: 'application/json', 'accept-encoding': 'gzip' },
          show: 'code',
          showHeaders: ['content-encoding'],
        }),
      ],
    },
  ],
}
