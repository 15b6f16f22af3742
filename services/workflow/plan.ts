import { Hardware } from '../../machinery/api/hardware.ts'
import { Template, type Workflow, type WorkflowTask } from '../../machinery/api/workflow.ts'
import { mistakeText, planOf } from './check.ts'
import { templateData } from './data.ts'
import type { Plan } from './document.ts'
import type { WorkflowEvent } from './progress.ts'
import type { WorkflowParts } from './writer.ts'

/** How many mistakes a status names. */
const NAMED_MOST = 5

/** What comes of rendering a workflow's Template for its Hardware: a plan, or what is missing or wrong. */
export function rendering(workflow: Workflow, { world, host }: WorkflowParts): WorkflowEvent {
  const { namespace } = workflow.metadata
  const { templateRef, hardwareRef, hardwareMap = {}, bootOptions } = workflow.spec
  const at = (name: string) => ({ name, ...(namespace && { namespace }) })
  if (!templateRef) return held('spec.templateRef: it is missing', { what: 'spec.templateRef is set', who: AUTHOR })
  const template = world.cache(Template).get(at(templateRef))
  if (!template) return missing('templateRef', 'Template', at(templateRef))
  const hardware = hardwareRef ? world.cache(Hardware).get(at(hardwareRef)) : undefined
  if (hardwareRef && !hardware) return missing('hardwareRef', 'Hardware', at(hardwareRef))
  const planned = planOf(template.spec.data ?? '', templateData({ hardware, hardwareMap }))
  if ('mistakes' in planned) {
    const said = planned.mistakes.slice(0, NAMED_MOST).map(mistakeText).join('; ')
    return held(`Template ${templateRef}: ${said}`, { what: `Template ${templateRef} is mended`, who: AUTHOR })
  }
  const { globalTimeout } = planned.plan
  return {
    is: 'rendered',
    tasks: tasksOf(planned.plan, host.random),
    ...(globalTimeout && { globalTimeout }),
    prepare: Boolean(bootOptions?.toggleAllowNetboot || bootOptions?.bootMode),
  }
}

const AUTHOR = 'whoever applied it'

function missing(
  field: string,
  kind: string,
  { name, namespace }: { name: string; namespace?: string },
): WorkflowEvent {
  const reason = `spec.${field}: there is no ${kind} ${JSON.stringify(name)} in namespace ${namespace ?? 'default'}`
  return held(reason, { what: `${kind} ${name} is created`, who: AUTHOR })
}

function held(reason: string, waiting: { readonly what: string; readonly who: string }): WorkflowEvent {
  const next = 'it is rendered as soon as that is done'
  return { is: 'held', reason, condition: 'TemplateRenderedSuccess', waiting: { ...waiting, next } }
}

/** Every action from the start, each with an id that no other attempt has: a report of another one is told by it. */
function tasksOf({ tasks }: Plan, random: () => number): readonly WorkflowTask[] {
  return tasks.map(task => ({
    ...task,
    id: id(random),
    actions: task.actions.map(action => ({ ...action, id: id(random), status: 'STATE_PENDING' as const })),
  }))
}

function id(random: () => number): string {
  const part = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return `${part()}${part()}${part()}`
}
