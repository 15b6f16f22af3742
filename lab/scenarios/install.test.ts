import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { Workflow } from '../../machinery/api/workflow.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { follow, type View } from '../scenario/follow.ts'
import { orderInstallation } from '../scenario/objects.ts'
import { type Plan, planRack } from '../scenario/plan.ts'
import { type Report, reportOf, writeReport } from '../scenario/report.ts'
import { until } from '../scenario/until.ts'
import { MILESTONES, passed } from '../show/milestones.ts'
import { Screen } from '../show/screen.ts'
import { installed } from './installed.ts'
import { type Audience, atTheEnd, atWork, findKubectl, scratch, switchedOn } from './kubectl-shows.ts'
import { MINUTE, NAMESPACE, openScene, type Scene } from './scene.ts'

const plans = planRack({ machines: 2, firmware: 'mixed' })
/** One way a machine: both firmwares and both endings. */
const ending = (plan: Plan) => (plan.firmware === 'bios' ? 'kexec' : 'reboot')

test('two machines, UEFI and BIOS, are installed while kubectl looks on', { timeout: 25 * MINUTE }, async t => {
  await using scene = await openScene({ name: 'install', plans }, t)
  const { lab, built } = scene
  const kubectl = await findKubectl(lab, scene)
  const audience: Audience | undefined = kubectl && { scene, kubectl, plans }
  const started = systemClock.now()

  const image = { file: basename(built.image.path), sha256: built.image.sha256 }
  await orderInstallation(lab.client, plans, { image, ending, sshKeys: [lab.ssh.publicKey] })
  const way = followQuietly(scene)
  way.catch(() => undefined) // awaited below, after the steps that look on

  if (audience) await lookOn(audience)
  else await t.test('kubectl looks on', { skip: 'there is no kubectl on the PATH' })

  let view: View | undefined
  await scene.step('both call home', async () => {
    view = await way
    const outcomes = [...view.outcomes().values()]
    assert.ok(
      outcomes.every(({ is }) => is === 'home'),
      JSON.stringify(outcomes),
    )
  })
  if (!view) return
  using seen = view
  if (audience) await atTheEnd(audience, ending)
  await scene.step('every milestone is passed, in its order', async () => milestonesOf(seen))
  await scene.step('the report says how long each took', () => report(scene, seen, started))
  await scene.step('kexec needs no firmware', async () => {
    const console = lab.rack.machines.find(({ plan }) => plan.firmware === 'bios')?.console
    assert.equal((await console?.read())?.match(/SeaBIOS \(version/g)?.length, 1)
  })
  for (const plan of plans) await scene.step(`${plan.name} is what it was told to be`, () => installed(scene, plan))
})

async function lookOn(audience: Audience): Promise<void> {
  const { scene } = audience
  await switchedOn(audience)
  await scene.step('a workflow runs', async () => {
    await until('a workflow runs', () => running(scene), scene.patience(8 * MINUTE))
  })
  await atWork(audience)
  await scratch(audience)
}

async function running({ lab }: Scene): Promise<boolean> {
  const { items } = await lab.client.list(Workflow, { namespace: NAMESPACE })
  return items.some(({ status }) => status?.state === 'STATE_RUNNING')
}

function followQuietly({ lab, signal }: Scene): Promise<View> {
  const host = { clock: systemClock, log: silentLog, random: Math.random }
  const screen = new Screen({ terminal: false, columns: 120, write: () => undefined })
  return follow({ client: lab.client, plans, host, screen, signal, trouble: () => lab.bellhop.trouble() })
}

function milestonesOf(view: View): void {
  for (const plan of plans) {
    const names = passed(view.facts(plan)).map(({ milestone }) => milestone.name)
    assert.deepEqual(
      names,
      MILESTONES.map(({ name }) => name),
      plan.name,
    )
  }
}

async function report({ built, dir }: Scene, view: View, started: number): Promise<void> {
  await writeReport(join(dir, 'report.json'), reportOf({ plans, view, built, started, ended: systemClock.now() }))
  const { ok, machines, acceleration, seconds } = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')) as Report
  assert.equal(ok, true)
  assert.equal(acceleration, built.acceleration)
  assert.deepEqual(
    machines.map(({ name, firmware, ok }) => ({ name, firmware, ok })),
    plans.map(({ name, firmware }) => ({ name, firmware, ok: true })),
  )
  for (const { stages } of machines) {
    const times = Object.values(stages)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    )
    assert.ok((stages['called-home'] ?? 0) > 10 && (stages['called-home'] ?? 0) <= seconds, JSON.stringify(stages))
  }
}
