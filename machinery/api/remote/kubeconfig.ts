import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { load } from 'js-yaml'
import { Fault } from '../../../wire/fault.ts'

export type KubeconfigCode = 'kubeconfig/unreadable' | 'kubeconfig/invalid' | 'kubeconfig/unsupported'

/** The file that says how to reach a cluster is not usable. */
export class KubeconfigFault extends Fault<KubeconfigCode> {}

/** How to reach one cluster, and as whom. */
export interface Kubeconfig {
  /** For example `https://10.0.0.1:6443`. */
  readonly server: string
  /** PEM; the system's own authorities when absent. */
  readonly authority?: string
  readonly serverName?: string
  readonly skipVerify?: boolean
  /** PEM of a client certificate and its key. */
  readonly certificate?: string
  readonly key?: string
  /** Read anew for each request, since tokens in files are renewed there. */
  readonly token?: () => string
  readonly namespace: string
}

/** Reads a kubeconfig file: its current context, or the one named. */
export function loadKubeconfig(path: string, context?: string): Kubeconfig {
  return parseKubeconfig(readText(path), { directory: dirname(path), path, ...(context !== undefined && { context }) })
}

interface Origin {
  /** Relative file names are meant from here. */
  readonly directory?: string
  readonly path?: string
  readonly context?: string
}

export function parseKubeconfig(text: string, origin: Origin = {}): Kubeconfig {
  const { directory = '.', path = 'the kubeconfig' } = origin
  const file = new Section(parse(text, path), path, directory)
  const context = file.named('contexts', 'context', origin.context ?? file.text('current-context') ?? '')
  const cluster = file.named('clusters', 'cluster', context.text('cluster') ?? '')
  const user = file.named('users', 'user', context.text('user') ?? '')
  for (const way of ['exec', 'auth-provider', 'username']) {
    if (user.has(way))
      throw new KubeconfigFault('kubeconfig/unsupported', `${path}: users with ${way} are not supported`)
  }
  const server = cluster.text('server')
  if (!server?.startsWith('https://')) {
    throw new KubeconfigFault(
      'kubeconfig/invalid',
      `${path}: server of the cluster must begin with https://, not ${server}`,
    )
  }
  const tokenFile = user.file('tokenFile')
  const token = user.text('token')
  return defined({
    server: server.replace(/\/+$/, ''),
    authority: cluster.pem('certificate-authority'),
    serverName: cluster.text('tls-server-name'),
    skipVerify: cluster.has('insecure-skip-tls-verify') || undefined,
    certificate: user.pem('client-certificate'),
    key: user.pem('client-key'),
    token: tokenFile ? () => readText(tokenFile).trim() : token ? () => token : undefined,
    namespace: context.text('namespace') ?? 'default',
  })
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

function parse(text: string, path: string): unknown {
  try {
    return load(text, { maxAliases: 100 })
  } catch (error) {
    throw new KubeconfigFault(
      'kubeconfig/invalid',
      `${path} is not YAML: ${error instanceof Error ? error.message : error}`,
    )
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the system does not permit it to this user',
  EISDIR: 'it is a folder',
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = REASONS[(error as { code?: string }).code ?? ''] ?? (error as Error).message
    const cure = 'name a kubeconfig with --kubeconfig or KUBECONFIG'
    throw new KubeconfigFault('kubeconfig/unreadable', `${path} cannot be read: ${why}; ${cure}`, { path }, error)
  }
}

/** One mapping of the file, read by field. */
class Section {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #path: string
  readonly #directory: string

  constructor(value: unknown, path: string, directory: string) {
    this.#fields = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
    this.#path = path
    this.#directory = directory
  }

  has(name: string): boolean {
    return Boolean(this.#fields[name])
  }

  text(name: string): string | undefined {
    const value = this.#fields[name]
    return value === undefined || value === null || value === '' ? undefined : String(value)
  }

  file(name: string): string | undefined {
    const path = this.text(name)
    return path === undefined ? undefined : resolve(this.#directory, path)
  }

  /** In the file itself as base64 (`NAME-data`), or in a file of its own. */
  pem(name: string): string | undefined {
    const data = this.text(`${name}-data`)
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8')
    const path = this.file(name)
    return path === undefined ? undefined : readText(path)
  }

  named(list: string, field: string, name: string): Section {
    const entries = this.#fields[list]
    const found = (Array.isArray(entries) ? entries : []).find(entry => entry?.name === name)
    if (!found)
      throw new KubeconfigFault('kubeconfig/invalid', `${this.#path} has no ${field} named ${JSON.stringify(name)}`)
    return new Section(found[field], this.#path, this.#directory)
  }
}
