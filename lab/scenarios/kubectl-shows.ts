import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { command } from '../command.ts'
import type { Ending } from '../scenario/objects.ts'
import type { Lab } from '../scenario/open.ts'
import type { Plan } from '../scenario/plan.ts'
import { until } from '../scenario/until.ts'
import { Kubectl } from './kubectl.ts'
import { MINUTE, type Scene } from './scene.ts'
import { AGE, assertAction, assertCompleted, describedTask, PODS } from './shape.ts'

/** Who looks at what. */
export interface Audience {
  readonly scene: Scene
  readonly kubectl: Kubectl
  readonly plans: readonly Plan[]
}

/** Undefined where there is none. */
export async function findKubectl({ kubeconfig }: Lab, { dir, signal }: Scene): Promise<Kubectl | undefined> {
  const version = await command(['kubectl', 'version', '--client']).catch(() => undefined)
  return version === undefined ? undefined : new Kubectl(kubeconfig, dir, signal)
}

/** The pods, the hardware, and the power jobs with their tasks, as soon as they are done. */
export async function switchedOn({ scene, kubectl, plans }: Audience): Promise<void> {
  await scene.step('get pods: the services', async () => {
    const { columns, rows } = await kubectl.table('get pods -n eksa-system')
    assert.deepEqual(columns, ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
    assert.equal(rows.length, Object.keys(PODS).length)
    for (const [service, name] of Object.entries(PODS)) {
      const pod = rows.find(row => name.test(row.NAME ?? ''))
      assert.ok(pod, `${service}: ${JSON.stringify(rows)}`)
      assert.deepEqual([pod.READY, pod.STATUS, pod.RESTARTS], ['1/1', 'Running', '0'])
      assert.match(pod.AGE ?? '', AGE)
    }
  })
  await scene.step('get hardware', async () => {
    const { rows } = await kubectl.table('get hardware -n eksa-system')
    assert.deepEqual(
      rows.map(row => row.NAME),
      plans.map(({ name }) => name),
    )
  })
  await scene.step('get job.bmc and tasks.bmc', () => powerJobs({ scene, kubectl, plans }))
  for (const plan of plans) await scene.step(`describe tasks.bmc of ${plan.name}`, () => powerTasks(kubectl, plan))
}

async function powerJobs({ scene, kubectl, plans }: Audience): Promise<void> {
  const names = plans.flatMap(({ name }) => [0, 1, 2].map(number => `${name}-provision-task-${number}`))
  const jobs = await kubectl.table('get job.bmc -A')
  assert.deepEqual(jobs.columns, ['NAMESPACE', 'NAME', 'AGE'])
  assert.deepEqual(
    jobs.rows.map(row => row.NAME),
    plans.map(({ name }) => `${name}-provision`),
  )
  const last = async () => {
    const tasks = await kubectl.table('get tasks.bmc -A')
    return tasks.rows.length === names.length && tasks
  }
  const tasks = await until('every power task is there', last, scene.patience(MINUTE))
  assert.deepEqual(tasks.columns, ['NAMESPACE', 'NAME', 'AGE'])
  assert.deepEqual(
    tasks.rows.map(row => row.NAME),
    names,
  )
  assert.ok(tasks.rows.every(row => row.NAMESPACE === 'eksa-system' && AGE.test(row.AGE ?? '')))
  for (const { name } of plans) {
    await kubectl.run(`wait --for=condition=Completed -n eksa-system job.bmc/${name}-provision --timeout=60s`)
  }
}

async function powerTasks(kubectl: Kubectl, { name, firmware }: Plan): Promise<void> {
  const efi = firmware === 'uefi'
  const shown = [
    'Power Action: off',
    `One Time Boot Device Action:\nDevice:\npxe\nEfi Boot: ${efi}`,
    'Power Action: on',
  ]
  for (const [number, task] of shown.entries()) {
    const description = await kubectl.run(`describe tasks.bmc -n eksa-system ${name}-provision-task-${number}`)
    assert.equal(describedTask(description), task)
    assertCompleted(description)
  }
}

/** While a workflow runs. */
export async function atWork({ scene, kubectl }: Audience): Promise<void> {
  await scene.step('get workflows.tinkerbell.org', async () => {
    const { columns, rows } = await kubectl.table('get workflows.tinkerbell.org -n eksa-system')
    assert.deepEqual(columns, ['NAME', 'TEMPLATE', 'STATE'])
    assert.ok(
      rows.some(row => row.STATE === 'STATE_RUNNING' && row.TEMPLATE === 'debian'),
      JSON.stringify(rows),
    )
  })
  await scene.step('get workflows.tinkerbell.org -o yaml', async () => {
    const { items } = parse(await kubectl.run('get workflows.tinkerbell.org -n eksa-system -o yaml'))
    for (const { status } of items) {
      assert.match(status.state, /^STATE_/)
      const [task] = status.tasks
      assert.equal(task.actions.length, 6)
      for (const action of task.actions) assertAction(action)
      const [stream] = task.actions
      assert.equal(stream.name, 'stream-image')
      assert.deepEqual([stream.environment.COMPRESSED, stream.environment.DEST_DISK], ['true', '/dev/sda'])
    }
  })
  await scene.step('logs -f: what is said from now on', async () => {
    const [boots] = await podsOf(kubectl, 'boots')
    const line = await kubectl.hear(`logs -f --tail=0 -n eksa-system ${boots}`, /"msg"/, 3 * MINUTE)
    assert.match(line, /^\{"level":"\w+","ts":"/)
  })
  await scene.step('get events', async () => {
    const { columns, rows } = await kubectl.table('get events -n eksa-system')
    assert.deepEqual(columns, ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'])
    assert.ok(rows.some(({ REASON, OBJECT }) => REASON === 'PowerOn' && OBJECT === 'hardware/rack1'))
  })
  await scene.step('get workflows -w: a change is seen', async () => {
    const next = /^rack\d +debian +STATE_RUNNING +(?!stream-image)[\w-]+ +rack\d/
    await kubectl.hear('get workflows -n eksa-system -w -o wide', next, 10 * MINUTE)
  })
}

const SCRATCH = `apiVersion: tinkerbell.org/v1alpha1
kind: Hardware
metadata: { name: scratch, namespace: eksa-system }
spec: { disks: [{ device: /dev/sda }] }
`

/** An operator's own object, from its making to its end; and the documentation. */
export async function scratch({ scene, kubectl }: Audience): Promise<void> {
  const file = join(scene.dir, 'scratch.yaml')
  const device = '-o jsonpath={.spec.disks[0].device}'
  await scene.step('apply -f', async () => {
    await writeFile(file, SCRATCH)
    assert.match(await kubectl.run(`apply -f ${file}`), /hardware.tinkerbell.org\/scratch created/)
    assert.match(await kubectl.run(`apply -f ${file}`), /scratch unchanged/)
    await writeFile(file, SCRATCH.replace('sda', 'sdb'))
    assert.match(await kubectl.run(`apply -f ${file}`), /scratch configured/)
    assert.equal(await kubectl.run(`get hardware scratch -n eksa-system ${device}`), '/dev/sdb')
  })
  await scene.step('edit', async () => {
    const env = { KUBE_EDITOR: 'sed -i s,/dev/sdb,/dev/nvme0n1,' }
    assert.match(await kubectl.run('edit hardware scratch -n eksa-system', { env }), /scratch edited/)
    assert.equal(await kubectl.run(`get hardware scratch -n eksa-system ${device}`), '/dev/nvme0n1')
  })
  await scene.step('delete', async () => {
    assert.match(await kubectl.run('delete hardware scratch -n eksa-system'), /"scratch" deleted/)
    await assert.rejects(kubectl.run('get hardware scratch -n eksa-system'), /NotFound/)
  })
  await scene.step('explain workflow.spec', async () => {
    const text = await kubectl.run('explain workflow.spec')
    assert.match(text, /^KIND: +Workflow$/m)
    for (const field of ['templateRef', 'hardwareRef', 'hardwareMap']) {
      assert.match(text, new RegExp(`^ {2}${field}\\s+<.*\\n {4}\\S`, 'm'))
    }
  })
}

/** When every machine is home. */
export async function atTheEnd({ scene, kubectl, plans }: Audience, ending: (plan: Plan) => Ending): Promise<void> {
  await scene.step('logs of every pod', async () => {
    for (const service of Object.keys(PODS)) {
      const [name] = await podsOf(kubectl, service)
      assert.match(await kubectl.run(`logs -n eksa-system ${name}`), /^\{"level":/, service)
    }
  })
  for (const plan of plans) {
    await scene.step(`the logs tell of ${plan.name}`, () => logsOf(kubectl, plan))
    await scene.step(`the workflow of ${plan.name} ended with ${ending(plan)}`, () =>
      ended(kubectl, plan, ending(plan)),
    )
  }
}

async function logsOf(kubectl: Kubectl, { mac, address }: Plan): Promise<void> {
  const lines = async (service: string) => {
    const [name] = await podsOf(kubectl, service)
    return (await kubectl.run(`logs -n eksa-system ${name}`)).split('\n')
  }
  const boots = (await lines('boots')).filter(line => line.includes(mac) && line.includes('HTTP file sent'))
  for (const file of ['vmlinuz-x86_64', 'initramfs-x86_64']) {
    assert.ok(
      boots.some(line => line.includes(file)),
      `${file} in ${boots.join('\n')}`,
    )
  }
  const hegel = (await lines('hegel')).filter(line => line.includes('Retrieved IP peer IP'))
  assert.ok(hegel.some(line => line.includes(`"userIP":"${address}"`)))
}

async function ended(kubectl: Kubectl, { name }: Plan, ending: Ending): Promise<void> {
  const read = async (kind: string) => parse(await kubectl.run(`get ${kind} -n eksa-system ${name} -o yaml`))
  const { status } = await read('workflow')
  const states = Object.fromEntries(
    status.tasks[0].actions.map((action: Record<string, string>) => [action.name, action.status]),
  )
  const last = ending === 'kexec' ? 'kexec-image' : 'reboot-image'
  // The kexec of a new kernel ends the worker: nobody is left to say that it succeeded.
  const state = ending === 'kexec' ? 'STATE_RUNNING' : 'STATE_SUCCESS'
  assert.equal(status.state, state)
  assert.equal(states[last], state)
  const { [last]: _, ...others } = states
  assert.equal(Object.keys(others).length, 5)
  assert.ok(
    Object.values(others).every(each => each === 'STATE_SUCCESS'),
    JSON.stringify(states),
  )
  const { spec } = await read('hardware')
  assert.equal(spec.interfaces[0].netboot.allowPXE, false)
}

async function podsOf(kubectl: Kubectl, service: string): Promise<string[]> {
  const { rows } = await kubectl.table('get pods -n eksa-system')
  return rows.map(row => row.NAME ?? '').filter(name => PODS[service]?.test(name))
}
