import { inClusterConfig } from '../machinery/api/remote/in-cluster.ts'
import { type Kubeconfig, loadKubeconfig } from '../machinery/api/remote/kubeconfig.ts'
import { Scope } from '../machinery/host/scope.ts'
import { auditOf } from './audit.ts'
import type { Cluster, ServerOptions } from './cluster.ts'
import { prepareDataDir } from './data-dir.ts'
import { openEmbedded } from './embedded.ts'
import { checkGround, refuseTwoClusters } from './ground.ts'
import { hookOsFolder } from './hookos.ts'
import { readInventory } from './inventory.ts'
import { openOutside } from './outside.ts'
import { serveTerm } from './term.ts'

/**
 * Serves until the signal is aborted, or a fault ends it. Whatever cannot be is found out before anything is served;
 * closing runs the other way round.
 */
export async function runServer(options: ServerOptions, signal: AbortSignal): Promise<void> {
  await using scope = new Scope()
  const { config, host } = options
  refuseTwoClusters(config)
  const kubeconfig = kubeconfigOf(options)
  const inventory = await readInventory(config.hardwareCsv)
  const audit = await auditOf(config)
  await checkGround(config)
  await prepareDataDir(config.dataDir)
  const hookOs = await hookOsFolder(config, host.log)
  const cluster: Cluster = scope.hold(
    await (kubeconfig ? openOutside(options, kubeconfig, signal) : openEmbedded(options, audit)),
  )
  await cluster.serve(seat => serveTerm({ config, hookOs, inventory, host }, seat), signal)
  host.log.info('stopping')
}

/** How to reach the cluster that was named; undefined for our own. */
function kubeconfigOf({ config, environment = {}, host }: ServerOptions): Kubeconfig | undefined {
  const now = () => host.clock.now()
  if (config.inCluster) return inClusterConfig({ environment, now })
  if (config.kubeconfig === undefined) return undefined
  const { kubeContext: context } = config
  return loadKubeconfig(config.kubeconfig, { environment, now, ...(context !== undefined && { context }) })
}
