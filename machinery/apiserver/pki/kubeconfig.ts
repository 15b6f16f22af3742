import type { Credentials } from './authority.ts'

export interface KubeconfigFields {
  readonly server: string
  /** PEM of the authority. */
  readonly authority: string
  readonly user: string
  readonly credentials: Credentials
}

/** A kubeconfig with everything in it, so that the one file is enough. */
export function kubeconfigText({ server, authority, user, credentials }: KubeconfigFields): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return `apiVersion: v1
kind: Config
current-context: bellhop
clusters:
- name: bellhop
  cluster:
    server: ${server}
    certificate-authority-data: ${base64(authority)}
users:
- name: ${user}
  user:
    client-certificate-data: ${base64(credentials.certificate)}
    client-key-data: ${base64(credentials.key)}
contexts:
- name: bellhop
  context:
    cluster: bellhop
    user: ${user}
    namespace: default
preferences: {}
`
}
