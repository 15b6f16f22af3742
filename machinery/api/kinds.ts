import { BmcMachine, Job, Task } from './bmc.ts'
import { Hardware } from './hardware.ts'
import type { Kind } from './kind.ts'
import { Timeline } from './timeline.ts'
import { Template, Workflow } from './workflow.ts'

/** Every custom kind of the house, each of which becomes a CustomResourceDefinition. */
export const CUSTOM_KINDS: readonly Kind[] = [Hardware, Template, Workflow, BmcMachine, Job, Task, Timeline]
