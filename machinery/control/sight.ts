import { isApiFault } from '../api/fault.ts'
import { ControlFault } from './fault.ts'

/** What an informer was doing when it lost sight. */
export interface Sight {
  /** It was waiting for the end of what is there at first. */
  readonly streaming: boolean
}

/** `resume`: go on from the version that was seen last. `relist`: begin anew. `list`: this server cannot stream a list. */
export type Cure = 'resume' | 'relist' | 'list'

/** What to do about a fault of a list or a watch. Whatever is not known is taken up where it broke. */
export function cureOf(fault: unknown, { streaming }: Sight): Cure {
  // Servers before 1.27, and those with the feature gate WatchList off, refuse it; others take it for a plain watch.
  if (streaming && (isApiFault(fault, 'Invalid') || isSilence(fault))) return 'list'
  if (isApiFault(fault, 'Expired', 'Gone') || isTooLarge(fault)) return 'relist'
  return 'resume'
}

/** The server knows less than we saw: it was restored from a backup, or another replica is behind. */
function isTooLarge(fault: unknown): boolean {
  if (!isApiFault(fault, 'Timeout')) return false
  const causes = fault.details.causes ?? []
  return (
    causes.some(({ reason }) => reason === 'ResourceVersionTooLarge') ||
    /^Too large resource version/.test(fault.message)
  )
}

function isSilence(fault: unknown): boolean {
  return fault instanceof ControlFault && fault.code === 'control/silence'
}
