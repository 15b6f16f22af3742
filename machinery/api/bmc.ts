import { customKind, type ObjectOf } from './kind.ts'
import { boolean, type Infer, integer, list, object, oneOf, string, time } from './schema.ts'
import { WaitingFor } from './waiting.ts'

// Rufio's kinds, bmc.tinkerbell.org/v1alpha1 (upstream: api/v1alpha1/bmc).

const GROUP = { group: 'bmc.tinkerbell.org', version: 'v1alpha1', categories: ['tinkerbell'] } as const

export const SecretReference = object({
  name: string('Name of the Secret.'),
  namespace: string('Namespace of the Secret.'),
})

export const POWER_ACTIONS = ['on', 'off', 'soft', 'status', 'cycle', 'reset'] as const
export const POWER_STATES = ['on', 'off', 'unknown'] as const
export const BOOT_DEVICES = ['pxe', 'disk', 'bios', 'cdrom', 'safe'] as const

export const ProviderOptions = object({
  preferredOrder: list(string(), 'Drivers to try first, by name.'),
  ipmitool: object({
    port: integer('UDP port of IPMI; 623 unless told.', { minimum: 1, maximum: 65535 }),
    cipherSuite: string('Cipher suite id, 3 or 17; the better one the BMC offers unless told.'),
  }),
  redfish: object({
    port: integer('TCP port of Redfish; 443 unless told.', { minimum: 1, maximum: 65535 }),
    useBasicAuth: boolean('Send the credentials with each request instead of opening a session.'),
    systemName: string('Which system, where a BMC manages several.'),
  }),
})

export const Connection = object(
  {
    host: string('Name or address of the BMC.', { minLength: 1 }),
    port: integer('UDP port of IPMI; 623 unless told.', { default: 623 }),
    authSecretRef: SecretReference,
    insecureTLS: boolean('Do not verify the certificate of the BMC.'),
    providerOptions: ProviderOptions,
  },
  { required: ['host', 'insecureTLS'] },
)
export type Connection = Infer<typeof Connection>

export const BmcMachine = customKind({
  ...GROUP,
  kind: 'Machine',
  plural: 'machines',
  labels: { 'clusterctl.cluster.x-k8s.io': '', 'clusterctl.cluster.x-k8s.io/move': '' },
  description: 'A baseboard management controller and how to reach it.',
  spec: object({ connection: Connection }, { required: ['connection'] }),
  status: object({
    powerState: oneOf(POWER_STATES, 'As last read from the BMC.'),
    conditions: list(
      object(
        {
          type: string('Contactable.'),
          status: oneOf(['True', 'False']),
          lastUpdateTime: time('When the status last turned.'),
          message: string(),
        },
        { required: ['type', 'status'] },
      ),
    ),
  }),
})
export type BmcMachine = ObjectOf<typeof BmcMachine>

/** Exactly one of the fields is set: what a task does. */
export const Action = object(
  {
    powerAction: oneOf(POWER_ACTIONS),
    oneTimeBootDeviceAction: object(
      { device: list(string()), efiBoot: boolean('Boot it the EFI way.') },
      { required: ['device'] },
    ),
    bootDevice: object({ device: string(), persistent: boolean(), efiBoot: boolean() }),
    virtualMediaAction: object({ mediaURL: string('Empty ejects.'), kind: string() }, { required: ['kind'] }),
  },
  { maxProperties: 1 },
)
export type Action = Infer<typeof Action>

const Condition = object(
  {
    type: string('Completed, Failed or Running; in a running Task also Sent and WasOff, what it must not do twice.'),
    status: oneOf(['True', 'False']),
    message: string(),
  },
  { required: ['type', 'status'] },
)

const Progress = {
  conditions: list(Condition),
  startTime: time(),
  completionTime: time(),
  waitingFor: WaitingFor,
} as const

/** `kubectl get job.bmc` shows NAME and AGE, as the EKS Anywhere documents do. */
export const Job = customKind({
  ...GROUP,
  kind: 'Job',
  plural: 'jobs',
  shortNames: ['j'],
  description: 'Power and boot actions to run on one machine, one after another.',
  spec: object(
    {
      machineRef: object({ name: string(), namespace: string() }, { required: ['name', 'namespace'] }),
      tasks: list(Action, 'In this order.', { minItems: 1 }),
    },
    { required: ['machineRef', 'tasks'] },
  ),
  status: object(Progress),
})
export type Job = ObjectOf<typeof Job>

export const Task = customKind({
  ...GROUP,
  kind: 'Task',
  plural: 'tasks',
  shortNames: ['t'],
  description: 'One action of a Job, with the connection as it was when the task was made.',
  spec: object({ task: Action, connection: Connection }, { required: ['task'] }),
  status: object(Progress),
})
export type Task = ObjectOf<typeof Task>

export const BMC_KINDS = [BmcMachine, Job, Task]
