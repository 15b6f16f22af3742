import type { Traits } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { withCondition } from './condition.ts'
import { definitionDefaults } from './defaults.ts'
import { fieldsOf, listOf } from './reading.ts'
import { definitionFaults } from './validate.ts'

export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io'

/** Holds a definition until its objects are gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io'

/** How the server treats CustomResourceDefinitions themselves. */
export const DEFINITION_TRAITS: Partial<Traits> = {
  generation: true,
  unconditionalUpdate: false,
  prepare: definitionDefaults,
  faults: definitionFaults,
  leave: leaving,
}

function leaving(definition: Body, now: string): Body {
  const { metadata } = definition
  const finalizers = metadata.finalizers ?? []
  const status = fieldsOf(definition.status) ?? {}
  const pending = {
    type: 'Terminating',
    status: 'True',
    reason: 'InstanceDeletionPending',
    message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  } as const
  return {
    ...definition,
    metadata: { ...metadata, finalizers: finalizers.includes(CLEANUP) ? finalizers : [...finalizers, CLEANUP] },
    status: { ...status, conditions: withCondition(listOf(status.conditions), pending, now) },
  }
}
