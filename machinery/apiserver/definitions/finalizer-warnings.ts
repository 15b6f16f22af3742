import { qualifiedFault } from '../registry/metadata.ts'
import { quote } from '../schema/gotext.ts'
import type { Body } from '../store/change.ts'

const STANDARD = ['orphan', 'foregroundDeletion', 'kubernetes']
const PATH = 'metadata.finalizers'
const PREFER = 'prefer a domain-qualified finalizer name'
const AVOID = 'to avoid accidental conflicts with other finalizer writers'

/** Finalizers of custom objects that others could come to use as well (apiextensions `validateKubeFinalizerName`). */
export function finalizerWarnings(object: Body, old?: Body): readonly string[] {
  const known = old?.metadata.finalizers ?? []
  const added = (object.metadata.finalizers ?? []).filter(finalizer => !known.includes(finalizer))
  return [...new Set(added)].sort().flatMap(finalizer => {
    const why = qualifiedFault(finalizer)
    const wrong = why === undefined ? [] : [why]
    const plain = finalizer.includes('/') || STANDARD.includes(finalizer)
    const path = finalizer.includes('.') ? ' including a path (/)' : ''
    const reasons = plain ? wrong : [...wrong, `${PREFER}${path} ${AVOID}`]
    return reasons.map(reason => `${PATH}: ${quote(finalizer)}: ${reason}`)
  })
}
