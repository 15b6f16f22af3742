import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { applyConfiguration } from './configuration.ts'
import { ConflictFault } from './conflict.ts'
import { type Manager, type Managers, managerKey } from './managers.ts'
import { EMPTY, ordered, union } from './set.ts'
import { type Shape, shapeOfKind } from './shape.ts'
import { noteUpdate } from './update.ts'
import { onlyVersion } from './versions.ts'

const VERSION = 'v1'
const HEAD = { apiVersion: VERSION }

/** An object and its managers, changed by one after another. */
class Living {
  #object: unknown = HEAD
  managers: Managers = new Map()
  readonly #shape: Shape

  constructor(schema: SchemaNode) {
    this.#shape = shapeOfKind(schema)
  }

  async apply(manager: string, wish: object, { force = false } = {}): Promise<void> {
    const by: Manager = { manager, operation: 'Apply', apiVersion: VERSION, fields: EMPTY }
    const { managers, live, versions } = this.#now
    const configuration = { ...HEAD, ...wish }
    const done = await applyConfiguration({ versions, live, configuration, managers, by, force, ignored: EMPTY })
    this.managers = done.managers
    this.#object = done.object ?? this.#object
  }

  async update(manager: string, next: object): Promise<void> {
    const { managers, live, versions } = this.#now
    const object = { ...HEAD, ...next }
    const after = { ...live, object }
    const { managers: left, taken } = await noteUpdate({ versions, before: live, after, managers, ignored: EMPTY })
    const by: Manager = { manager, operation: 'Update', apiVersion: VERSION, fields: EMPTY }
    const had = left.get(managerKey(by))?.fields ?? EMPTY
    this.managers = new Map(left).set(managerKey(by), { ...by, fields: union(had, taken) })
    this.#object = object
  }

  get object(): unknown {
    const { apiVersion: _, ...object } = isObject(this.#object) ? this.#object : {}
    return object
  }

  fieldsOf(name: string): string | undefined {
    const found = [...this.managers.values()].find(({ manager }) => manager === name)
    return found && JSON.stringify(ordered(found.fields))
  }

  get #now() {
    const shape = this.#shape
    const live = { apiVersion: VERSION, shape, object: this.#object }
    return { managers: this.managers, live, versions: onlyVersion(VERSION, shape) }
  }
}

const TEXT: SchemaNode = { type: 'string' }
const SCHEMA: SchemaNode = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    struct: { type: 'object', properties: { a: TEXT, b: TEXT } },
    map: { type: 'object', additionalProperties: TEXT },
    whole: { type: 'array', items: TEXT },
    set: { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'set' },
    items: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', properties: { name: TEXT, value: TEXT, other: TEXT } },
    },
  },
}

type Step = readonly [who: string, how: 'apply' | 'force' | 'update', object: object]
type Story = readonly [sentence: string, steps: readonly Step[], object: object]

const named = (...names: readonly string[]) => ({ items: names.map(name => ({ name })) })

