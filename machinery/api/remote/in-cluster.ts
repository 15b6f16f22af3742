import { join } from 'node:path'
import { filedCredentials } from './credentials.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { KubeconfigFault, readText } from './section.ts'

/** Where the kubelet puts a pod's own credentials. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
const CURE = 'bellhop must run in a pod that has a service account, or be given a kubeconfig'

export interface InClusterOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory?: string
  readonly now?: () => number
}

/** How a pod reaches the API of its own cluster (client-go `rest.InClusterConfig`): the kubelet renews the token. */
export function inClusterConfig({
  environment,
  directory = SERVICE_ACCOUNT,
  now = Date.now,
}: InClusterOptions): Kubeconfig {
  const { KUBERNETES_SERVICE_HOST: address, KUBERNETES_SERVICE_PORT: port } = environment
  if (!address || !port) {
    const sentence = `this is no pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set; ${CURE}`
    throw new KubeconfigFault('kubeconfig/unreadable', sentence)
  }
  const read = () => ({ token: readText(join(directory, 'token'), CURE).trim() })
  return {
    server: `https://${address.includes(':') ? `[${address}]` : address}:${port}`,
    authority: readText(join(directory, 'ca.crt'), CURE),
    credentials: filedCredentials(read, now),
    namespace: readText(join(directory, 'namespace'), CURE).trim(),
  }
}
