import assert from 'node:assert/strict'
import { test } from 'node:test'
import { segmentsOf } from '../http/path.ts'
import { attributesOf } from './request.ts'

// What kube-apiserver v1.32 understands by these requests: what it says to somebody who may do none of them.

const CASES: readonly (readonly [request: string, verb: string, of: string])[] = [
  ['GET /api/v1/pods', 'list', 'pods in all'],
  ['GET /api/v1/pods?watch=true', 'watch', 'pods in all'],
  ['GET /api/v1/pods?watch=1', 'watch', 'pods in all'],
  ['GET /api/v1/pods?watch=0', 'list', 'pods in all'],
  ['GET /api/v1/namespaces/x/pods', 'list', 'pods in x'],
  ['GET /api/v1/namespaces/x/pods/a', 'get', 'pods a in x'],
  ['GET /api/v1/namespaces/x/pods/a?watch=true', 'get', 'pods a in x'],
  ['HEAD /api/v1/namespaces/x/pods/a', 'get', 'pods a in x'],
  ['GET /api/v1/namespaces/x/pods/a/log', 'get', 'pods/log a in x'],
  ['POST /api/v1/namespaces/x/serviceaccounts/a/token', 'create', 'serviceaccounts/token a in x'],
  ['POST /api/v1/namespaces/x/pods', 'create', 'pods in x'],
  ['PUT /api/v1/namespaces/x/pods/a/status', 'update', 'pods/status a in x'],
  ['PATCH /apis/apps/v1/namespaces/x/deployments/a/scale', 'patch', 'deployments.apps/scale a in x'],
  ['DELETE /api/v1/namespaces/x/pods/a', 'delete', 'pods a in x'],
  ['DELETE /api/v1/namespaces/x/pods', 'deletecollection', 'pods in x'],
  ['GET /api/v1/namespaces', 'list', 'namespaces in all'],
  ['GET /api/v1/namespaces/x', 'get', 'namespaces x in x'],
  ['PUT /api/v1/namespaces/x/finalize', 'update', 'namespaces/finalize x in x'],
  ['GET /apis/no.such.group/v1/things', 'list', 'things.no.such.group in all'],
  ['OPTIONS /api/v1/pods', '', 'pods in all'],
  ['GET /api/v1/namespaces/x/pods?fieldSelector=metadata.name%3Da', 'list', 'pods a in x'],
  ['GET /api/v1/pods?fieldSelector=spec.nodeName%3Db,metadata.name==a&watch=true', 'watch', 'pods a in all'],
  ['GET /api/v1/pods?fieldSelector=metadata.name!=a', 'list', 'pods in all'],
  ['DELETE /api/v1/namespaces/x/pods?fieldSelector=metadata.name%3Da', 'deletecollection', 'pods in x'],
  ['GET /apis/authorization.k8s.io/v1/x', 'list', 'x.authorization.k8s.io in all'],
  ['GET /api/v1', 'get', '/api/v1'],
  ['GET /apis/apps/v1', 'get', '/apis/apps/v1'],
  ['GET /apis', 'get', '/apis'],
  ['POST /healthz', 'post', '/healthz'],
  ['GET /', 'get', '/'],
  ['GET /metrics/slis', 'get', '/metrics/slis'],
]

for (const [request, verb, of] of CASES) {
  test(`${request} is to ${verb || 'do nothing'} of ${of}`, () => {
    const [method = '', url = ''] = request.split(' ')
    const [path = '', query] = url.split('?')
    const found = attributesOf({ method, path, segments: segmentsOf(path) ?? [], query: new URLSearchParams(query) })
    assert.equal(found.verb, verb)
    const { group, resource, subresource, name, namespace = 'all' } = found
    const kind = `${resource}${group ? `.${group}` : ''}${subresource ? `/${subresource}` : ''}`
    assert.equal(found.path ?? `${kind}${name ? ` ${name}` : ''} in ${namespace}`, of)
  })
}
