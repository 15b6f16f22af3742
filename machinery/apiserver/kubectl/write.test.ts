import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ConfigMap } from '../../api/core.ts'
import { Hardware } from '../../api/hardware.ts'
import { type Kubectl, openKubectl, withKubectl } from './kubectl.ts'

// Everything that makes and changes.

let kubectl: Kubectl
before(async () => {
  if (!withKubectl.skip) kubectl = await openKubectl()
})
after(() => kubectl?.[Symbol.asyncDispose]())

const NS = 'default'
const hardware = (name: string, spec: object = {}) => ({
  apiVersion: 'tinkerbell.org/v1alpha1',
  kind: 'Hardware',
  metadata: { name, namespace: NS },
  spec,
})
const get = (name: string) => kubectl.client.get(Hardware, { name, namespace: NS })

// One of each that kubectl can make by words, and what it says.
const CREATED: readonly (readonly [string, string])[] = [
  ['create namespace lab', 'namespace/lab created\n'],
  ['create configmap c --from-literal=a=b -n lab', 'configmap/c created\n'],
  ['create secret generic s --from-literal=a=b -n lab', 'secret/s created\n'],
  ['create secret docker-registry d --docker-username=u --docker-password=p -n lab', 'secret/d created\n'],
  ['create serviceaccount sa -n lab', 'serviceaccount/sa created\n'],
  ['create deployment d --image=i -n lab', 'deployment.apps/d created\n'],
  ['create job j --image=i -n lab', 'job.batch/j created\n'],
  ['create cronjob cj --image=i --schedule=@daily -n lab', 'cronjob.batch/cj created\n'],
  ['create service clusterip s --tcp=80:80 -n lab', 'service/s created\n'],
  ['create role r --verb=get --resource=pods -n lab', 'role.rbac.authorization.k8s.io/r created\n'],
  ['create rolebinding b --role=r --serviceaccount=lab:sa -n lab', 'rolebinding.rbac.authorization.k8s.io/b created\n'],
  ['create clusterrole cr --verb=get --resource=nodes', 'clusterrole.rbac.authorization.k8s.io/cr created\n'],
  [
    'create clusterrolebinding cb --clusterrole=cr --user=ann',
    'clusterrolebinding.rbac.authorization.k8s.io/cb created\n',
  ],
  ['run p --image=i -n lab', 'pod/p created\n'],
]

test('what kubectl can make by words is made, and can be shown and described', withKubectl, async () => {
  for (const [words, said] of CREATED) assert.equal(await kubectl.ok(words), said)
  for (const [, said] of CREATED) {
    const name = said.split(' ')[0] ?? ''
    await kubectl.ok(`get ${name} -n lab`)
    assert.match(await kubectl.ok(`describe ${name} -n lab`), /^Name: /)
  }
})

test('a dry run makes nothing, on either side', withKubectl, async () => {
  assert.equal(
    await kubectl.ok('create configmap dry --from-literal=a=b --dry-run=server'),
    'configmap/dry created (server dry run)\n',
  )
  assert.match(await kubectl.ok('run dry --image=i --dry-run=client -o yaml'), /^kind: Pod$/m)
  assert.equal(await kubectl.client.get(ConfigMap, { name: 'dry', namespace: NS }), undefined)
})

test('names are made up where only their beginning is given', withKubectl, async () => {
  const input = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'made-' } }
  assert.match(
    await kubectl.ok('create -f -', { input }),
    /^configmap\/made-[bcdfghjklmnpqrstvwxz2456789]{5} created\n$/,
  )
})

test('an edit, and three kinds of patches', withKubectl, async () => {
  await kubectl.ok('create -f -', { input: hardware('rack1', { agentID: 'first' }) })
  const editor = { EDITOR: 'sed -i s/first/edited/', KUBE_EDITOR: '' }
  assert.equal(await kubectl.ok('edit hw rack1', { environment: editor }), 'hardware.tinkerbell.org/rack1 edited\n')
  await kubectl.ok('patch hw rack1 --type merge -p', { extra: ['{"spec":{"userData":"u"}}'] })
  await kubectl.ok('patch hw rack1 --type json -p', { extra: ['[{"op":"add","path":"/spec/vendorData","value":"v"}]'] })
  await kubectl.ok('patch hw rack1 --subresource status --type merge -p', { extra: ['{"status":{"state":"s"}}'] })
  const { spec, status } = (await get('rack1')) ?? {}
  assert.deepEqual(spec, { agentID: 'edited', userData: 'u', vendorData: 'v' })
  assert.equal(status?.state, 's')
  await kubectl.ok('create deployment patched --image=i')
  const env = '{"spec":{"template":{"spec":{"containers":[{"name":"i","env":[{"name":"A","value":"1"}]}]}}}}'
  await kubectl.ok('patch deployment patched -p', { extra: [env] })
  const containers = await kubectl.ok('get deployment patched -o jsonpath={.spec.template.spec.containers[*].image}')
  assert.equal(containers, 'i', 'a strategic patch merges containers by their names')
})

