import assert from 'node:assert/strict'
import { parse } from 'yaml'
import { Workflow } from '../../machinery/api/workflow.ts'
import { RECIPE } from '../image/recipe.ts'
import { userData } from '../scenario/objects.ts'
import type { Plan } from '../scenario/plan.ts'
import { login } from './login.ts'
import { NAMESPACE, type Scene } from './scene.ts'

/** Reads back from an installed machine, by SSH, what cloud-init made of it. */
export async function installed({ lab, signal }: Scene, plan: Plan): Promise<void> {
  const ask = login(lab, plan, signal)

  const status = await ask('cloud-init status --wait --long')
  assert.match(status, /^status: done$/m)
  assert.match(status, /DataSourceEc2/)
  assert.match(await ask('cloud-id'), /^(ec2|aws)$/m)
  const { v1 } = JSON.parse(await ask('cat /run/cloud-init/instance-data.json')) as { v1: Record<string, unknown> }
  assert.equal(v1.platform, 'ec2')
  assert.equal(v1.local_hostname, plan.name)
  assert.equal(v1.instance_id, plan.mac)

  assert.equal((await ask('hostname')).trim(), plan.name)
  assert.ok((await ask('cat .ssh/authorized_keys')).includes(lab.ssh.publicKey), 'the operator’s key is there')
  assert.equal((await ask('sudo cat /var/lib/cloud/instance/user-data.txt')).trim(), userData().trim())

  await network(ask, await contentsOf(lab.client, plan), plan)
  const kernel = await ask('cat /proc/cmdline')
  assert.ok(kernel.includes(`root=UUID=${RECIPE.rootUuid}`), kernel)
  assert.doesNotMatch(kernel, /grpc_authority|worker_id/, 'this is no longer HookOS')
}

/** The file is what the template made of the Hardware, and the interface obeys it. */
async function network(ask: (line: string) => Promise<string>, written: string, plan: Plan): Promise<void> {
  const file = await ask('sudo cat /etc/netplan/config.yaml')
  assert.equal(file.trim(), written.trim())
  assert.deepEqual(parse(file).network.ethernets.id0.addresses, [`${plan.address}/24`])
  assert.deepEqual(parse(file).network.ethernets.id0.match, { macaddress: plan.mac })
  assert.match(await ask('ip -4 -brief address'), new RegExp(`UP +${plan.address.replaceAll('.', '\\.')}/24`))
}

async function contentsOf(client: Scene['lab']['client'], plan: Plan): Promise<string> {
  const workflow = await client.get(Workflow, { name: plan.name, namespace: NAMESPACE })
  const actions = (workflow?.status?.tasks ?? []).flatMap(task => task.actions)
  return actions.find(({ name }) => name === 'write-netplan')?.environment?.CONTENTS ?? ''
}
