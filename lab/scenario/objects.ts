import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Job } from '../../machinery/api/bmc.ts'
import type { Client } from '../../machinery/api/client.ts'
import { isApiFault } from '../../machinery/api/fault.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { type Kind, make } from '../../machinery/api/kind.ts'
import type { KubeObject } from '../../machinery/api/object.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { LAB, type Plan } from './plan.ts'

const NAMESPACE = 'eksa-system'
const METADATA_URL = `http://${LAB.server}:${LAB.metadataPort}`

/** How a machine gets from HookOS to the installed system. */
export type Ending = 'reboot' | 'kexec'

/** What is installed, and how the installation ends. */
export interface Order {
  readonly image: { readonly file: string; readonly sha256: string }
  readonly ending: (plan: Plan) => Ending
  /** Public keys that may log in to the installed system. */
  readonly sshKeys: readonly string[]
}

/** What the operator of the lab does with kubectl: the template, then for each machine user-data, workflow and power. */
export async function orderInstallation(client: Client, plans: readonly Plan[], order: Order): Promise<void> {
  await createMissing(client, Template, await readTemplate())
  for (const plan of plans) {
    await client.patch(Hardware, { name: plan.name, namespace: NAMESPACE }, { body: { spec: toldTo(plan, order) } })
    await createMissing(client, Workflow, workflowFor(plan, order))
    await createMissing(client, Job, provisionJob(plan))
  }
}

export async function readTemplate(): Promise<Template> {
  const file = join(import.meta.dirname, 'template.yaml')
  return parse(await readFile(file, 'utf8')) as Template
}

/** What the installed system is told by the metadata service. */
function toldTo(plan: Plan, { sshKeys }: Order): object {
  return { userData: userData(), metadata: { instance: { ssh_keys: sshKeys, hostname: plan.name } } }
}

export function userData(): string {
  const config = {
    phone_home: {
      url: `${METADATA_URL}/phone-home`,
      post: ['instance_id', 'hostname', 'fqdn', 'pub_key_ed25519', 'pub_key_ecdsa'],
      tries: 20,
    },
  }
  return `#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`
}

export function workflowFor(plan: Plan, { image, ending }: Order): Workflow {
  return make(Workflow, {
    metadata: { name: plan.name, namespace: NAMESPACE },
    spec: {
      templateRef: 'debian',
      hardwareRef: plan.name,
      bootOptions: { toggleAllowNetboot: true },
      hardwareMap: {
        device_1: plan.mac,
        image_url: `http://${LAB.server}:${LAB.httpPort}/images/${image.file}`,
        image_sha256: image.sha256,
        metadata_url: METADATA_URL,
        ending: ending(plan),
      },
    },
  })
}

/** Off, boot from the network once, on: named as EKS Anywhere's are. */
export function provisionJob(plan: Plan): Job {
  return make(Job, {
    metadata: { name: `${plan.name}-provision`, namespace: NAMESPACE },
    spec: {
      machineRef: { name: `bmc-${plan.name}`, namespace: NAMESPACE },
      tasks: [
        { powerAction: 'off' },
        { oneTimeBootDeviceAction: { device: ['pxe'], efiBoot: plan.firmware === 'uefi' } },
        { powerAction: 'on' },
      ],
    },
  })
}

async function createMissing<T extends KubeObject>(client: Client, kind: Kind<T>, object: T): Promise<void> {
  try {
    await client.create(kind, object)
  } catch (fault) {
    if (!isApiFault(fault, 'AlreadyExists')) throw fault
  }
}
