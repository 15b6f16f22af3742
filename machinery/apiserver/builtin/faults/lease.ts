import type { StatusCause } from '../../../api/fault.ts'
import { invalid } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { members, number } from '../look.ts'
import { notNegative } from './words.ts'

/** kubernetes `ValidateLeaseSpec`. */
export function leaseFaults({ spec }: Body): readonly StatusCause[] {
  const { leaseDurationSeconds, leaseTransitions } = members(spec)
  const seconds = number(leaseDurationSeconds)
  const faults = [...notNegative('spec.leaseTransitions', number(leaseTransitions))]
  if (seconds !== undefined && seconds <= 0) {
    faults.unshift(invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0'))
  }
  return faults
}
