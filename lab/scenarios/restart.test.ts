import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { test } from 'node:test'
import { BmcMachine, Job, Task } from '../../machinery/api/bmc.ts'
import { Pod, Secret } from '../../machinery/api/core.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import type { Kind } from '../../machinery/api/kind.ts'
import type { KubeObject } from '../../machinery/api/object.ts'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { follow } from '../scenario/follow.ts'
import { orderInstallation } from '../scenario/objects.ts'
import type { Lab } from '../scenario/open.ts'
import { planRack } from '../scenario/plan.ts'
import { until } from '../scenario/until.ts'
import { imageProgress } from '../show/milestones.ts'
import { Screen } from '../show/screen.ts'
import { installed } from './installed.ts'
import { MINUTE, NAMESPACE, openScene, type Scene } from './scene.ts'

const plans = planRack({ machines: 1, firmware: 'bios' })
const [plan] = plans
const KINDS: readonly Kind<KubeObject>[] = [Hardware, Template, Workflow, BmcMachine, Job, Task, Secret, Pod]

test('bellhop is killed while it sends the image, and the installation goes on', { timeout: 20 * MINUTE }, async t => {
  if (!plan) throw new Error('the rack is empty')
  await using scene = await openScene({ name: 'restart', plans }, t)
  const { lab, built } = scene
  const image = { file: basename(built.image.path), sha256: built.image.sha256 }
  await orderInstallation(lab.client, plans, { image, ending: () => 'reboot', sshKeys: [lab.ssh.publicKey] })

  await scene.step('the image is being sent', async () => {
    const under = async () => imageProgress(await factsOf(lab))
    const { bytes, total } = await until('part of the image is there', under, scene.patience(6 * MINUTE))
    assert.ok(bytes < total, `${bytes} of ${total}`)
  })
  const before = await uids(lab)
  await lab.bellhop.kill()
  lab.bellhop.start()
  await scene.step('the same objects are there again, and the pods show a restart', async () => {
    await restarted(scene)
    assert.deepEqual(await uids(lab), before)
  })
  await scene.step('the machine calls home', async () => {
    const host = { clock: systemClock, log: silentLog, random: Math.random }
    const screen = new Screen({ terminal: false, columns: 120, write: () => undefined })
    const { client, bellhop } = lab
    const trouble = () => bellhop.trouble()
    using view = await follow({ client, plans, host, screen, signal: scene.signal, trouble })
    assert.deepEqual([...view.outcomes().values()], [{ is: 'home' }])
  })
  await scene.step('the image was written once, from both halves', async () => {
    const workflow = await lab.client.get(Workflow, { name: plan.name, namespace: NAMESPACE })
    const actions = (workflow?.status?.tasks ?? []).flatMap(task => task.actions)
    assert.ok(actions.every(({ status }) => status === 'STATE_SUCCESS'))
    const started = (await factsOf(lab)).filter(fact => fact.evidence?.action === 'stream-image')
    assert.deepEqual(
      started.map(({ what }) => what).filter(what => what.startsWith('action-')),
      ['action-started', 'action-succeeded'],
    )
  })
  await scene.step('it is what it was told to be', () => installed(scene, plan))
})

async function factsOf({ client }: Lab) {
  const timeline = await client.get(Timeline, { name: plan?.name ?? '', namespace: NAMESPACE })
  return timeline?.status?.facts ?? []
}

/** Who each object is, whatever it says. */
async function uids({ client }: Lab): Promise<Readonly<Record<string, string | undefined>>> {
  const lists = KINDS.map(async kind => {
    const { items } = await client.list(kind, { namespace: NAMESPACE })
    return items.map(({ metadata }) => [`${kind.kind} ${metadata.name}`, metadata.uid] as const)
  })
  return Object.fromEntries((await Promise.all(lists)).flat())
}

async function restarted(scene: Scene): Promise<void> {
  const once = async () => {
    const { items } = await scene.lab.client.list(Pod, { namespace: NAMESPACE })
    const counts = items.map(({ status }) => status?.containerStatuses?.[0]?.restartCount)
    return counts.length > 0 && counts.every(count => count === 1)
  }
  await until('every pod has restarted once', once, scene.patience(MINUTE))
  await scene.lab.ready()
}
