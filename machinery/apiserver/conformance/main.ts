import { parseArgs } from 'node:util'
import { loadKubeconfig } from '../../api/remote/kubeconfig.ts'
import { systemClock } from '../../host/clock.ts'
import { isObject } from '../registry/served.ts'
import { AREAS } from './areas.ts'
import type { Area, Case } from './case.ts'
import { differences, sentence } from './compare.ts'
import { play, type Shown } from './play.ts'
import { type Pending, readPending, readRecord, recordedFor, writePending, writeRecord } from './record.ts'
import { type Server, serverAt } from './server.ts'
import { Sweeping } from './sweep.ts'
import { verdict } from './verdict.ts'

/**
 * `npm run conformance -- [AREA...]` plays the cases on our own server and says where it differs from the record;
 * `--pending` also writes those cases into pending.json. With `--kubeconfig FILE` any other server is asked, and with
 * `--record` its answers become the record.
 */
const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    kubeconfig: { type: 'string' },
    record: { type: 'boolean', default: false },
    pending: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const areas = AREAS.filter(({ name }) => names.length === 0 || names.includes(name))
const run = Date.now().toString(36).slice(-5)
const print = (line: string) => process.stdout.write(`${line}\n`)

if (flags.kubeconfig === undefined) await compareOwn()
else {
  using server = new Sweeping(serverAt(loadKubeconfig(flags.kubeconfig)))
  for (const area of areas) await (flags.record ? recordArea(server, area) : compareArea(server, area))
}

async function compareOwn(): Promise<void> {
  const { ownServer } = await import('./house.ts') // asking another server needs none of our own
  const pending: { [area: string]: Pending[string] } = { ...readPending() }
  for (const area of areas) {
    await using server = await ownServer()
    pending[area.name] = await compareArea(server, area)
  }
  if (flags.pending) writePending(pending)
}

async function compareArea(server: Server, area: Area): Promise<Pending[string]> {
  const record = readRecord(area.name)
  const found: { [name: string]: string } = {}
  for (const [index, one] of area.cases.entries()) {
    if (flags.only && !one.name.includes(flags.only)) continue
    const shown = await played(server, one, `${run}-${area.name}-${index}`)
    const faults = verdict(one, recordedFor(record, one.name), shown)
    if (faults.length > 0) found[one.name] = faults[0] ?? ''
    for (const fault of faults) print(`${area.name}: ${one.name}: ${fault}`)
  }
  print(`${area.name}: ${area.cases.length - Object.keys(found).length} of ${area.cases.length} agree`)
  return found
}

async function played(server: Server, one: Case, salt: string): Promise<readonly Shown[]> {
  const shown = await play({ server, clock: systemClock, salt }, one)
  if (server instanceof Sweeping) await server.sweep()
  return shown
}

async function recordArea(server: Server, area: Area): Promise<void> {
  const cases: { [name: string]: readonly Shown[] } = {}
  for (const [index, one] of area.cases.entries()) {
    if (flags.only && !one.name.includes(flags.only)) {
      cases[one.name] = recordedFor(readRecord(area.name), one.name)
      continue
    }
    const shown = await played(server, one, `${run}-${area.name}-${index}`)
    // What no second playing confirms would say nothing about us.
    const again = await played(server, one, `${run}-${area.name}-${index}-again`)
    for (const unsteady of differences(shown, again))
      print(`unsteady: ${area.name}: ${one.name}: ${sentence(unsteady)}`)
    if (shown.some(({ body }) => isObject(body) && body.given)) print(`not given: ${area.name}: ${one.name}`)
    cases[one.name] = shown
  }
  const { body } = await server.ask({ method: 'GET', path: '/version', headers: {} })
  const version = isObject(body) ? String(body.gitVersion) : ''
  writeRecord(area.name, { server: version, cases })
  print(`${area.name}: ${area.cases.length} recorded`)
}
