import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Job } from '../../machinery/api/bmc.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { type Fact, Timeline } from '../../machinery/api/timeline.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { DIES_WITH_US } from '../machine/guest.ts'
import { provisionJob } from '../scenario/objects.ts'
import type { Lab } from '../scenario/open.ts'
import { LAB, type Plan, planRack } from '../scenario/plan.ts'
import { until } from '../scenario/until.ts'
import { BAD_IMAGES_PORT, type Faulty, faulties, templateOf, workflowOf } from './faulty.ts'
import { MINUTE, NAMESPACE, openScene, type Scene } from './scene.ts'
import { makeTinyImage } from './tiny-image.ts'

const ENDED = ['STATE_FAILED', 'STATE_TIMEOUT', 'STATE_SUCCESS']

test('what goes wrong ends with a reason', { timeout: 25 * MINUTE }, async t => {
  const tiny = await makeTinyImage(join('.lab/scenarios', 'tiny-image'))
  const faults = faulties(tiny)
  const all = planRack({ machines: faults.length + 2, firmware: 'bios' })
  const [plans, [mute, stranger]] = [all.slice(0, faults.length), all.slice(faults.length)]
  if (!mute || !stranger) throw new Error('the rack is too small')
  const settings = { 'images-dir': tiny.folder, 'bmc-deadline': '20' }
  const hardware = { cpus: 1, memoryMib: 1024 }
  await using scene = await openScene({ name: 'faults', plans, missing: [mute], settings, hardware }, t)
  const { client } = scene.lab
  await using _bad = await serveBadImages(scene.lab)

  for (const [index, plan] of plans.entries()) {
    await client.create(Template, templateOf(`${plan.name}-fault`, faults[index]?.actions ?? []))
    await client.create(Workflow, workflowOf(plan, `${plan.name}-fault`))
    await client.create(Job, provisionJob(plan))
  }
  await client.create(Workflow, workflowOf(mute, 'rack1-fault', 'netboot'))
  await client.create(Workflow, workflowOf(stranger, 'rack1-fault'))

  await scene.step('a Workflow for Hardware that is not there says so and waits', () => strange(scene, stranger))
  await scene.step('a BMC that does not answer', () => silentBmc(scene, mute))
  for (const [index, plan] of plans.entries()) {
    const fault = faults[index]
    if (fault) await scene.step(fault.title, () => endsWell(scene, plan, fault))
  }
  await scene.step('a machine that failed does not boot from the network again', async () => {
    for (const plan of plans.slice(0, 1)) await bootsNoMore(scene, plan)
  })
})

