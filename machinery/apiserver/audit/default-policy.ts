import type { AuditPolicy, AuditRule } from './policy.ts'

const ANY: AuditRule = {
  level: 'Metadata',
  users: [],
  userGroups: [],
  verbs: [],
  resources: [],
  namespaces: [],
  nonResourceURLs: [],
  omitStages: [],
}

const whole = (group: string, ...resources: readonly string[]) => ({ group, resources, resourceNames: [] })

/** Who changed what, once each: not what was only read or asked, nor the beat of leases. */
export const DEFAULT_POLICY: AuditPolicy = {
  rules: [
    { ...ANY, level: 'None', resources: [whole('coordination.k8s.io', 'leases')] },
    { ...ANY, level: 'None', resources: [whole('authentication.k8s.io'), whole('authorization.k8s.io')] },
    { ...ANY, level: 'None', verbs: ['get', 'list', 'watch'] },
    { ...ANY, level: 'None', nonResourceURLs: ['*'] },
    ANY,
  ],
  omitStages: ['RequestReceived'],
  omitManagedFields: true,
}