test('a patch of another kind is refused, and says which there are', withKubectl, async () => {
  await kubectl.ok('create -f -', { input: hardware('rack2') })
  const { err } = await kubectl.run('patch hw rack2 --type strategic -p', { extra: ['{"spec":{}}'] })
  assert.match(err, /application\/json-patch\+json, application\/merge-patch\+json/)
})

test('labels and annotations are set, kept from being overwritten, and taken away', withKubectl, async () => {
  await kubectl.ok('create -f -', { input: hardware('rack3') })
  assert.equal(await kubectl.ok('label hw rack3 a=b'), 'hardware.tinkerbell.org/rack3 labeled\n')
  assert.match((await kubectl.run('label hw rack3 a=c')).err, /'a' already has a value \(b\), and --overwrite is false/)
  await kubectl.ok('label hw rack3 a=c --overwrite')
  assert.equal(await kubectl.ok('annotate hw rack3 note=n'), 'hardware.tinkerbell.org/rack3 annotated\n')
  assert.deepEqual((await get('rack3'))?.metadata.labels, { a: 'c' })
  assert.equal(await kubectl.ok('label hw rack3 a-'), 'hardware.tinkerbell.org/rack3 unlabeled\n')
  assert.equal((await get('rack3'))?.metadata.labels, undefined)
})

test('an object is replaced by one of the same version only', withKubectl, async () => {
  await kubectl.ok('create -f -', { input: hardware('rack4', { agentID: 'a' }) })
  const object = JSON.parse(await kubectl.ok('get hw rack4 -o json'))
  assert.equal(
    await kubectl.ok('replace -f -', { input: { ...object, spec: { agentID: 'b' } } }),
    'hardware.tinkerbell.org/rack4 replaced\n',
  )
  const { code, err } = await kubectl.run('replace -f -', { input: { ...object, spec: { agentID: 'c' } } })
  assert.equal(code, 1)
  assert.match(err, /the object has been modified; please apply your changes to the latest version and try again/)
})

test('an unknown field and a wrong value are refused by name', withKubectl, async () => {
  const unknown = await kubectl.run('create -f -', { input: hardware('bad', { agentIDD: 'x' }) })
  assert.match(unknown.err, /strict decoding error: unknown field "spec.agentIDD"/)
  const wrong = await kubectl.run('create -f -', { input: hardware('bad', { interfaces: [{ dhcp: { mac: 'zz' } }] }) })
  assert.match(wrong.err, /The Hardware "bad" is invalid: spec.interfaces\[0\].dhcp.mac: Invalid value: "zz"/)
  const ignored = await kubectl.run('create --validate=ignore -f -', { input: hardware('loose', { agentIDD: 'x' }) })
  assert.equal(ignored.code, 0, ignored.err)
  assert.deepEqual((await get('loose'))?.spec, {})
  assert.equal(await get('bad'), undefined)
})

test(
  'a deployment is a record of what is to run: it can be scaled, and its rollout waited for',
  withKubectl,
  async () => {
    await kubectl.ok('create deployment web --image=i --replicas=2')
    assert.equal(await kubectl.ok('scale deployment web --replicas=3'), 'deployment.apps/web scaled\n')
    assert.match(
      (await kubectl.run('scale deployment web --replicas=1 --current-replicas=9')).err,
      /[Ee]xpected replicas to be 9/,
    )
    const status = { observedGeneration: 9, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 }
    await kubectl.ok('patch deployment web --subresource status --type merge -p', {
      extra: [JSON.stringify({ status })],
    })
    assert.equal(
      await kubectl.ok('rollout status deployment web --timeout=10s'),
      'deployment "web" successfully rolled out\n',
    )
    assert.equal(await kubectl.ok('set image deployment web i=j'), 'deployment.apps/web image updated\n')
  },
)

test('what is to come is waited for', withKubectl, async () => {
  await kubectl.ok('create -f -', { input: hardware('rack5') })
  const patch = { body: { status: { state: 'ready' } }, subresource: 'status' } as const
  const waiting = kubectl.ok('wait hw/rack5 --for=jsonpath={.status.state}=ready --timeout=30s')
  await kubectl.client.patch(Hardware, { name: 'rack5', namespace: NS }, patch)
  assert.equal(await waiting, 'hardware.tinkerbell.org/rack5 condition met\n')
  assert.match(await kubectl.ok('wait crd/hardware.tinkerbell.org --for=condition=Established'), /condition met\n$/)
  const gone = kubectl.ok('wait hw/rack5 --for=delete --timeout=30s')
  await kubectl.client.delete(Hardware, { name: 'rack5', namespace: NS })
  await gone
  assert.match(
    (await kubectl.run('wait hw/rack1 --for=condition=Never --timeout=1s')).err,
    /timed out waiting for the condition/,
  )
})
