import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { inClusterConfig } from './in-cluster.ts'
import { loadKubeconfig, parseKubeconfig } from './kubeconfig.ts'

const folder = mkdtempSync(join(tmpdir(), 'bellhop-kubeconfig-'))
after(() => rmSync(folder, { recursive: true }))
const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** A kubeconfig with these fields of its cluster and its user, each a line of YAML. */
function configOf(cluster: string, user: string): string {
  return `
current-context: here
contexts:
- { name: here, context: { cluster: c, user: u, namespace: n } }
- { name: there, context: { cluster: c2, user: u } }
clusters:
- { name: c, cluster: { server: https://here:6443/, ${cluster} } }
- { name: c2, cluster: { server: https://there:6443 } }
users:
- { name: u, user: { ${user} } }`
}

const parsed = (cluster: string, user: string) =>
  parseKubeconfig(configOf(cluster, user), { directory: folder, path: 'x.yaml' })

test('the current context says where, as whom and in which namespace; another may be named', () => {
  put('ca.crt', 'CA of a file')
  const here = parsed('certificate-authority: ca.crt, tls-server-name: api', 'token: t')
  assert.deepEqual(here, {
    server: 'https://here:6443',
    authority: 'CA of a file',
    serverName: 'api',
    token: 't',
    namespace: 'n',
  })
  const there = parseKubeconfig(configOf('', 'token: t'), { context: 'there' })
  assert.deepEqual([there.server, there.namespace], ['https://there:6443', 'default'])
})

test('certificates and keys may stand in the file itself, and count more than files', () => {
  const cluster = `certificate-authority: missing, certificate-authority-data: ${base64('CA')}, insecure-skip-tls-verify: true`
  const user = `client-certificate-data: ${base64('CERT')}, client-key-data: ${base64('KEY')}, client-key: missing`
  const { authority, certificate, key, skipVerify, credentials } = parsed(cluster, user)
  assert.deepEqual([authority, certificate, key, skipVerify, credentials], ['CA', 'CERT', 'KEY', true, undefined])
})

test('whoever acts as somebody else says so in headers, and a proxy is told', () => {
  const config = parsed('proxy-url: http://proxy:3128', 'token: t, as: eve, as-groups: [a, b]')
  assert.deepEqual(config.headers, { 'impersonate-user': 'eve', 'impersonate-group': ['a', 'b'] })
  assert.equal(config.proxy, 'http://proxy:3128')
})

test('tokens and certificates in files are read again each minute, and as soon as they are refused', async () => {
  put('token', 'one\n')
  put('client.crt', 'CERT1')
  put('client.key', 'KEY1')
  let now = 0
  const text = configOf('', 'tokenFile: token, client-certificate: client.crt, client-key: client.key')
  const { credentials: source } = parseKubeconfig(text, { directory: folder, now: () => now })
  assert.ok(source)
  const first = await source.current()
  assert.deepEqual(first, { token: 'one', certificate: 'CERT1', key: 'KEY1' })
  put('token', 'two')
  put('client.crt', 'CERT2')
  now = 59_999
  assert.equal((await source.current()).token, 'one')
  now = 60_000
  const second = await source.current()
  assert.deepEqual([second.token, second.certificate], ['two', 'CERT2'])
  put('token', 'three')
  source.refuse(first)
  assert.equal((await source.current()).token, 'two', 'these were not the ones that were refused')
  source.refuse(second)
  assert.equal((await source.current()).token, 'three')
})

const refusals: readonly [string, string, string, RegExp][] = [
  ['a password', '', 'username: u, password: p', /users with username are not supported: .*use a token or a cert/],
  ['an auth provider', '', 'auth-provider: { name: gcp }', /auth-provider are not supported: use the exec plugin/],
  ['a proxy of another kind', 'proxy-url: socks5://p', 'token: t', /proxy-url must begin with http.*not socks5:\/\/p/],
  ['a file that is not there', '', 'tokenFile: nowhere', /nowhere cannot be read: there is no such file; x.yaml names/],
  ['a plugin of an old version', '', 'exec: { apiVersion: client.authentication.k8s.io/v1alpha1 }', /exec.apiVersion/],
  [
    'a plugin without a program',
    '',
    'exec: { apiVersion: client.authentication.k8s.io/v1 }',
    /exec.command is missing/,
  ],
  [
    'a plugin that wants to ask somebody',
    '',
    'exec: { apiVersion: client.authentication.k8s.io/v1, command: c, interactiveMode: Always }',
    /interactiveMode must be Never or IfAvailable, not Always/,
  ],
  [
    'a plugin that does not say whether it asks',
    '',
    'exec: { apiVersion: client.authentication.k8s.io/v1, command: c }',
    /interactiveMode must be .* not undefined/,
  ],
]
for (const [what, cluster, user, says] of refusals) {
  test(`${what} is refused by name`, () => assert.throws(() => parsed(cluster, user), { message: says }))
}

test('a context, a cluster or a user that is not there is refused, and so is what is not YAML', () => {
  assert.throws(() => parseKubeconfig('a: [', { path: 'x.yaml' }), /x.yaml is not YAML/)
  assert.throws(() => parseKubeconfig('{}', { path: 'x.yaml' }), /x.yaml has no context named ""/)
  assert.throws(() => parseKubeconfig(configOf('', ''), { context: 'nope' }), /has no context named "nope"/)
  assert.throws(() => loadKubeconfig(join(folder, 'none')), /none cannot be read: .*; name a kubeconfig with --kube/)
})

