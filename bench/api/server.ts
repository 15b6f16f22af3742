import { randomInt } from 'node:crypto'
import { CUSTOM_KINDS } from '../../machinery/api/kinds.ts'
import { openApiServer } from '../../machinery/apiserver/server.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'

// The embedded API alone, in a process of its own, as `bellhop up` opens it. Says where its kubeconfig is when it serves.
const [dataDir = ''] = process.argv.slice(2)
const host = { clock: systemClock, log: silentLog, random: () => randomInt(2 ** 32) / 2 ** 32 }
const server = await openApiServer({ dataDir, host, kinds: CUSTOM_KINDS })
const door = await server.listen({ address: '127.0.0.1', port: 0 })
process.send?.({ kubeconfig: door.kubeconfigPath })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ rss: process.memoryUsage.rss(), cpu: (user + system) / 1e6 })
})
process.once('disconnect', () => process.exit())
