import { dirname } from 'node:path'
import { load } from 'js-yaml'
import { type CredentialSource, filedCredentials } from './credentials.ts'
import { pluginCredentials, pluginOf } from './plugin.ts'
import { KubeconfigFault, readText, Section } from './section.ts'

export { type KubeconfigCode, KubeconfigFault } from './section.ts'

/** How to reach one cluster, and as whom. */
export interface Kubeconfig {
  /** For example `https://10.0.0.1:6443`. */
  readonly server: string
  /** PEM; the system's own authorities when absent. */
  readonly authority?: string
  readonly serverName?: string
  readonly skipVerify?: boolean
  /** An HTTP proxy that is asked for a tunnel. */
  readonly proxy?: string
  /** PEM of a client certificate and its key. */
  readonly certificate?: string
  readonly key?: string
  /** A bearer token. */
  readonly token?: string
  /** Credentials that change while the process runs; they count more than those above. */
  readonly credentials?: CredentialSource
  /** Sent with each request: whom to act as. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly namespace: string
}

export interface KubeconfigOptions {
  /** The one that is current unless told. */
  readonly context?: string
  /** What programs that give credentials find in their environment; none unless told. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly now?: () => number
}

const CURE = 'name a kubeconfig with --kubeconfig or KUBECONFIG'

/** Reads a kubeconfig file: its current context, or the one named. */
export function loadKubeconfig(path: string, options: KubeconfigOptions = {}): Kubeconfig {
  return parseKubeconfig(readText(path, CURE), { ...options, directory: dirname(path), path })
}

interface Origin extends KubeconfigOptions {
  /** Relative file names are meant from here. */
  readonly directory?: string
  readonly path?: string
}

export function parseKubeconfig(text: string, origin: Origin = {}): Kubeconfig {
  const { directory = '.', path = 'the kubeconfig' } = origin
  const file = new Section(parse(text, path), path, directory)
  const context = file.named('contexts', 'context', origin.context ?? file.text('current-context') ?? '')
  const cluster = file.named('clusters', 'cluster', context.text('cluster') ?? '')
  const user = file.named('users', 'user', context.text('user') ?? '')
  refuseOthers(user, path)
  const authority = cluster.file('certificate-authority')
  const reached = {
    server: serverOf(cluster, path),
    authority: cluster.data('certificate-authority') ?? (authority && readText(authority, cureOf(path))),
    serverName: cluster.text('tls-server-name'),
    skipVerify: cluster.has('insecure-skip-tls-verify') || undefined,
    proxy: proxyOf(cluster, path),
  }
  return defined({
    ...reached,
    certificate: user.data('client-certificate'),
    key: user.data('client-key'),
    token: user.text('token'),
    credentials: sourceOf(user, defined(reached), { ...origin, path, directory }),
    headers: impersonation(user),
    namespace: context.text('namespace') ?? 'default',
  })
}

/** A password on the wire was given up by Kubernetes itself in 1.19; what is left are providers that plugins replaced. */
const REFUSED: Readonly<Record<string, string>> = {
  'auth-provider': 'use the exec plugin of the same provider',
  username: 'API servers take no passwords any more; use a token or a certificate',
  password: 'API servers take no passwords any more; use a token or a certificate',
}

function refuseOthers(user: Section, path: string): void {
  for (const [way, cure] of Object.entries(REFUSED)) {
    if (!user.has(way)) continue
    throw new KubeconfigFault('kubeconfig/unsupported', `${path}: users with ${way} are not supported: ${cure}`)
  }
}

function serverOf(cluster: Section, path: string): string {
  const server = cluster.text('server')
  if (server?.startsWith('https://')) return server.replace(/\/+$/, '')
  const sentence = `${path}: server of the cluster must begin with https://, not ${server}`
  throw new KubeconfigFault('kubeconfig/invalid', sentence)
}

function proxyOf(cluster: Section, path: string): string | undefined {
  const proxy = cluster.text('proxy-url')
  if (proxy === undefined || /^https?:\/\//.test(proxy)) return proxy
  const sentence = `${path}: proxy-url must begin with http:// or https://, not ${proxy}; others are not supported`
  throw new KubeconfigFault('kubeconfig/unsupported', sentence)
}

type Where = Origin & { readonly path: string; readonly directory: string }
type Reached = Parameters<typeof pluginOf>[1]['cluster']

function sourceOf(user: Section, cluster: Reached, where: Where): CredentialSource | undefined {
  const { now = Date.now, environment = {}, path, directory } = where
  if (user.has('exec')) {
    return pluginCredentials(pluginOf(user.within('exec'), { cluster, environment, path, directory }), now)
  }
  const token = user.file('tokenFile')
  const certificate = user.data('client-certificate') ? undefined : user.file('client-certificate')
  const key = user.data('client-key') ? undefined : user.file('client-key')
  if (!token && !certificate && !key) return undefined
  const cure = cureOf(path)
  const read = () => ({
    ...(token && { token: readText(token, cure).trim() }),
    ...(certificate && { certificate: readText(certificate, cure) }),
    ...(key && { key: readText(key, cure) }),
  })
  return filedCredentials(read, now)
}

function cureOf(path: string): string {
  return `${path} names it`
}

/** apiserver `transport/round_trippers.go`. */
function impersonation(user: Section): Kubeconfig['headers'] {
  const as = user.text('as')
  if (as === undefined) return undefined
  const groups = user.list('as-groups').map(String)
  const uid = user.text('as-uid')
  return {
    'impersonate-user': as,
    ...(groups.length > 0 && { 'impersonate-group': groups }),
    ...(uid && { 'impersonate-uid': uid }),
  }
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

function parse(text: string, path: string): unknown {
  try {
    return load(text, { maxAliases: 100 })
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    throw new KubeconfigFault('kubeconfig/invalid', `${path} is not YAML: ${why}`)
  }
}