// structured-merge-diff `merge/*_test.go`, told anew.
const STORIES: readonly Story[] = [
  [
    'what one applies and another applies is together',
    [
      ['a', 'apply', { map: { a: '1' } }],
      ['b', 'apply', { map: { b: '1' } }],
    ],
    { map: { a: '1', b: '1' } },
  ],
  [
    'what is not applied any more goes',
    [
      ['a', 'apply', { map: { a: '1', b: '1' } }],
      ['a', 'apply', { map: { a: '1' } }],
    ],
    { map: { a: '1' } },
  ],
  [
    'nothing is left of a map or a struct whose members go',
    [
      ['a', 'apply', { replicas: 1, map: { a: '1' }, struct: { a: '1' } }],
      ['a', 'apply', { replicas: 1 }],
    ],
    { replicas: 1 },
  ],
  [
    'what another applies too stays',
    [
      ['a', 'apply', { map: { a: '1', b: '1' } }],
      ['b', 'apply', { map: { b: '1' } }],
      ['a', 'apply', { map: { a: '1' } }],
    ],
    { map: { a: '1', b: '1' } },
  ],
  [
    'what somebody took over by an update stays',
    [
      ['a', 'apply', { replicas: 1, map: { a: '1' } }],
      ['u', 'update', { replicas: 2, map: { a: '1' } }],
      ['a', 'apply', { map: { a: '1' } }],
    ],
    { replicas: 2, map: { a: '1' } },
  ],
  [
    'what an update brought is not taken away',
    [
      ['u', 'update', { replicas: 3 }],
      ['a', 'apply', { map: { a: '1' } }],
      ['a', 'apply', { map: { b: '1' } }],
    ],
    { replicas: 3, map: { b: '1' } },
  ],
  [
    'the same value is no conflict',
    [
      ['a', 'apply', { replicas: 1 }],
      ['b', 'apply', { replicas: 1 }],
    ],
    { replicas: 1 },
  ],
  [
    'by force a value is taken from another',
    [
      ['a', 'apply', { replicas: 1 }],
      ['b', 'force', { replicas: 2 }],
      ['a', 'apply', { map: { a: '1' } }],
    ],
    { replicas: 2, map: { a: '1' } },
  ],
  [
    'a list without a type is one value',
    [
      ['a', 'apply', { whole: ['x', 'y'] }],
      ['a', 'apply', { whole: ['z'] }],
    ],
    { whole: ['z'] },
  ],
  [
    'items of a set are apart',
    [
      ['a', 'apply', { set: ['x', 'y'] }],
      ['b', 'apply', { set: ['y', 'z'] }],
      ['a', 'apply', { set: [] }],
    ],
    { set: ['y', 'z'] },
  ],
  [
    'items of a map list are apart, and so are their fields',
    [
      ['a', 'apply', { items: [{ name: 'x', value: '1' }] }],
      ['b', 'apply', { items: [{ name: 'x', other: '2' }, { name: 'y' }] }],
      ['a', 'apply', {}],
    ],
    { items: [{ name: 'x', other: '2' }, { name: 'y' }] },
  ],
  [
    'new items stand where they are applied',
    [
      ['a', 'apply', named('a', 'c')],
      ['a', 'apply', named('a', 'b', 'c')],
    ],
    named('a', 'b', 'c'),
  ],
  [
    'items in both stand as they are applied, others where they stood',
    [
      ['u', 'update', named('a', 'b', 'c', 'd')],
      ['a', 'apply', named('d', 'a')],
    ],
    named('b', 'c', 'd', 'a'),
  ],
  [
    'items of others keep their places',
    [
      ['a', 'apply', named('a', 'd')],
      ['b', 'apply', named('b', 'c')],
    ],
    named('a', 'd', 'b', 'c'),
  ],
  ['an empty value that is applied stays', [['a', 'apply', { map: {}, set: [] }]], { map: {}, set: [] }],
]

test('objects come out as they do at the real server', async () => {
  for (const [sentence, steps, object] of STORIES) {
    const living = new Living(SCHEMA)
    for (const [who, how, given] of steps) {
      if (how === 'update') await living.update(who, given)
      else await living.apply(who, given, { force: how === 'force' })
    }
    assert.deepEqual(living.object, object, sentence)
  }
})

test('a manager that has nothing left is forgotten, and one that updates takes silently', async () => {
  const living = new Living(SCHEMA)
  await living.apply('a', { replicas: 1, map: { a: '1' } })
  assert.equal(living.fieldsOf('a'), '{"f:map":{"f:a":{}},"f:replicas":{}}')
  await living.update('u', { replicas: 2, map: { a: '1' } })
  assert.equal(living.fieldsOf('a'), '{"f:map":{"f:a":{}}}')
  assert.equal(living.fieldsOf('u'), '{"f:replicas":{}}')
  await living.update('u', { replicas: 2, map: { a: '2' } })
  assert.equal(living.fieldsOf('a'), undefined)
  await living.update('u', {})
  assert.equal(living.fieldsOf('u'), '{}')
})

