import { Action } from './bmc.ts'
import { customKind, type ObjectOf } from './kind.ts'
import { boolean, type Infer, integer, list, map, object, oneOf, string, time } from './schema.ts'
import { WaitingFor } from './waiting.ts'

export { WaitingFor }

// tinkerbell.org/v1alpha1 Template and Workflow, in the shapes of the EKS Anywhere documents (tink 0.8), with the fields
// that came later beside them (upstream: api/v1alpha1/tinkerbell/{template,workflow}.go).

const GROUP = { group: 'tinkerbell.org', version: 'v1alpha1', categories: ['tinkerbell'] } as const

export const Template = customKind({
  ...GROUP,
  kind: 'Template',
  plural: 'templates',
  shortNames: ['tpl'],
  columns: [{ name: 'State', type: 'string', jsonPath: '.status.state' }],
  description: 'What to do to a machine: a YAML document with tasks and actions, written as a Go template.',
  spec: object({ data: string('The template text.') }),
  status: object({ state: string('Ready or Error.'), message: string('What is wrong with it, with line and column.') }),
})
export type Template = ObjectOf<typeof Template>

export const WORKFLOW_STATES = [
  'STATE_PREPARING',
  'STATE_PENDING',
  'STATE_RUNNING',
  'STATE_POST',
  'STATE_SUCCESS',
  'STATE_FAILED',
  'STATE_TIMEOUT',
] as const
export type WorkflowState = (typeof WORKFLOW_STATES)[number]

export const ACTION_STATES = [
  'STATE_PENDING',
  'STATE_RUNNING',
  'STATE_SUCCESS',
  'STATE_FAILED',
  'STATE_TIMEOUT',
] as const
export type ActionState = (typeof ACTION_STATES)[number]

export const WorkflowAction = object(
  {
    id: string('Names this action of this attempt in reports.'),
    name: string(),
    image: string(),
    timeout: integer('Seconds it may take.'),
    command: list(string()),
    volumes: list(string()),
    pid: string(),
    environment: map(string()),
    status: oneOf(ACTION_STATES),
    startedAt: time(),
    seconds: integer('How long it took.'),
    message: string('Why it ended as it did.'),
  },
  { required: ['id', 'name', 'image', 'status'] },
)
export type WorkflowAction = Infer<typeof WorkflowAction>

export const WorkflowTask = object(
  {
    id: string(),
    name: string(),
    worker: string('Identity of the worker that runs it.'),
    actions: list(WorkflowAction),
    volumes: list(string()),
    environment: map(string()),
  },
  { required: ['id', 'name', 'worker', 'actions'] },
)
export type WorkflowTask = Infer<typeof WorkflowTask>

export const Workflow = customKind({
  ...GROUP,
  kind: 'Workflow',
  plural: 'workflows',
  shortNames: ['wf'],
  columns: [
    { name: 'Template', type: 'string', jsonPath: '.spec.templateRef' },
    { name: 'State', type: 'string', jsonPath: '.status.state' },
    { name: 'Action', type: 'string', jsonPath: '.status.currentAction', priority: 1 },
    { name: 'Hardware', type: 'string', jsonPath: '.spec.hardwareRef', priority: 1 },
    { name: 'Waiting For', type: 'string', jsonPath: '.status.waitingFor.what', priority: 1 },
  ],
  description: 'A Template applied to one machine, and how far it has come.',
  spec: object({
    disabled: boolean('Render it, but do not run it.'),
    templateRef: string('Name of the Template, in the same namespace.'),
    hardwareRef: string('Name of the Hardware, in the same namespace.'),
    hardwareMap: map(string(), 'Names usable in the template, usually device_1: the MAC.'),
    bootOptions: object({
      toggleAllowNetboot: boolean('Allow network boot before, forbid it after.'),
      isoURL: string(),
      bootMode: oneOf(['netboot', 'isoboot', 'iso', 'customboot']),
      custombootConfig: object({ preparingActions: list(Action), postActions: list(Action) }),
    }),
  }),
  status: object({
    state: oneOf(WORKFLOW_STATES),
    message: string('Why it stands where it stands, when that is not the usual way.'),
    worker: string('Identity of the worker whose turn it is.'),
    currentTask: string(),
    currentAction: string(),
    globalTimeout: integer('Seconds for all of it, counted from the first action.'),
    startedAt: time('When the first action began.'),
    endedAt: time(),
    tasks: list(WorkflowTask),
    waitingFor: WaitingFor,
    conditions: list(
      object(
        {
          type: string(),
          status: oneOf(['True', 'False', 'Unknown']),
          reason: string(),
          message: string(),
          time: time(),
        },
        { required: ['type', 'status'] },
      ),
    ),
  }),
})
export type Workflow = ObjectOf<typeof Workflow>
export type WorkflowStatus = NonNullable<Workflow['status']>