/** A child in the namespace, since this process is outside of it. */
async function serveBadImages({ network }: Lab): Promise<AsyncDisposable> {
  const script = join(import.meta.dirname, 'bad-images.ts')
  const argv = [...network.enter, ...DIES_WITH_US, process.execPath, script, LAB.server, String(BAD_IMAGES_PORT)]
  const [program = '', ...rest] = argv
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  return {
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}

async function statusOf({ lab }: Scene, { name }: Plan): Promise<NonNullable<Workflow['status']>> {
  return (await lab.client.get(Workflow, { name, namespace: NAMESPACE }))?.status ?? {}
}

async function strange(scene: Scene, plan: Plan): Promise<void> {
  const said = async () => {
    const status = await statusOf(scene, plan)
    return status.message !== undefined && status
  }
  const { state, message, waitingFor } = await until('it says why it waits', said, scene.patience(MINUTE))
  assert.equal(state, 'STATE_PENDING')
  assert.match(message ?? '', new RegExp(`spec.hardwareRef: there is no Hardware "${plan.name}"`))
  assert.match(waitingFor?.what ?? '', new RegExp(`Hardware ${plan.name} is created`))
}

async function end(scene: Scene, plan: Plan, milliseconds: number): Promise<NonNullable<Workflow['status']>> {
  const ended = async () => {
    const status = await statusOf(scene, plan)
    return ENDED.includes(status.state ?? '') && status
  }
  return until(`the workflow of ${plan.name} ends`, ended, scene.patience(milliseconds))
}

async function silentBmc(scene: Scene, plan: Plan): Promise<void> {
  const { state, message, tasks = [] } = await end(scene, plan, 3 * MINUTE)
  assert.equal(state, 'STATE_FAILED')
  assert.match(message ?? '', new RegExp(`netboot-${plan.name}.*${plan.bmc.address.replaceAll('.', '\\.')}`))
  assert.ok(tasks.flatMap(task => task.actions).every(action => action.status === 'STATE_PENDING'))
  await forbidden(scene, plan)
  const codes = (await factsOf(scene, plan)).map(({ what }) => what)
  assert.ok(codes.includes('bmc-unreachable') && codes.includes('bmc-failed'), codes.join())
}

/** Ended for a reason that is told, with nothing done after it, and no way back into HookOS by accident. */
async function endsWell(scene: Scene, plan: Plan, { ends, actions, leavesNoImage }: Faulty): Promise<void> {
  const { state, tasks = [] } = await end(scene, plan, 10 * MINUTE)
  const done = tasks.flatMap(task => task.actions)
  const index = actions.findIndex(({ name }) => name === ends.action)
  assert.deepEqual(
    done.map(({ status }) => status),
    actions.map((_, at) => (at < index ? 'STATE_SUCCESS' : at === index ? ends.state : 'STATE_PENDING')),
  )
  assert.equal(state, ends.state)
  assert.match(done[index]?.message ?? '', ends.message)
  await forbidden(scene, plan)
  const facts = await factsOf(scene, plan)
  const code = ends.state === 'STATE_TIMEOUT' ? 'timeout' : 'failed'
  assert.match(facts.find(({ what }) => what === `action-${code}`)?.says ?? '', ends.message)
  const codes = facts.map(({ what }) => what)
  assert.ok(codes.includes(`workflow-${code}`), codes.join())
  assert.equal(codes.includes('image-done'), !leavesNoImage)
  assert.ok(!codes.some(what => ['reboot', 'kexec', 'called-home'].includes(what)), codes.join())
  const machine = scene.lab.rack.machines.find(each => each.plan.name === plan.name)
  assert.equal(machine?.power.state, 'on', 'it stays in HookOS, where somebody may look into it')
  if (leavesNoImage) assert.ok(await blank(scene, plan), 'nothing that could be booted is on the disk')
}

async function forbidden(scene: Scene, { name }: Plan): Promise<void> {
  const no = async () => {
    const hardware = await scene.lab.client.get(Hardware, { name, namespace: NAMESPACE })
    return hardware?.spec.interfaces?.every(({ netboot }) => netboot?.allowPXE === false)
  }
  await until(`${name} may not boot from the network`, no, scene.patience(MINUTE))
}

async function factsOf({ lab }: Scene, { name }: Plan): Promise<readonly Fact[]> {
  return (await lab.client.get(Timeline, { name, namespace: NAMESPACE }))?.status?.facts ?? []
}

/** The first megabyte of the disk, as the host sees it. */
async function blank({ lab }: Scene, { name }: Plan): Promise<boolean> {
  const machine = lab.rack.machines.find(({ plan }) => plan.name === name)
  await using disk = await open(`${machine?.dir}/disk.raw`)
  const { buffer, bytesRead } = await disk.read(Buffer.alloc(1024 * 1024), 0, 1024 * 1024, 0)
  return buffer.subarray(0, bytesRead).every(byte => byte === 0)
}

/** Switched off and on, with the network first once more: it gets an address, and the reason why there is nothing to boot. */
async function bootsNoMore(scene: Scene, plan: Plan): Promise<void> {
  const scripts = async () => (await factsOf(scene, plan)).filter(({ what }) => what === 'ipxe-script').length
  const before = await scripts()
  assert.ok(before > 0)
  const again = provisionJob(plan)
  await scene.lab.client.create(Job, { ...again, metadata: { ...again.metadata, name: `${plan.name}-again` } })
  const refused = async () =>
    (await factsOf(scene, plan)).find(({ what, evidence }) => what === 'dhcp-ack' && evidence?.boot === 'not-allowed')
  const fact = await until(`${plan.name} is refused`, refused, scene.patience(4 * MINUTE))
  assert.match(fact.says, /does not allow network boot \(netboot\.allowPXE\)/)
  assert.equal(await scripts(), before)
}
