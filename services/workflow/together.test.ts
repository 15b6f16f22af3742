import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { house, MAC, started, TEMPLATE } from './house.test.ts'
import { childRunner } from './worker/children.ts'
import { GrpcTinkServer } from './worker/grpc.ts'
import { notebookIn } from './worker/notes.ts'
import { runWorker } from './worker/worker.ts'

// Our own worker, its actions shell scripts, over loopback.
for (const ending of ['reboot', 'kexec'] as const) {
  test(`the real worker installs a machine that ends in ${ending}`, async () => {
    await using at = await house()
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-provision-'))
    const did: string[] = []
    const identity = { worker: MAC, authority: `127.0.0.1:${at.dispatch.port}`, tls: false, insecureTls: false }
    using server = new GrpcTinkServer(identity, {})
    const running = runWorker(
      {
        host: { clock: systemClock, log: silentLog, random: Math.random },
        server,
        runner: childRunner({
          clock: systemClock,
          actions: ['progress', 'reboot', 'kexec'],
          command: ['sh', join(import.meta.dirname, 'worker/simulated/actions.sh')],
          environment: { PATH: process.env.PATH ?? '', WHO: 'world' },
          grace: 200,
        }),
        notebook: notebookIn(join(folder, 'worker.json')),
        system: { reboot: async () => void did.push('reboot'), kexec: async () => void did.push('kexec') },
        output: () => undefined,
      },
      AbortSignal.timeout(20_000),
    )
    const data = TEMPLATE.replace('hub/image2disk', 'hub/progress').replaceAll('reboot', ending)
    await started(at, { bootOptions: { toggleAllowNetboot: true } }, data)
    assert.equal(await running, ending)
    const { status } = await at.when(
      'w',
      ({ status }) => status?.conditions?.some(({ type }) => type === 'AllowNetbootFalse') ?? false,
    )
    assert.deepEqual(did, [ending])
    assert.equal(status?.state, ending === 'reboot' ? 'STATE_SUCCESS' : 'STATE_RUNNING')
    assert.equal(await at.allowPxe(), false)
    assert.ok(at.journal.observations.some(({ stage, what }) => stage === 'boot' && what === ending))
    assert.ok(at.journal.observations.some(({ what }) => what === 'image-progress'))
    await rm(folder, { recursive: true })
  })
}
