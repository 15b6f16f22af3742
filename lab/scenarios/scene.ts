import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { silentLog } from '../../machinery/host/log.ts'
import { type Built, build, type Lab, type LabOptions, openLab } from '../scenario/open.ts'
import type { Plan } from '../scenario/plan.ts'
import type { Patience } from '../scenario/until.ts'
import { lookBack } from './hindsight.ts'

/** Caches are those of `make lab`, so that nothing is built twice. */
const CACHE = '.cache'
/** A folder a scenario, so that what a failed one left is not overwritten by the next. */
const DIR = '.lab/scenarios'

export const NAMESPACE = 'eksa-system'
export const SECOND = 1000
export const MINUTE = 60 * SECOND

export interface SceneOptions extends Pick<LabOptions, 'settings' | 'missing' | 'hardware'> {
  readonly name: string
  readonly plans: readonly Plan[]
}

/** A lab in which a test plays, step after step. */
export interface Scene extends AsyncDisposable {
  readonly lab: Lab
  readonly dir: string
  readonly built: Built
  readonly signal: AbortSignal
  /** One thing that is to be so; when it is not, what the machines and bellhop said last is told with it. */
  step(name: string, work: () => Promise<void>): Promise<void>
  /** For `until`: ends with the test, and at once when bellhop has ended by itself. */
  patience(milliseconds: number): Patience
}

export async function openScene(options: SceneOptions, test: TestContext): Promise<Scene> {
  const { name, plans, settings, missing, hardware } = options
  const dir = join(DIR, name)
  const { signal } = test
  const built = await build(CACHE, silentLog, signal)
  const lab = await openLab({
    plans,
    built,
    dir,
    log: silentLog,
    signal,
    ...(settings && { settings }),
    ...(missing && { missing }),
    ...(hardware && { hardware }),
  })
  return {
    lab,
    dir,
    signal,
    built,
    step: (what, work) =>
      test.test(what, async step => {
        try {
          await work()
        } catch (fault) {
          step.diagnostic(await lookBack(lab, dir))
          throw fault
        }
      }),
    patience: milliseconds => ({ milliseconds, signal, mustGoOn: () => lab.bellhop.mustRun() }),
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  }
}
