import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { systemClock } from '../machinery/host/clock.ts'
import { createLog, type LogLine } from '../machinery/host/log.ts'
import { aborted } from '../machinery/host/scope.ts'
import { Fault } from '../wire/fault.ts'
import { LAB_PACKAGES } from './host-packages.ts'
import { follow } from './scenario/follow.ts'
import { orderInstallation } from './scenario/objects.ts'
import { build, openLab } from './scenario/open.ts'
import { PlanFault, planRack, readSize } from './scenario/plan.ts'
import { failedReport, reportOf, summary, writeReport } from './scenario/report.ts'
import { installPackages } from './setup.ts'
import { clockOf, type Paper, Screen } from './show/screen.ts'

const DIR = process.env.LAB_DIR || '.lab'
const CACHE = '.cache'

const started = systemClock.now()
const terminal = process.stdout.isTTY === true
const once = process.env.ONCE === '1' || !terminal
const paper: Paper = {
  terminal,
  columns: process.stdout.columns ?? 120,
  write: text => void process.stdout.write(text),
}
const screen = new Screen(paper)
const say = (line: string) => screen.say(`${clockOf(systemClock.now() - started)}  ${line}`)
const log = createLog(systemClock, ({ level, sentence, facts }: LogLine) => {
  if (level === 'debug') return
  const more = Object.entries(facts).map(([name, value]) => `${name}=${value}`)
  say([sentence, ...more].join(' '))
})
const host = { clock: systemClock, log, random: () => randomInt(2 ** 32) / 2 ** 32 }

/** `make lab`: the whole house in motion, shown as it happens. Resolves to the exit code. */
async function main(signal: AbortSignal): Promise<number> {
  const plans = planRack(readSize(process.env.MACHINES || undefined, process.env.FIRMWARE || undefined))
  await installPackages({ packages: LAB_PACKAGES, log, signal })
  const built = await build(CACHE, log, signal)
  say('the network, bellhop and the rack are being set up')
  await using lab = await openLab({ plans, built, dir: DIR, log: createLog(systemClock, () => undefined), signal })
  say(`bellhop serves; in another terminal: export KUBECONFIG=${lab.kubeconfig}`)
  const image = { file: 'debian.raw.gz', sha256: built.image.sha256 }
  const ending = () => (process.env.ENDING === 'kexec' ? 'kexec' : 'reboot')
  await orderInstallation(lab.client, plans, { image, ending, sshKeys: [lab.ssh.publicKey] })
  say('machines, template, workflows and power jobs are ordered')
  const trouble = () => lab.bellhop.trouble()
  using view = await follow({ client: lab.client, plans, host, screen, signal, trouble })
  const report = reportOf({ plans, view, built, started, ended: systemClock.now() })
  await writeReport(join(DIR, 'report.json'), report)
  for (const line of ['', ...summary(report), '', ...nextSteps(report.ok, lab.kubeconfig)]) screen.say(line)
  if (!once) await aborted(signal)
  return report.ok ? 0 : 1
}

function nextSteps(ok: boolean, kubeconfig: string): readonly string[] {
  const look = [
    `export KUBECONFIG=${kubeconfig}`,
    'kubectl get workflows -n eksa-system -o wide',
    `bin/bellhop timeline rack1 --kubeconfig ${kubeconfig}`,
  ]
  const where = `The report is in ${DIR}/report.json, what bellhop said in ${DIR}/bellhop.log, the consoles in ${DIR}/machines/.`
  if (once) return [ok ? `Every machine called home. ${where}` : where]
  return [
    ok ? 'Every machine called home. Look around:' : 'Look into it:',
    ...look.map(line => `    ${line}`),
    where,
    'Ctrl-C takes it all down.',
  ]
}

/** What ends a run before its machines are told of: a sentence, and a report that says so. */
async function explain(thrown: unknown, signal: AbortSignal): Promise<number> {
  if (signal.aborted) {
    screen.say('called off; everything that was started is stopped')
    return 130
  }
  const known = thrown instanceof Fault || thrown instanceof PlanFault
  const reason = thrown instanceof Error ? (known ? thrown.message : String(thrown.stack)) : String(thrown)
  screen.say(`the lab failed: ${reason}`)
  await writeReport(join(DIR, 'report.json'), failedReport(reason, started, systemClock.now())).catch(() => undefined) // .lab may not be there yet
  return 1
}

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort(new Error('called off')))
process.exitCode = await main(stop.signal)
  .catch(thrown => explain(thrown, stop.signal))
  .finally(() => stop.abort())
