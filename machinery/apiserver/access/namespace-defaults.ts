import { ServiceAccount } from '../../api/access.ts'
import type { Client } from '../../api/client.ts'
import { ConfigMap, Namespace } from '../../api/core.ts'
import { isApiFault } from '../../api/fault.ts'
import { make } from '../../api/kind.ts'

const ROOT = 'kube-root-ca.crt'

/**
 * What every namespace has from the start: a service account, and the authority's certificate, by which whoever runs there
 * knows this server (upstream's serviceaccount and root-ca-cert-publisher controllers).
 */
export async function fillNamespace(client: Client, namespace: string, authority: string): Promise<void> {
  const found = await client.get(Namespace, { name: namespace })
  if (!found || found.metadata.deletionTimestamp) return
  try {
    await Promise.all([makeAccount(client, namespace), publishAuthority(client, namespace, authority)])
  } catch (fault) {
    // The namespace went meanwhile, or somebody else was faster: then there is a change to look at again.
    if (!isApiFault(fault, 'NotFound', 'Forbidden', 'AlreadyExists', 'Conflict')) throw fault
  }
}

async function makeAccount(client: Client, namespace: string): Promise<void> {
  const metadata = { name: 'default', namespace }
  if (!(await client.get(ServiceAccount, metadata))) {
    await client.create(ServiceAccount, make(ServiceAccount, { metadata }))
  }
}

async function publishAuthority(client: Client, namespace: string, authority: string): Promise<void> {
  const metadata = { name: ROOT, namespace }
  const data = { 'ca.crt': authority }
  const found = await client.get(ConfigMap, metadata)
  if (!found) await client.create(ConfigMap, make(ConfigMap, { metadata, data }))
  else if (found.data?.['ca.crt'] !== authority) await client.update(ConfigMap, { ...found, data })
}

/** Which namespace a change has to do with; undefined when it touches nothing of this. */
export function namespaceOf(collection: string, key: string): string | undefined {
  if (collection === 'namespaces') return key
  const [namespace, name] = key.split('/')
  const ours = collection === 'serviceaccounts' ? name === 'default' : collection === 'configmaps' && name === ROOT
  return ours ? namespace : undefined
}
