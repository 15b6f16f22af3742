import type { Client } from '../../machinery/api/client.ts'
import { Pod } from '../../machinery/api/core.ts'
import { command, count, NAMESPACE_FLAG, toggle } from './command.ts'

export const logs = command({
  name: 'logs',
  summary: 'Show what a service said: boots, hegel, rufio, tink-controller, tink-server',
  more: 'Stands for `docker logs boots` of a Tinkerbell stack, and shows what `kubectl logs -n eksa-system -l app=boots` does.',
  args: [{ name: '<service>', says: 'name of the service, its beginning (rufio), or the name of its Pod' }],
  flags: {
    follow: toggle('go on with what it says from now on', 'f'),
    tail: count('only so many of the newest lines'),
    namespace: NAMESPACE_FLAG,
  },
  examples: {
    'bellhop logs boots --tail 50': 'the last 50 lines of DHCP, TFTP, iPXE, HTTP and syslog',
    'bellhop logs rufio -f': 'what is done with BMCs, as it happens',
    'bellhop logs boots | grep 52:54:00:12:34:56': 'one machine, by its MAC',
  },
  async run({ flags, args, client, podLog, out, signal }) {
    const [service = ''] = args
    const { namespace, follow, tail } = flags
    const { name, known } = await findPod(client, service, namespace)
    if (name === undefined) {
      out.line(`There is no service ${service} in ${namespace}. Services: ${known.join(', ') || 'none'}.`)
      return 1
    }
    const options = { follow, signal, ...(tail !== undefined && { tailLines: tail }) }
    for await (const line of podLog({ name, namespace }, options)) out.line(line)
    return 0
  },
})

/** The newest Pod that has the label, or of the one service that begins so; and which services there are. */
async function findPod(client: Client, service: string, namespace: string) {
  const { items } = await client.list(Pod, { namespace })
  const known = [...new Set(items.flatMap(pod => pod.metadata.labels?.app ?? []))].sort()
  const begun = known.filter(app => app.startsWith(service))
  const app = known.includes(service) ? service : begun.length === 1 ? begun[0] : undefined
  const [newest] = items
    .filter(pod => pod.metadata.name === service || (app !== undefined && pod.metadata.labels?.app === app))
    .sort((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''))
  return { name: newest?.metadata.name, known }
}
