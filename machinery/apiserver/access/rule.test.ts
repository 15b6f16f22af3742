import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyRule } from '../../api/access.ts'
import type { Attributes } from '../registry/authorizer.ts'
import { describeRules, missingRules } from './cover.ts'
import { ruleAllows } from './rule.ts'

// What kube-apiserver v1.32 answers to a SubjectAccessReview of somebody who has this one rule.

const rule = (apiGroups: string, resources: string, verbs: string, resourceNames = ''): PolicyRule => ({
  apiGroups: apiGroups.split(' '),
  resources: resources.split(' '),
  verbs: verbs.split(' '),
  ...(resourceNames && { resourceNames: resourceNames.split(' ') }),
})
const urls = (nonResourceURLs: string): PolicyRule => ({ nonResourceURLs: nonResourceURLs.split(' '), verbs: ['get'] })

/** `verb group resource[/subresource] [name]`, or `get /path`; `-` is the core group. */
function wanted(said: string): Attributes {
  const [verb = '', second = '', third = '', name] = said.split(' ')
  if (second.startsWith('/')) return { verb, path: second }
  const [resource = '', subresource] = third.split('/')
  return {
    verb,
    group: second === '-' ? '' : second,
    resource,
    ...(subresource && { subresource }),
    ...(name && { name }),
  }
}

const CASES: readonly { rule: PolicyRule; allows: readonly string[]; refuses: readonly string[] }[] = [
  {
    rule: rule('', 'pods', 'get list'),
    allows: ['get - pods', 'list - pods', 'get - pods a'],
    refuses: ['watch - pods', 'get apps pods', 'get - pods/log a', 'get - secrets', 'get /pods'],
  },
  {
    rule: rule('', 'pods/log', 'get'),
    allows: ['get - pods/log a'],
    refuses: ['get - pods a', 'get - pods/status a', 'get - jobs/log a'],
  },
  {
    rule: rule('*', '*', '*'),
    allows: ['get - pods', 'delete apps deployments/scale a', 'impersonate - users a'],
    refuses: ['get /healthz'],
  },
  {
    rule: rule('*', '*/scale', 'update'),
    allows: ['update apps deployments/scale a', 'update x.y things/scale a'],
    refuses: ['update apps deployments a', 'update apps deployments/status a', 'update apps deployments/autoscale a'],
  },
  {
    rule: rule('apps', 'deployments/*', 'get'),
    allows: [],
    refuses: ['get apps deployments/scale a', 'get apps deployments a'],
  },
  {
    rule: rule('', 'secrets', 'get update', 'one two'),
    allows: ['get - secrets one', 'update - secrets two'],
    refuses: ['get - secrets three', 'get - secrets', 'create - secrets'],
  },
  {
    rule: urls('/healthz /logs/* /api*'),
    allows: ['get /healthz', 'get /logs/', 'get /logs/a/b', 'get /api', 'get /apis/x'],
    refuses: ['get /healthz/', 'get /healthz/a', 'get /logs', 'post /healthz', 'get - pods'],
  },
  { rule: urls('*'), allows: ['get /', 'get /anything'], refuses: ['put /anything'] },
]

for (const { rule, allows, refuses } of CASES) {
  test(`of requests, ${JSON.stringify(rule)} allows what upstream allows`, () => {
    for (const said of allows) assert.equal(ruleAllows(rule, wanted(said)), true, said)
    for (const said of refuses) assert.equal(ruleAllows(rule, wanted(said)), false, said)
  })
}

const COVERS: readonly { owned: readonly PolicyRule[]; wanted: PolicyRule; lacks: string }[] = [
  { owned: [rule('*', '*', '*')], wanted: rule('', 'pods pods/log', 'get *'), lacks: '' },
  {
    owned: [rule('', 'pods', 'get')],
    wanted: rule('', 'pods secrets', 'get list'),
    lacks:
      '{APIGroups:[""], Resources:["pods"], Verbs:["list"]}\n' +
      '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}',
  },
  { owned: [rule('', 'pods', 'get'), rule('', 'pods', 'list')], wanted: rule('', 'pods', 'list get'), lacks: '' },
  {
    owned: [rule('', 'secrets', 'get', 'a')],
    wanted: rule('', 'secrets', 'get', 'a b'),
    lacks: '{APIGroups:[""], Resources:["secrets"], ResourceNames:["b"], Verbs:["get"]}',
  },
  {
    owned: [rule('', 'secrets', 'get', 'a')],
    wanted: rule('', 'secrets', 'get'),
    lacks: '{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
  },
  { owned: [rule('apps', '*/scale', 'get')], wanted: rule('apps', 'deployments/scale', 'get'), lacks: '' },
  {
    owned: [rule('apps', 'deployments', 'get')],
    wanted: rule('apps', 'deployments', '*'),
    lacks: '{APIGroups:["apps"], Resources:["deployments"], Verbs:["*"]}',
  },
  { owned: [urls('/api/*')], wanted: urls('/api/v1 /api/*'), lacks: '' },
  { owned: [urls('/api')], wanted: urls('/api/*'), lacks: '{NonResourceURLs:["/api/*"], Verbs:["get"]}' },
]

for (const { owned, wanted, lacks } of COVERS) {
  test(`who has ${JSON.stringify(owned)} lacks ${JSON.stringify(lacks)} of ${JSON.stringify(wanted)}`, () => {
    assert.equal(describeRules(missingRules(owned, [wanted])), lacks)
  })
}
