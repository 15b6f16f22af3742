import { Hardware } from '../../machinery/api/hardware.ts'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { age, choice, command, text } from './command.ts'

export const machines = command({
  name: 'machines',
  summary: 'Show every machine, where it is on its way, and what it waits for',
  args: [],
  flags: {
    namespace: text('eksa-system', 'the namespace to look in'),
    output: choice(['table', 'json'], 'how to print'),
  },
  async run({ flags, client, now, out }) {
    const [hardware, timelines, workflows] = await Promise.all([
      client.list(Hardware, { namespace: flags.namespace }),
      client.list(Timeline, { namespace: flags.namespace }),
      client.list(Workflow, { namespace: flags.namespace }),
    ])
    const rows = hardware.items.map(machine => {
      const status = timelines.items.find(timeline => timeline.metadata.name === machine.metadata.name)?.status
      const workflow = workflows.items.find(candidate => candidate.spec.hardwareRef === machine.metadata.name)
      const dhcp = machine.spec.interfaces?.[0]?.dhcp
      return {
        name: machine.metadata.name,
        mac: dhcp?.mac ?? '',
        address: dhcp?.ip?.address ?? '',
        stage: status?.stage ?? '',
        since: status?.since,
        says: status?.facts?.at(-1)?.says ?? 'not seen yet',
        workflow: workflow?.status?.state ?? '',
        waitingFor: workflow?.status?.waitingFor?.what ?? '',
      }
    })
    if (flags.output === 'json') {
      out.json(rows)
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
