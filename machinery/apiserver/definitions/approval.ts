import type { StatusCause } from '../../api/fault.ts'
import { invalid, required } from '../schema/cause.ts'
import type { Fields } from './reading.ts'

const ANNOTATION = 'api-approved.kubernetes.io'
const LINK = 'see https://github.com/kubernetes/enhancements/pull/1111'

/** What a definition in one of Kubernetes' own groups says of its approval; the message is for people. */
export interface Approval {
  readonly state: 'Missing' | 'Invalid' | 'Unapproved' | 'Approved'
  readonly message: string
}

/** Nothing for groups that need none. */
export function approvalOf(group: string, annotations: Fields = {}): Approval | undefined {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(group)) return undefined
  const text = String(annotations[ANNOTATION] ?? '')
  const needed = `protected groups must have approval annotation ${JSON.stringify(ANNOTATION)}`
  if (text === '') return { state: 'Missing', message: `${needed}, ${LINK}` }
  if (text.startsWith('unapproved')) return { state: 'Unapproved', message: `not approved: ${JSON.stringify(text)}` }
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]+/.test(text)) return { state: 'Approved', message: `approved in ${text}` }
  return { state: 'Invalid', message: `${needed} with either a URL or a reason starting with "unapproved", ${LINK}` }
}

type Approvable = { readonly group: string; readonly annotations?: Fields }

/** Refuses a group of Kubernetes' own without a word about its approval; what was so before may stay. */
export function approvalFaults(next: Approvable, old?: Approvable): StatusCause[] {
  const approval = approvalOf(next.group, next.annotations)
  const before = old && approvalOf(old.group, old.annotations)
  const path = `metadata.annotations[${ANNOTATION}]`
  if (!approval || before?.state === approval.state) return []
  if (approval.state === 'Missing') return [required(path, approval.message)]
  if (approval.state !== 'Invalid') return []
  return [invalid(path, String(next.annotations?.[ANNOTATION] ?? ''), approval.message)]
}