test('all conflicts are told, those of each manager together', async () => {
  const living = new Living(SCHEMA)
  await living.apply('b', { replicas: 1 })
  await living.apply('a', { items: [{ name: 'x', value: '1' }], map: { 'x/y': '1' } })
  const wish = { replicas: 2, items: [{ name: 'x', value: '2' }], map: { 'x/y': '2' } }
  await assert.rejects(living.apply('c', wish), (fault: unknown) => {
    assert.ok(fault instanceof ConflictFault)
    assert.equal(
      fault.message,
      'Apply failed with 3 conflicts: conflicts with "a":\n- .items[name="x"].value\n- .map.x/y\nconflicts with "b":\n- .replicas',
    )
    assert.deepEqual(fault.details.causes?.[2], {
      reason: 'FieldManagerConflict',
      message: 'conflict with "b"',
      field: '.replicas',
    })
    return true
  })
  await living.update('u', { replicas: 5 })
  await assert.rejects(living.apply('c', { replicas: 2 }), {
    message: 'Apply failed with 1 conflict: conflict with "u" using v1: .replicas',
  })
})

const LETTER = fc.constantFrom('a', 'b', 'c')
const PARTLY: { requiredKeys: []; noNullPrototype: boolean } = { requiredKeys: [], noNullPrototype: true }
const ITEM = { name: LETTER, value: LETTER, other: LETTER }
const OBJECT = fc.record(
  {
    replicas: fc.integer({ min: 0, max: 3 }),
    struct: fc.record({ a: LETTER, b: LETTER }, PARTLY),
    map: fc.dictionary(LETTER, LETTER, { noNullPrototype: true }),
    whole: fc.array(LETTER, { maxLength: 3 }),
    set: fc.uniqueArray(LETTER),
    items: fc.uniqueArray(fc.record(ITEM, { requiredKeys: ['name'], noNullPrototype: true }), {
      selector: ({ name }) => name,
    }),
  },
  PARTLY,
)
const STEPS = fc.array(fc.tuple(fc.constantFrom('x', 'y'), fc.constantFrom('force', 'update'), OBJECT), {
  maxLength: 5,
})

async function lived(steps: readonly (readonly [string, string, object])[]): Promise<Living> {
  const living = new Living(SCHEMA)
  for (const [who, how, object] of steps) {
    if (how === 'update') await living.update(who, object)
    else await living.apply(who, object, { force: true })
  }
  return living
}

test('to apply twice is to apply once', async () => {
  await fc.assert(
    fc.asyncProperty(STEPS, OBJECT, async (steps, configuration) => {
      const living = await lived(steps)
      await living.apply('me', configuration, { force: true })
      const { object, managers } = living
      await living.apply('me', configuration)
      assert.deepEqual(living.object, object)
      assert.deepEqual(living.managers, managers)
    }),
  )
})

test('by force all that is applied is there: nobody who wants the same finds a conflict', async () => {
  await fc.assert(
    fc.asyncProperty(STEPS, OBJECT, async (steps, configuration) => {
      const living = await lived(steps)
      await living.apply('me', configuration, { force: true })
      const { object } = living
      await living.apply('another', configuration)
      assert.deepEqual(living.object, object)
    }),
  )
})

test('what nobody else has is gone when it is not applied any more', async () => {
  await fc.assert(
    fc.asyncProperty(STEPS, OBJECT, async (steps, configuration) => {
      const living = await lived(steps)
      const { object } = living
      await living.apply('me', mineAlone(configuration, object))
      await living.apply('me', {})
      assert.deepEqual(living.object, object)
      assert.equal(living.fieldsOf('me'), undefined)
    }),
  )
})

/** What the object has not. Nobody owns an empty list of items: it would stay. */
function mineAlone(configuration: object, object: unknown): object {
  const mine = Object.entries(configuration).filter(([name, value]) => {
    const empty = ['set', 'items'].includes(name) && Array.isArray(value) && value.length === 0
    return !empty && !(isObject(object) && name in object)
  })
  return Object.fromEntries(mine)
}