/** A program that prints what this expression gives; it counts its runs in a file. */
function plugin(name: string, expression: string): string {
  const program = join(folder, name)
  const head = '#!/bin/sh\nexec "$NODE" -e \'require("fs").appendFileSync(process.env.RUNS, "x");'
  writeFileSync(program, `${head}${expression}'`)
  chmodSync(program, 0o755)
  return `./${name}`
}

const V1 = 'client.authentication.k8s.io/v1'

function pluginConfig(command: string, more = '', now: () => number = () => 0) {
  put('runs', '')
  const env = `[{ name: RUNS, value: ${join(folder, 'runs')} }, { name: NODE, value: ${process.execPath} }]`
  const exec = `exec: { apiVersion: ${V1}, command: ${command}, interactiveMode: Never, env: ${env}, ${more} }`
  const text = configOf(`certificate-authority-data: ${base64('CA')}`, exec)
  const config = parseKubeconfig(text, { directory: folder, path: 'x.yaml', now })
  assert.ok(config.credentials)
  return config.credentials
}
const runs = async () => (await import('node:fs')).readFileSync(join(folder, 'runs'), 'utf8').length

test('a plugin runs when it must: first, when its token ran out, and when it was refused', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const status = `{token: "t"+require("fs").readFileSync(process.env.RUNS).length, expirationTimestamp: "2026-01-01T01:00:00Z"}`
  const body = `console.log(JSON.stringify({kind: "ExecCredential", apiVersion: "${V1}", status: ${status}}))`
  const source = pluginConfig(plugin('expiring', body), '', () => now)
  const [one, same] = await Promise.all([source.current(), source.current()])
  assert.deepEqual([one.token, same.token, await runs()], ['t1', 't1', 1])
  assert.equal((await source.current()).token, 't1')
  source.refuse(one)
  assert.equal((await source.current()).token, 't2')
  now = Date.parse('2026-01-01T01:00:00Z')
  assert.equal((await source.current()).token, 't3')
})

test('a plugin is told of the cluster if it wishes, and may give a certificate', async () => {
  const said = 'JSON.parse(process.env.KUBERNETES_EXEC_INFO)'
  const status = `{clientCertificateData: JSON.stringify(${said}), clientKeyData: "KEY"}`
  const body = `console.log(JSON.stringify({kind: "ExecCredential", apiVersion: "${V1}", status: ${status}}))`
  const source = pluginConfig(plugin('informed', body), 'provideClusterInfo: true')
  const { certificate = '', key, token } = await source.current()
  const spec = {
    interactive: false,
    cluster: { server: 'https://here:6443', 'certificate-authority-data': base64('CA') },
  }
  assert.deepEqual(JSON.parse(certificate), { apiVersion: V1, kind: 'ExecCredential', spec })
  assert.deepEqual([key, token], ['KEY', undefined])
})

const answers: readonly [string, string, RegExp][] = [
  ['that fails', 'console.error("no cookie\\nlog in first"); process.exit(3)', /ended with 3: log in first; install x/],
  ['that prints no JSON', 'console.log("my secret")', /gave no credentials: what it printed is not JSON; install x$/],
  ['of another version', `console.log(JSON.stringify({kind:"ExecCredential",apiVersion:"v0"}))`, /returned version v0/],
  ['without a status', `console.log(JSON.stringify({kind:"ExecCredential",apiVersion:"${V1}"}))`, /has no status/],
  [
    'without a key to its certificate',
    `console.log(JSON.stringify({kind:"ExecCredential",apiVersion:"${V1}",status:{clientCertificateData:"c"}}))`,
    /a certificate and its key come together/,
  ],
]
for (const [what, body, says] of answers) {
  test(`a plugin ${what} is a fault that says so, and never what it printed`, async () => {
    const source = pluginConfig(plugin('bad', body), 'installHint: install x')
    await assert.rejects(source.current(), fault => {
      assert.match(String(fault), says)
      assert.doesNotMatch(String(fault), /my secret/)
      return true
    })
  })
}

test('a plugin that is not there is named, with where to get it', async () => {
  const source = pluginConfig('./no-such-plugin', 'installHint: get it from the shop')
  await assert.rejects(source.current(), /no-such-plugin gave no credentials: there is no such program; get it from/)
})

test('a pod reads its token, its authority and its namespace from its own folder', async () => {
  put('token', 'first')
  put('ca.crt', 'CA')
  put('namespace', 'eksa-system')
  let now = 0
  const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
  const config = inClusterConfig({ environment, directory: folder, now: () => now })
  assert.deepEqual([config.server, config.authority, config.namespace], ['https://[fd00::1]:443', 'CA', 'eksa-system'])
  put('token', 'second')
  assert.equal((await config.credentials?.current())?.token, 'first')
  now = 60_000
  assert.equal((await config.credentials?.current())?.token, 'second')
  assert.throws(() => inClusterConfig({ environment: {} }), /this is no pod: KUBERNETES_SERVICE_HOST/)
})
