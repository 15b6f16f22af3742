import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import type { CredentialSource, Credentials } from './credentials.ts'
import { isMapping, KubeconfigFault, type Section } from './section.ts'

// Programs that give credentials (client-go `plugin/pkg/client/auth/exec`; the group `client.authentication.k8s.io`).

const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
const LONGEST = 60_000 // milliseconds
const MOST_BYTES = 1024 * 1024

/** A program that writes an ExecCredential to its output. */
export interface Plugin {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What to tell whoever has no such program. */
  readonly hint: string | undefined
  /** Names the file in faults. */
  readonly path: string
}

interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly cluster: {
    readonly server: string
    readonly authority?: string
    readonly serverName?: string
    readonly skipVerify?: boolean
    readonly proxy?: string
  }
  readonly path: string
  readonly directory: string
}

/** Reads the `exec` of a user. */
export function pluginOf(exec: Section, { environment, cluster, path, directory }: Surroundings): Plugin {
  const apiVersion = exec.text('apiVersion') ?? ''
  if (!VERSIONS.includes(apiVersion)) {
    const sentence = `${path}: exec.apiVersion must be ${VERSIONS.join(' or ')}, not ${JSON.stringify(apiVersion)}`
    throw new KubeconfigFault('kubeconfig/unsupported', sentence)
  }
  const command = exec.text('command')
  if (!command) throw new KubeconfigFault('kubeconfig/invalid', `${path}: exec.command is missing`)
  const mode = exec.text('interactiveMode') ?? (apiVersion.endsWith('/v1') ? undefined : 'IfAvailable')
  if (mode !== 'Never' && mode !== 'IfAvailable') {
    const sentence = `${path}: exec.interactiveMode must be Never or IfAvailable, not ${mode}: there is nobody to ask`
    throw new KubeconfigFault(mode === 'Always' ? 'kubeconfig/unsupported' : 'kubeconfig/invalid', sentence)
  }
  const spec = { interactive: false, ...(exec.has('provideClusterInfo') && { cluster: clusterInfo(cluster) }) }
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec })
  const given = exec.list('env').flatMap(one => (isMapping(one) ? [[String(one.name), String(one.value)]] : []))
  return {
    apiVersion,
    // A bare name is looked for in PATH, anything else is meant from the kubeconfig's folder.
    command: command.includes('/') ? resolve(directory, command) : command,
    args: exec.list('args').map(String),
    environment: { ...environment, ...Object.fromEntries(given), KUBERNETES_EXEC_INFO: info },
    hint: exec.text('installHint'),
    path,
  }
}

function clusterInfo({ server, authority, serverName, skipVerify, proxy }: Surroundings['cluster']): object {
  return {
    server,
    ...(serverName && { 'tls-server-name': serverName }),
    ...(skipVerify && { 'insecure-skip-tls-verify': true }),
    ...(authority && { 'certificate-authority-data': Buffer.from(authority).toString('base64') }),
    ...(proxy && { 'proxy-url': proxy }),
  }
}

interface Given {
  readonly credentials: Credentials
  /** Milliseconds since 1970; absent when they last until they are refused. */
  readonly until?: number
}

/** Runs the program when there are no credentials, when they ran out or were refused; callers meanwhile share one run. */
export function pluginCredentials(plugin: Plugin, now: () => number): CredentialSource {
  let running: Promise<Given> | undefined
  let known: Given | undefined
  const fresh = async () => {
    running ??= run(plugin).finally(() => {
      running = undefined
    })
    known = await running
    return known.credentials
  }
  return {
    current: async () => (known && (known.until ?? Number.POSITIVE_INFINITY) > now() ? known.credentials : fresh()),
    refuse: refused => {
      if (known?.credentials === refused) known = undefined
    },
  }
}

function run(plugin: Plugin): Promise<Given> {
  const { command, args, environment } = plugin
  const options = { env: environment, timeout: LONGEST, maxBuffer: MOST_BYTES }
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error) return reject(failed(plugin, reasonOf(error, stderr), error))
      try {
        resolve(givenBy(plugin, stdout))
      } catch (fault) {
        reject(fault)
      }
    })
    child.stdin?.end()
  })
}

/** What the program said, but never what it printed: that may be a secret. */
function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string): string {
  if (error.code === 'ENOENT') return 'there is no such program'
  if (error.killed) return `it took longer than ${LONGEST / 1000} s`
  const said = stderr.trim().split('\n').at(-1)
  return `it ended with ${error.code}${said ? `: ${said.slice(0, 500)}` : ''}`
}

function failed({ command, path, hint }: Plugin, why: string, cause?: unknown): KubeconfigFault {
  const cure = hint ? `; ${hint.trim()}` : ''
  return new KubeconfigFault('kubeconfig/plugin', `${path}: ${command} gave no credentials: ${why}${cure}`, {}, cause)
}

function givenBy(plugin: Plugin, text: string): Given {
  const answer = parsed(plugin, text)
  const { kind, apiVersion, status } = answer
  if (kind !== 'ExecCredential') throw failed(plugin, `what it printed is a ${kind}, not an ExecCredential`)
  if (apiVersion !== plugin.apiVersion) {
    const why = `exec plugin is configured to use API version ${plugin.apiVersion}, plugin returned version ${apiVersion}`
    throw failed(plugin, why)
  }
  if (!isMapping(status)) throw failed(plugin, 'its ExecCredential has no status')
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = status
  if (!token && !certificate) throw failed(plugin, 'its ExecCredential has neither a token nor a certificate')
  if (Boolean(certificate) !== Boolean(key)) throw failed(plugin, 'a certificate and its key come together')
  const until = typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : Number.NaN
  return {
    credentials: {
      ...(token ? { token: String(token) } : {}),
      ...(certificate ? { certificate: String(certificate), key: String(key) } : {}),
    },
    ...(!Number.isNaN(until) && { until }),
  }
}

function parsed(plugin: Plugin, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (isMapping(value)) return value
  } catch (error) {
    throw failed(plugin, 'what it printed is not JSON', error)
  }
  throw failed(plugin, 'what it printed is no object')
}
