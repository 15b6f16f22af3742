import type { PolicyRule } from '../machinery/api/access.ts'
import { BmcMachine, Job, Task } from '../machinery/api/bmc.ts'
import { Event, Namespace, Pod, Secret } from '../machinery/api/core.ts'
import { Hardware } from '../machinery/api/hardware.ts'
import { type Kind, resourceName } from '../machinery/api/kind.ts'
import { Lease } from '../machinery/api/lease.ts'
import { Timeline } from '../machinery/api/timeline.ts'
import { Template, Workflow } from '../machinery/api/workflow.ts'
import type { ServiceName } from './pods.ts'

// Who in the house may do what: each service, and each part that writes for all of them, is a service account of its own.
// A right that is not here is refused, by our own API and by any cluster that was given `bellhop crds --rights`.

/** `bellhop` is the house itself: it fills the caches that the services share, and stands for election. */
export type Account = ServiceName | 'bellhop' | 'journal' | 'inventory' | 'pods'

/** Verbs on one kind, or on its status: everywhere, or in the house's namespace alone. */
export interface Right {
  readonly kind: Pick<Kind, 'group' | 'plural'>
  readonly subresource?: 'status'
  readonly verbs: readonly string[]
  readonly where: 'everywhere' | 'at home'
}

const WATCH = ['get', 'list', 'watch'] as const

const may = (kind: Right['kind'], ...verbs: readonly string[]): Right => ({ kind, verbs, where: 'everywhere' })
const status = (kind: Kind, verb: 'update' | 'patch'): Right => ({ ...may(kind, verb), subresource: 'status' })
const atHome = (right: Right): Right => ({ ...right, where: 'at home' })

const DEFINITIONS = { group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions' }

/** What the house's caches hold: what more than one service looks at. */
const SHARED: readonly Kind[] = [Hardware, Template, Workflow, BmcMachine, Job, Task]

export const RIGHTS: Readonly<Record<Account, readonly Right[]>> = {
  boots: [may(Hardware, ...WATCH)],
  hegel: [may(Hardware, ...WATCH)],
  'rufio-controller-manager': [
    may(BmcMachine, ...WATCH),
    status(BmcMachine, 'patch'),
    may(Job, ...WATCH),
    status(Job, 'patch'),
    may(Task, ...WATCH, 'create'),
    status(Task, 'patch'),
    may(Hardware, ...WATCH),
    atHome(may(Secret, ...WATCH)), // the passwords of BMCs: nobody else reads them
  ],
  'tink-controller-manager': [
    may(Workflow, ...WATCH),
    status(Workflow, 'update'),
    may(Template, ...WATCH),
    status(Template, 'update'),
    may(Hardware, ...WATCH, 'update'), // switches netboot off once a machine is installed
    may(Job, ...WATCH, 'create', 'delete'), // asks rufio for power
  ],
  'tink-server': [may(Workflow, ...WATCH), status(Workflow, 'update'), may(Hardware, ...WATCH)],
  journal: [
    may(Timeline, 'get', 'create'),
    status(Timeline, 'update'),
    may(Event, 'get', 'create', 'patch'),
    may(Hardware, 'get'),
  ],
  inventory: [
    may(Hardware, 'get', 'list', 'create'),
    atHome(may(BmcMachine, 'get', 'create')),
    atHome(may(Secret, 'create')), // it gives the passwords of the list away, and cannot read them back
  ],
  pods: [atHome(may(Pod, 'get', 'list', 'create')), atHome(status(Pod, 'patch'))],
  bellhop: [
    ...SHARED.map(kind => may(kind, 'list', 'watch')),
    atHome(may(Lease, 'get', 'create', 'update')),
    may(Event, 'get', 'create', 'patch'),
    may(Namespace, 'get', 'create'),
    may(DEFINITIONS, 'get', 'list', 'watch', 'create', 'patch'),
  ],
}

/** Where a service may keep a copy of a kind: undefined where it may not. */
export function watches(account: Account, kind: Kind): Right['where'] | undefined {
  const name = resourceName(kind)
  const right = RIGHTS[account].find(one => !one.subresource && resourceName(one.kind) === name)
  return right?.verbs.includes('watch') ? right.where : undefined
}

/** Rights as the rules of a role. */
export function rulesOf(rights: readonly Right[]): readonly PolicyRule[] {
  return rights.map(({ kind, subresource, verbs }) => ({
    apiGroups: [kind.group],
    resources: [subresource ? `${kind.plural}/${subresource}` : kind.plural],
    verbs,
  }))
}
