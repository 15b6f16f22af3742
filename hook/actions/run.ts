import type { ActionEvent } from '../../machinery/api/tink/event.ts'
import { Fault } from '../../wire/fault.ts'
import { CATALOGUE } from './catalogue.ts'
import { ActionFault } from './fault.ts'
import { ACTION_NAMES, type ActionName } from './names.ts'
import { Variables } from './variables.ts'
import type { World } from './world.ts'

export type Surroundings = Omit<World, 'variables' | 'progress'> & { readonly tell: (event: ActionEvent) => void }

/** Runs one action and says how it went; returns the exit code. */
export async function runAction(name: string, surroundings: Surroundings): Promise<number> {
  const { tell, log, signal } = surroundings
  try {
    const action = await CATALOGUE[known(name)]()
    const progress = (done: number, total: number) => tell({ progress: { done, total } })
    const done = await action({ ...surroundings, variables: new Variables(surroundings.env), progress })
    log(done.message)
    tell({ message: done.message })
    if (done.handover) tell({ handover: done.handover })
    return 0
  } catch (error) {
    const message = signal.aborted ? `${name} was called off` : sentenceOf(error)
    log(message)
    tell({ message })
    return 1
  }
}

function known(name: string): ActionName {
  const found = ACTION_NAMES.find(each => each === name)
  if (found) return found
  throw new ActionFault('action/unknown', `there is no action "${name}"; there is ${ACTION_NAMES.join(', ')}`)
}

/** A fault speaks for itself; anything else comes with the name of its kind, as it is nobody's sentence. */
function sentenceOf(error: unknown): string {
  if (error instanceof Fault) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
