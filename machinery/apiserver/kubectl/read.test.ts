import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Kubectl, openKubectl, rows, withKubectl } from './kubectl.ts'

// Everything that looks and changes nothing.

let kubectl: Kubectl
const hardware = (name: string, type: string) => ({
  apiVersion: 'tinkerbell.org/v1alpha1',
  kind: 'Hardware',
  metadata: { name, namespace: 'default', labels: { type } },
  spec: { metadata: { instance: { hostname: name } }, disks: [{ device: '/dev/sda' }] },
})

before(async () => {
  if (withKubectl.skip) return
  kubectl = await openKubectl()
  await kubectl.ok('create namespace lab')
  for (const [name, type] of [
    ['rack1', 'cp'],
    ['rack2', 'worker'],
    ['rack3', 'worker'],
  ] as const) {
    await kubectl.ok('create -f -', { input: hardware(name, type) })
  }
})
after(() => kubectl?.[Symbol.asyncDispose]())

// What is typed, and what is printed.
const SHOWN: readonly (readonly [string, RegExp])[] = [
  ['get hw -l type=worker -o name', /^hardware.tinkerbell.org\/rack2\nhardware.tinkerbell.org\/rack3\n$/],
  ['get hw -l type!=worker,type -o name', /^hardware.tinkerbell.org\/rack1\n$/],
  ['get hw --field-selector metadata.name=rack2 -o name', /^hardware.tinkerbell.org\/rack2\n$/],
  ['get hw --sort-by=.metadata.labels.type -o name', /rack1\n.*rack2\n.*rack3\n$/],
  ['get hw --chunk-size=1 -o name', /rack1\n.*rack2\n.*rack3\n$/],
  ['get hw rack1 rack3 -o name', /rack1\n.*rack3\n$/],
  ['get hw --no-headers', /^rack1/],
  ['get hw --show-labels', /LABELS\nrack1 .*type=cp\n/],
  ['get hw -L type', /TYPE\nrack1 .*cp\n/],
  ['get hw -o jsonpath={.items[*].spec.disks[0].device}', /^\/dev\/sda \/dev\/sda \/dev\/sda$/],
  ['get hw rack1 -o go-template={{.metadata.name}}', /^rack1$/],
  ['get hw -o custom-columns=N:.metadata.name,H:.spec.metadata.instance.hostname', /^N +H\nrack1 +rack1\n/],
  ['get hw rack1 -o json', /"kind": "Hardware"/],
  ['get hw rack1 -o yaml', /^kind: Hardware$/m],
  ['get hw rack1 -o wide', /^NAME/],
  ['get hw,ns,sa', /hardware.tinkerbell.org\/rack1[\s\S]*namespace\/lab[\s\S]*serviceaccount\/default/],
  ['get all -n lab', /^$/],
  ['get --raw /api/v1/namespaces/lab', /"name":"lab"/],
  ['get --raw /readyz?verbose', /readyz check passed/],
  ['get ns lab', /^NAME +STATUS +AGE\nlab +Active +\d+s\n$/],
  ['get crd hardware.tinkerbell.org', /^NAME +CREATED AT\nhardware.tinkerbell.org +\d{4}-/],
  ['describe hw rack1', /^Name: +rack1\nNamespace: +default\nLabels: +type=cp\n/],
  ['describe ns lab', /^Name: +lab\n[\s\S]*Status: +Active/],
  ['explain hardware.spec.disks', /^GROUP: +tinkerbell.org\nKIND: +Hardware\nVERSION: +v1alpha1\n\nFIELD: disks/],
  ['explain hardware --recursive', /disks\t<\[\]Object>\n +device\t/],
  ['explain pods.spec.containers.ports', /containerPort\t<integer>/],
  ['explain deployment.spec.strategy', /rollingUpdate\t<RollingUpdateDeployment>/],
  ['explain crd.spec.versions', /additionalPrinterColumns\t<\[\]CustomResourceColumnDefinition>/],
  [
    'api-resources --api-group=tinkerbell.org -o name',
    /^hardware.tinkerbell.org\ntemplates.tinkerbell.org\nworkflows.tinkerbell.org\n$/,
  ],
  ['api-resources --namespaced=false -o name', /^namespaces$/m],
  ['api-resources --verbs=create --categories=tinkerbell -o name', /^hardware.tinkerbell.org$/m],
  ['api-versions', /^tinkerbell.org\/v1alpha1$/m],
  ['version -o json', /"gitVersion": "v1.32/],
  ['cluster-info', /Kubernetes control plane.* is running at /],
  ['auth can-i --list', /^\*\.\* +\[\] +\[\] +\[\*\]$/m],
  ['auth can-i delete nodes', /^yes\n$/],
  ['config current-context', /\S+/],
  ['config view', /certificate-authority-data: DATA\+OMITTED/],
]

for (const [words, printed] of SHOWN) {
  test(`kubectl ${words}`, withKubectl, async () => assert.match(await kubectl.ok(words), printed))
}

// What is typed, and why it is refused.
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['get hw none', /Error from server \(NotFound\): hardware.tinkerbell.org "none" not found/],
  ['get nothing', /the server doesn't have a resource type "nothing"/],
  ['get hw --field-selector spec.x=1', /field label not supported: spec.x/],
  ['get hw -l a=b=c', /found '=', expected: ',' or 'end of string'/],
  ['explain hardware.spec.none', /field "none" does not exist/],
  ['top pods', /Metrics API not available/],
  ['exec -n lab none -- ls', /pods "none" not found/],
  ['get hw rack1 -n none', /namespaces "none" not found/],
]

for (const [words, why] of REFUSED) {
  test(`kubectl ${words} is refused`, withKubectl, async () => {
    const { code, err } = await kubectl.run(words)
    assert.notEqual(code, 0)
    assert.match(err, why)
  })
}

test('a list comes in pages without a gap, whatever their size', withKubectl, async () => {
  const whole = await kubectl.ok('get clusterroles -o name')
  for (const size of [1, 3, 7]) assert.equal(await kubectl.ok(`get clusterroles -o name --chunk-size=${size}`), whole)
})

test('a watch begins with what is there, or only with what is new', withKubectl, async () => {
  const label = () => kubectl.ok(`label hw rack2 seen=${Math.random()} --overwrite`)
  const all = await kubectl.follows('get hw -w --output-watch-events', { act: label, until: /^MODIFIED +rack2/ })
  assert.deepEqual(
    rows(all)
      .slice(0, 4)
      .map(([event]) => event),
    ['EVENT', 'ADDED', 'ADDED', 'ADDED'],
  )
  const fresh = await kubectl.follows('get hw --watch-only -o name', { act: label, until: /rack2$/ })
  assert.equal(fresh, 'hardware.tinkerbell.org/rack2')
})

test('every kind that is served can be listed and explained', withKubectl, async () => {
  const names = (await kubectl.ok('api-resources --verbs=list -o name')).trim().split('\n')
  assert.ok(names.length > 30, `${names.length} kinds`)
  const listed = await kubectl.run(`get ${names.join(',')} -A`)
  assert.equal(listed.code, 0, listed.err)
  for (const name of [
    'pods',
    'secrets',
    'leases.coordination.k8s.io',
    'jobs.batch',
    'clusterroles.rbac.authorization.k8s.io',
  ]) {
    assert.match(await kubectl.ok(`explain ${name}`), /^KIND: /m)
  }
})
