import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtinKind } from '../../api/kind.ts'
import { builtin, Catalog, type Served, type Traits } from '../registry/served.ts'
import { aggregated, groupList, oneGroup, resourceList } from './discovery.ts'

function served(name: string, kind: string, traits: Partial<Traits> = {}): Served {
  const [group = '', version = ''] = name.includes('/') ? name.split('/') : ['', name]
  const plural = `${kind.toLowerCase()}s`
  const schema = { type: 'object' } as const
  return builtin({ ...builtinKind({ group, version, kind, plural }), statusSubresource: true, schema }, traits)
}

const names = (list: object | undefined, field: string, of = 'name') =>
  (list as Record<string, readonly Record<string, unknown>[]>)[field]?.map(one => one[of])

test('groups come as kube-apiserver orders them, those of definitions last', () => {
  // The order that a real kube-apiserver v1.32.9 answers.
  const wanted = [
    ...'apiregistration.k8s.io apps events.k8s.io authentication.k8s.io authorization.k8s.io autoscaling batch'.split(
      ' ',
    ),
    ...'certificates.k8s.io networking.k8s.io policy rbac.authorization.k8s.io storage.k8s.io'.split(' '),
    ...'admissionregistration.k8s.io apiextensions.k8s.io scheduling.k8s.io coordination.k8s.io node.k8s.io'.split(' '),
    ...'discovery.k8s.io flowcontrol.apiserver.k8s.io apply.bellhop.test conf.example.com'.split(' '),
  ]
  const catalog = new Catalog(wanted.toSorted().map(group => served(`${group}/v1`, 'Thing')))
  assert.deepEqual(names(groupList(catalog), 'groups'), wanted)
})

// Whose a bare name is: the first group that has it.
const FIRST: readonly [kind: string, groups: readonly string[], wanted: string][] = [
  ['Machine', ['bmc.tinkerbell.org', 'cluster.x-k8s.io'], 'cluster.x-k8s.io'],
  ['Cluster', ['cluster.x-k8s.io', 'anywhere.eks.amazonaws.com'], 'anywhere.eks.amazonaws.com'],
  ['Job', ['bmc.tinkerbell.org', 'batch'], 'batch'],
]
for (const [kind, groups, wanted] of FIRST) {
  test(`a bare ${kind.toLowerCase()} is that of ${wanted}`, () => {
    const catalog = new Catalog(groups.map(group => served(`${group}/v1`, kind)))
    const list = names(groupList(catalog), 'groups') ?? []
    assert.equal(
      list.find(group => groups.includes(String(group))),
      wanted,
    )
  })
}

test('the newest released version of a group is the preferred one', () => {
  const versions = ['v1alpha1', 'v1', 'v1beta1', 'v2']
  const catalog = new Catalog(versions.map(version => served(`example.com/${version}`, 'Thing')))
  assert.deepEqual(oneGroup(catalog, 'example.com'), {
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: 'example.com',
    versions: ['v2', 'v1', 'v1beta1', 'v1alpha1'].map(version => ({ groupVersion: `example.com/${version}`, version })),
    preferredVersion: { groupVersion: 'example.com/v2', version: 'v2' },
  })
  assert.equal(oneGroup(catalog, 'nope.com'), undefined)
})

test('a version tells of its kinds by name, each with what is below it', () => {
  const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' }
  const catalog = new Catalog([served('apps/v1', 'Deployment', { scale }), served('apps/v1', 'Controller')])
  const list = resourceList(catalog, 'apps/v1')
  const wanted = ['controllers', 'controllers/status', 'deployments', 'deployments/status', 'deployments/scale']
  assert.deepEqual(names(list, 'resources'), wanted)
  const [, , main, , scaled] = (list as { resources: object[] }).resources
  assert.deepEqual(scaled, {
    name: 'deployments/scale',
    singularName: '',
    namespaced: true,
    group: 'autoscaling',
    version: 'v1',
    kind: 'Scale',
    verbs: ['get', 'patch', 'update'],
  })
  // The hash that a real kube-apiserver gives apps/v1 Deployments.
  assert.equal((main as { storageVersionHash: string }).storageVersionHash, '8aSe+NMegvE=')
  assert.equal(resourceList(catalog, 'apps/v2'), undefined)
})

test('a kind whose definition is being deleted can be read and deleted', () => {
  const catalog = new Catalog([served('example.com/v1', 'Thing', { terminating: true })])
  assert.deepEqual(names(resourceList(catalog, 'example.com/v1'), 'resources', 'verbs')?.[0], [
    'delete',
    'deletecollection',
    'get',
    'list',
    'watch',
  ])
})

test('all in one answer has a tag, which changes when something else is served', () => {
  const catalog = new Catalog([served('v1', 'Pod'), served('example.com/v1', 'Thing')])
  const before = aggregated(catalog, 'groups')
  assert.equal(aggregated(catalog, 'groups').tag, before.tag)
  catalog.replace('things.example.com', [served('example.com/v1', 'Thing', { terminating: true })])
  const after = aggregated(catalog, 'groups')
  assert.notEqual(after.tag, before.tag)
  assert.match(after.tag, /^[0-9A-F]{128}$/)
  assert.deepEqual(
    (aggregated(catalog, 'core').items as { versions: { version: string }[] }[])[0]?.versions[0]?.version,
    'v1',
  )
})
