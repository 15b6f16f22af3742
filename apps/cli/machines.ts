import { Hardware } from '../../machinery/api/hardware.ts'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { parseMac } from '../../wire/mac.ts'
import { age } from './age.ts'
import { command, NAMESPACE_FLAG, OUTPUT_FLAG } from './command.ts'

/** One machine as it is shown. */
interface Row {
  readonly name: string
  readonly mac: string
  readonly address: string
  readonly stage: string
  readonly since: string | undefined
  readonly says: string
  readonly workflow: string
  readonly waitingFor: string
}

export const machines = command({
  name: 'machines',
  summary: 'Show every machine, where it is on its way, and what it waits for',
  more:
    'A machine that was seen on the network and has no Hardware stands at the end, under its MAC (mac-52-54-00-12-34-56): ' +
    'copy it into your hardware list, or let it be.',
  args: [],
  flags: { namespace: NAMESPACE_FLAG, output: OUTPUT_FLAG },
  examples: {
    'bellhop machines': 'the whole rack',
    'bellhop machines -o json': 'the same for programs',
  },
  async run({ flags, client, now, out }) {
    const { namespace } = flags
    const [hardware, timelines, workflows] = await Promise.all([
      client.list(Hardware, { namespace }),
      client.list(Timeline, { namespace }),
      client.list(Workflow, { namespace }),
    ])
    const rows = [
      ...hardware.items.map(machine => rowOf(machine, timelines.items, workflows.items)),
      ...strangers(timelines.items, hardware.items),
    ]
    if (flags.output === 'json') {
      out.json(rows)
      return 0
    }
    if (rows.length === 0) {
      out.line(`There is no Hardware in ${namespace}, and no machine was seen. See bellhop up --help: --hardware-csv.`)
      return 0
    }
    out.table(rows, {
      NAME: row => row.name,
      MAC: row => row.mac,
      ADDRESS: row => row.address,
      STAGE: row => row.stage || '-',
      FOR: row => (row.since ? age(row.since, now) : '-'),
      WORKFLOW: row => row.workflow || '-',
      'LAST SEEN DOING': row => row.says,
      'WAITS FOR': row => row.waitingFor || '-',
    })
    return 0
  },
})

function rowOf(machine: Hardware, timelines: readonly Timeline[], workflows: readonly Workflow[]): Row {
  const { name } = machine.metadata
  const workflow = workflows
    .filter(candidate => candidate.spec.hardwareRef === name)
    .sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''))
    .at(-1)
  const dhcp = machine.spec.interfaces?.[0]?.dhcp
  return {
    name,
    mac: dhcp?.mac ?? '',
    address: dhcp?.ip?.address ?? '',
    ...seen(timelines.find(timeline => timeline.metadata.name === name)),
    workflow: workflow?.status?.state ?? '',
    waitingFor: workflow?.status?.waitingFor?.what ?? '',
  }
}

function seen(timeline: Timeline | undefined): Pick<Row, 'stage' | 'since' | 'says'> {
  const { stage = '', since, facts = [] } = timeline?.status ?? {}
  return { stage, since, says: facts.at(-1)?.says ?? 'not seen yet' }
}

/** Machines that spoke and that no Hardware has: their timelines are named for their MACs. */
function strangers(timelines: readonly Timeline[], hardware: readonly Hardware[]): readonly Row[] {
  const known = new Set(
    hardware.flatMap(({ spec }) => spec.interfaces?.map(({ dhcp }) => dhcp?.mac?.toLowerCase()) ?? []),
  )
  return timelines.flatMap(timeline => {
    const { name } = timeline.metadata
    const mac = name.startsWith('mac-') ? parseMac(name.slice('mac-'.length)) : undefined
    if (mac === undefined || known.has(mac)) return []
    return { name, mac, address: '', ...seen(timeline), workflow: '', waitingFor: 'a Hardware with this MAC' }
  })
}
