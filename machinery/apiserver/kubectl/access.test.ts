import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Kubectl, openKubectl, withKubectl as options } from './kubectl.ts'

// Who am I, what may I, be somebody else. What is expected is what kube-apiserver v1.32.9 lets kubectl say.

let kubectl: Kubectl
let bare: string

before(async () => {
  if (options.skip) return
  kubectl = await openKubectl()
  bare = join(kubectl.directory, 'bare')
  const known = readFileSync(kubectl.kubeconfig, 'utf8')
  writeFileSync(bare, known.replace(/^users:[\s\S]*?^contexts:/m, 'users: []\ncontexts:'))
})
after(() => kubectl?.[Symbol.asyncDispose]())

const run = (words: string, extra: readonly string[] = []) => kubectl.run(words, { extra })
const ok = (words: string) => kubectl.ok(words)

/** Asks until it is so: what follows from a change is written a moment later. */
async function until(so: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries++) if (await so()) return
  assert.fail('it never came to be')
}

const table = (out: string) =>
  out
    .trim()
    .split('\n')
    .map(line => line.split(/\s{2,}/))

test('whoami tells the certificate, the account, and whom one acts as', options, async () => {
  const [, name, groups, digest] = table(await ok('auth whoami'))
  assert.deepEqual(
    [name, groups],
    [
      ['Username', 'kubernetes-admin'],
      ['Groups', '[system:masters system:authenticated]'],
    ],
  )
  assert.match(String(digest), /^Extra: authentication\.kubernetes\.io\/credential-id,\[X509SHA256=[0-9a-f]{64}\]$/)
  assert.deepEqual(table(await ok('auth whoami --as=system:serviceaccount:a:b --as-uid=12')).slice(1), [
    ['Username', 'system:serviceaccount:a:b'],
    ['UID', '12'],
    ['Groups', '[system:serviceaccounts system:serviceaccounts:a system:authenticated]'],
  ])
  assert.deepEqual(table(await ok('auth whoami --as=jane --as-group=x --as-group=y')).slice(1), [
    ['Username', 'jane'],
    ['Groups', '[x y system:authenticated]'],
  ])
})

test('a role is made and bound, and means what it says', options, async () => {
  assert.equal((await run('auth can-i list pods --as=alice')).out, 'no\n')
  await ok('create role reader --verb=get,list --resource=pods,pods/log')
  assert.equal(
    await ok('create rolebinding alice --role=reader --user=alice'),
    'rolebinding.rbac.authorization.k8s.io/alice created\n',
  )
  assert.equal(await ok('auth can-i list pods --as=alice'), 'yes\n')
  assert.equal(await ok('auth can-i get pods/log --as=alice'), 'yes\n')
  assert.equal((await run('auth can-i delete pods --as=alice')).out, 'no\n')
  assert.equal((await run('auth can-i list pods -A --as=alice')).out, 'no\n')
  assert.equal((await run('get pods --as=alice')).err, 'No resources found in default namespace.\n')
  const { code, err } = await run('get secrets --as=alice')
  assert.equal(code, 1)
  assert.equal(
    err,
    'Error from server (Forbidden): secrets is forbidden: User "alice" cannot list resource "secrets" in API group "" in the namespace "default"\n',
  )
})

test('all that one may do is listed as upstream lists it', options, async () => {
  const list = table(await ok('auth can-i --list --as=bob'))
  assert.deepEqual(list[0], ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'])
  const rows = list.slice(1).map(row =>
    row
      .map(cell => cell.trim())
      .filter(Boolean)
      .join(' '),
  )
  for (const row of [
    'selfsubjectreviews.authentication.k8s.io [] [] [create]',
    'selfsubjectaccessreviews.authorization.k8s.io [] [] [create]',
    'selfsubjectrulesreviews.authorization.k8s.io [] [] [create]',
    '[/api/*] [] [get]',
    '[/version] [] [get]',
  ])
    assert.ok(rows.includes(row), `${row} is not in\n${rows.join('\n')}`)
  assert.deepEqual(
    rows.filter(row => /secrets|pods/.test(row)),
    [],
  )
})

test('the roles for people are made of others, and of what is added to them', options, async () => {
  assert.equal((await run('auth can-i list things.example.com --as=eve')).out, 'no\n')
  await ok('create rolebinding eve --clusterrole=view --user=eve')
  assert.equal(await ok('auth can-i list configmaps --as=eve'), 'yes\n')
  assert.equal((await run('auth can-i list secrets --as=eve')).out, 'no\n')
  await ok('create clusterrole things --verb=list --resource=pods/things')
  await ok('label clusterrole things rbac.authorization.k8s.io/aggregate-to-view=true')
  await until(async () => (await ok('get clusterrole view -o yaml')).includes('pods/things'))
  assert.equal(await ok('auth can-i list pods/things --as=eve'), 'yes\n')
  assert.match(await ok('get clusterrole admin -o yaml'), /pods\/things/)
})

test('a token is the account it was made for, and ends with it', options, async () => {
  await ok('create serviceaccount robot')
  const token = (await ok('create token robot --duration=10m')).trim()
  const as = (words: string) => run(words, ['--kubeconfig', bare, '--token', token])
  const who = table((await as('auth whoami')).out)
  assert.deepEqual(who[1], ['Username', 'system:serviceaccount:default:robot'])
  assert.match(String(who.at(-1)), /^Extra: authentication\.kubernetes\.io\/credential-id,\[JTI=[0-9a-f-]{36}\]$/)
  assert.match((await as('get pods')).err, /User "system:serviceaccount:default:robot" cannot list resource "pods"/)
  await ok('create rolebinding robot --role=reader --serviceaccount=default:robot')
  assert.equal((await as('get pods')).err, 'No resources found in default namespace.\n')
  const short = await run('create token robot --duration=5m')
  assert.match(
    short.err,
    /spec\.expirationSeconds: Invalid value: 300: may not specify a duration less than 10 minutes/,
  )
  await ok('delete serviceaccount robot')
  assert.equal((await as('get pods')).err, 'error: You must be logged in to the server (Unauthorized)\n')
})

test('nobody gives away what he has not', options, async () => {
  await ok('create clusterrole binder --verb=create --resource=roles,rolebindings')
  await ok('create clusterrolebinding binder --clusterrole=binder --user=carol')
  const role = await run('create role secrets --verb=get,list --resource=secrets --as=carol')
  assert.equal(
    role.err,
    'Error from server (Forbidden): roles.rbac.authorization.k8s.io "secrets" is forbidden: user "carol" ' +
      '(groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
      '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}\n',
  )
  const missing = await run('create rolebinding carol --role=nothing --user=carol --as=carol')
  assert.equal(
    missing.err,
    'error: failed to create rolebinding: rolebindings.rbac.authorization.k8s.io "nothing" not found\n',
  )
  const escalated = await run('create rolebinding carol --clusterrole=cluster-admin --user=carol --as=carol')
  assert.match(escalated.err, /"carol" is forbidden: user "carol" .* not currently held:\n\{APIGroups:\["\*"\]/)
  const act = await run('get pods --as=jane --as-group=system:masters', ['--kubeconfig', kubectl.kubeconfig])
  assert.equal(act.code, 0)
})

test('every namespace has its account and the authority, also those made later', options, async () => {
  await ok('create namespace later')
  await until(async () => (await run('get cm kube-root-ca.crt -n later')).code === 0)
  assert.match(await ok('get cm kube-root-ca.crt -n later -o yaml'), /BEGIN CERTIFICATE/)
  await ok('get sa default -n later')
  await ok('get sa default -n kube-system')
})
