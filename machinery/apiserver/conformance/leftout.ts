/** What a reader of Kubernetes' documentation will look for in vain. */
export const LEFT_OUT: readonly { readonly what: string; readonly why: string }[] = [
  { what: 'Scheduling', why: 'no pod is bound to a node; pods are records of bellhop’s own services.' },
  {
    what: 'Kubelets',
    why: 'nothing runs a container: no `exec`, `attach`, `port-forward`, `cp`, no probes, no eviction.',
  },
  { what: 'Networking', why: 'no cluster addresses, load balancers, DNS, Ingress or NetworkPolicies.' },
  { what: 'Storage', why: 'no volumes are made or bound.' },
  {
    what: 'Controllers of workloads',
    why: 'Deployments, StatefulSets, DaemonSets, Jobs, CronJobs and autoscalers make no pods.',
  },
  {
    what: 'Quotas and limits',
    why: 'ResourceQuota, LimitRange, PriorityClass and pod security do not count or refuse anything.',
  },
  { what: 'Aggregation', why: 'APIServices are told of, but no other API server can be put behind this one.' },
  { what: 'Policies in CEL', why: 'ValidatingAdmissionPolicies are not asked; webhooks and rules in schemas are.' },
  { what: 'Priority and fairness', why: 'FlowSchemas do not order requests; there are plain limits.' },
]
