import { builtinKind } from '../../api/kind.ts'
import type { Scaling, Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { cronJobFaults, jobFaults } from './faults/job.ts'
import { daemonSetFaults, deploymentFaults, replicaSetFaults, statefulSetFaults } from './faults/workload.ts'
import { at } from './look.ts'
import { field, own } from './own.ts'
import { prepareDaemonSet, prepareJob, withTemplateGeneration } from './prepare.ts'
import { selectorText } from './selector.ts'

// Records of what runs: nobody makes Pods of them here.

const APPS = { group: 'apps', version: 'v1', statusSubresource: true, categories: ['all'] } as const
const BATCH = { ...APPS, group: 'batch' } as const

export const Deployment = builtinKind({ ...APPS, kind: 'Deployment', plural: 'deployments', shortNames: ['deploy'] })
export const DaemonSet = builtinKind({ ...APPS, kind: 'DaemonSet', plural: 'daemonsets', shortNames: ['ds'] })
export const ReplicaSet = builtinKind({ ...APPS, kind: 'ReplicaSet', plural: 'replicasets', shortNames: ['rs'] })
export const StatefulSet = builtinKind({ ...APPS, kind: 'StatefulSet', plural: 'statefulsets', shortNames: ['sts'] })
export const Job = builtinKind({ ...BATCH, kind: 'Job', plural: 'jobs' })
export const CronJob = builtinKind({ ...BATCH, kind: 'CronJob', plural: 'cronjobs', shortNames: ['cj'] })

const SCALE: Scaling = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  selector: (object: Body) => selectorText(at(object, 'spec', 'selector')),
}

/** Kinds of apps/v1 and batch/v1. */
export const WORKLOAD_KINDS: readonly Served[] = [
  own(Deployment, { generation: true, countsAnnotations: true, scale: SCALE, faults: deploymentFaults }),
  own(DaemonSet, {
    generation: true,
    settle: withTemplateGeneration,
    prepare: prepareDaemonSet,
    faults: daemonSetFaults,
  }),
  own(ReplicaSet, {
    generation: true,
    scale: SCALE,
    faults: replicaSetFaults,
    selectable: { 'status.replicas': field('status.replicas', '0') },
  }),
  own(StatefulSet, { generation: true, scale: SCALE, faults: statefulSetFaults }),
  own(Job, {
    generation: true,
    prepare: prepareJob,
    faults: jobFaults,
    selectable: { 'status.successful': field('status.succeeded', '0') },
  }),
  own(CronJob, { generation: true, faults: cronJobFaults }),
]
