import { join } from 'node:path'
import { type AuditPolicy, readPolicy } from '../machinery/apiserver/audit/policy.ts'
import { type Config, ConfigFault } from './config.ts'
import { readGiven } from './file.ts'

export interface AuditOptions {
  readonly path: string
  /** All changes when absent. */
  readonly policy?: AuditPolicy
}

/** Where the API notes requests, and which. Throws ConfigFault when the policy is none. */
export async function auditOf(config: Config): Promise<AuditOptions> {
  const path = config.auditLog ?? join(config.dataDir, 'audit.log')
  if (config.auditPolicy === undefined) return { path }
  const read = readPolicy(await readGiven('--audit-policy', config.auditPolicy))
  if ('rules' in read) return { path, policy: read }
  const faults = read.faults.map(fault => `--audit-policy "${config.auditPolicy}": ${fault}`)
  throw new ConfigFault('config/invalid', faults.join('\n'))
}
