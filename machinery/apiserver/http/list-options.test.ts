import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange } from './exchange.ts'
import { listOptions } from './list-options.ts'

function asked(query: string): Exchange {
  return { query: new URLSearchParams(query) } as unknown as Exchange
}

// Recorded from kube-apiserver v1.32.9.
const REFUSED: readonly (readonly [string, string])[] = [
  ['resourceVersionMatch=Exact', 'resourceVersionMatch is forbidden unless resourceVersion is provided'],
  [
    'resourceVersionMatch=Foo&resourceVersion=1',
    'Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
  ],
  ['resourceVersionMatch=Exact&resourceVersion=0', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'],
  [
    'resourceVersionMatch=Exact&continue=x&resourceVersion=3',
    'resourceVersionMatch is forbidden when continue is provided',
  ],
  ['sendInitialEvents=true', 'sendInitialEvents is forbidden for list'],
  ['watch=1&sendInitialEvents=true', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'],
  [
    'watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=5',
    'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
  ],
  [
    'watch=1&sendInitialEvents=true&resourceVersionMatch=Exact',
    'Unsupported value: "Exact": supported values: "NotOlderThan"',
  ],
]

for (const [query, why] of REFUSED) {
  test(`${query} is refused`, () => {
    assert.throws(
      () => listOptions(asked(query)),
      (fault: Error & { code?: string }) =>
        fault.code === 'Invalid' &&
        fault.message.startsWith('ListOptions.meta.k8s.io "" is invalid: ') &&
        fault.message.includes(why),
    )
  })
}

const MALFORMED = ['limit=x', 'timeoutSeconds=1s', 'resourceVersion=x', 'resourceVersion=-1', 'resourceVersion=1e3']

for (const query of MALFORMED) {
  test(`${query} is no number, and that is the client's mistake`, () => {
    assert.throws(() => listOptions(asked(query)), { code: 'BadRequest', message: /parsing ".*": invalid syntax$/ })
  })
}

test('what is not said means everything, now', () => {
  assert.deepEqual(listOptions(asked('')), { limit: 0, bookmarks: false, timeoutSeconds: 0 })
  assert.deepEqual(listOptions(asked('limit=-1&watch=true&resourceVersion=0&allowWatchBookmarks=1')), {
    limit: 0,
    revision: 0,
    bookmarks: true,
    timeoutSeconds: 0,
  })
})
