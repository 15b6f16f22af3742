import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOf } from '../builtin/message.ts'
import { schemaOf } from '../builtin/schema.ts'
import { strategicPatch } from './strategic.ts'

const POD = schemaOf(messageOf('io.k8s.api.core.v1.Pod'))
const DEPLOYMENT = schemaOf(messageOf('io.k8s.api.apps.v1.Deployment'))

const names = (...all: readonly string[]) => all.map(name => ({ name }))
const pod = (containers: unknown, more: object = {}) => ({ spec: { containers, ...more } })
const finalizers = (...all: readonly string[]) => ({ metadata: { finalizers: all } })

// apimachinery `strategicpatch/patch_test.go`, told anew with the kinds of Kubernetes.
const ROWS: readonly [sentence: string, original: object, patch: object, result: object][] = [
  [
    'members are merged, null takes away',
    { metadata: { labels: { a: '1', b: '1' } } },
    { metadata: { labels: { a: null, c: '2' } } },
    { metadata: { labels: { b: '1', c: '2' } } },
  ],
  [
    'a map may be replaced',
    { metadata: { labels: { a: '1' } } },
    { metadata: { labels: { $patch: 'replace', b: '2' } } },
    { metadata: { labels: { b: '2' } } },
  ],
  [
    'a map may be emptied',
    { metadata: { labels: { a: '1' } } },
    { metadata: { labels: { $patch: 'delete' } } },
    { metadata: { labels: {} } },
  ],
  [
    'nulls in something new are nothing',
    {},
    { metadata: { labels: { a: null, b: '1' } } },
    { metadata: { labels: { b: '1' } } },
  ],
  [
    'directives in something new are nothing',
    {},
    pod([{ name: 'a' }, { name: 'b', $patch: 'delete' }]),
    pod(names('a')),
  ],
  [
    'items are merged by their key',
    pod([
      { name: 'a', image: '1' },
      { name: 'b', image: '1' },
    ]),
    pod([{ name: 'b', image: '2' }]),
    pod([
      { name: 'a', image: '1' },
      { name: 'b', image: '2' },
    ]),
  ],
  [
    'items that come stand before those that follow none of them',
    pod(names('a', 'b')),
    pod(names('c')),
    pod(names('c', 'a', 'b')),
  ],
  ['items of the patch stand in its order', pod(names('a', 'b', 'c')), pod(names('c', 'a')), pod(names('b', 'c', 'a'))],
  ['an item may be taken away', pod(names('a', 'b')), pod([{ name: 'a', $patch: 'delete' }]), pod(names('b'))],
  ['a list may be replaced', pod(names('a', 'b')), pod([{ name: 'c' }, { $patch: 'replace' }]), pod(names('c'))],
  [
    'items stand as the order says',
    pod(names('a', 'b', 'c')),
    { spec: { '$setElementOrder/containers': names('c', 'b', 'a') } },
    pod(names('c', 'b', 'a')),
  ],
  [
    'items of the server stand among those that have an order',
    pod(names('a', 'x', 'b')),
    { spec: { '$setElementOrder/containers': names('b', 'a', 'n'), containers: names('n') } },
    pod(names('x', 'b', 'a', 'n')),
  ],
  [
    'what has no key of items is one value',
    pod([], { tolerations: [{ key: 'a' }] }),
    { spec: { tolerations: [{ key: 'b' }] } },
    pod([], { tolerations: [{ key: 'b' }] }),
  ],
  ['plain values are added up', finalizers('a', 'b'), finalizers('c', 'a'), finalizers('c', 'a', 'b')],
  [
    'plain values are taken away',
    finalizers('a', 'b'),
    { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
    finalizers('b'),
  ],
  [
    'plain values stand as the order says',
    finalizers('a', 'b'),
    { metadata: { '$setElementOrder/finalizers': ['c', 'b', 'a'], finalizers: ['c'] } },
    finalizers('c', 'b', 'a'),
  ],
  [
    'only some members are retained',
    pod([], { volumes: [{ name: 'a', emptyDir: {} }] }),
    { spec: { volumes: [{ name: 'a', $retainKeys: ['name', 'secret'], secret: {} }] } },
    pod([], { volumes: [{ name: 'a', secret: {} }] }),
  ],
]

test('strategic patches come out as at the real server', () => {
  for (const [sentence, original, patch, result] of ROWS) {
    const [was, wish] = [JSON.stringify(original), JSON.stringify(patch)]
    assert.deepEqual(strategicPatch(POD, original, patch), result, sentence)
    assert.deepEqual([JSON.stringify(original), JSON.stringify(patch)], [was, wish], `${sentence}: nothing is changed`)
  }
})

test('a strategy is changed with retained keys', () => {
  const original = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } }
  const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }
  assert.deepEqual(strategicPatch(DEPLOYMENT, original, patch), { spec: { strategy: { type: 'Recreate' } } })
})

test('what cannot be merged is refused in the words of the real server', () => {
  const rows: readonly [object, object, string][] = [
    [pod(names('a')), pod([{ image: 'x' }]), 'map: map[image:x] does not contain declared merge key: name'],
    [pod(names('a')), pod([{ $patch: 'delete' }]), 'map: map[$patch:delete] does not contain declared merge key: name'],
    [pod(names('a')), pod([{ $patch: 'nope', name: 'a' }]), 'unknown patch type: nope in map: map[$patch:nope name:a]'],
    [{}, { $patch: 'merge' }, 'unknown patch type: merge in map: map[$patch:merge]'],
    [pod(names('a')), { spec: { $retainKeys: 'x' } }, 'invalid patch format of retainKeys'],
    [pod(names('a')), { spec: { $retainKeys: ['nodeName'], containers: [] } }, 'invalid patch format of retainKeys'],
    [finalizers('a'), { metadata: { $deleteFromPrimitiveList: ['a'] } }, 'invalid patch format of primitive list'],
    [finalizers('a'), { metadata: { $setElementOrder: ['a'] } }, 'invalid patch format of setElementOrder list'],
    [
      finalizers('a'),
      { metadata: { '$setElementOrder/finalizers': ['a', 'b'], finalizers: ['b', 'a'] } },
      "The order in patch list:\n[b a]\n doesn't match $setElementOrder list:\n[a b]\n",
    ],
  ]
  for (const [original, patch, message] of rows) {
    assert.throws(() => strategicPatch(POD, original, patch), { message })
  }
})
