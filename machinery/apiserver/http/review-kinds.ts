import type { ReviewKind } from '../access/access.ts'

/** A question that is asked by creating an object that is never kept. */
export interface Review {
  readonly version: string
  readonly plural: string
  readonly kind: ReviewKind
  readonly namespaced: boolean
}

export const REVIEWS: readonly Review[] = [
  review('authorization.k8s.io/v1', 'LocalSubjectAccessReview', true),
  review('authorization.k8s.io/v1', 'SelfSubjectAccessReview'),
  review('authorization.k8s.io/v1', 'SelfSubjectRulesReview'),
  review('authorization.k8s.io/v1', 'SubjectAccessReview'),
  review('authentication.k8s.io/v1', 'SelfSubjectReview'),
  review('authentication.k8s.io/v1', 'TokenReview'),
]

function review(version: string, kind: ReviewKind, namespaced = false): Review {
  return { version, plural: `${kind.toLowerCase()}s`, kind, namespaced }
}
