import { join } from 'node:path'
import { type Doors, type ListenOptions, listenApi } from './http/listen.ts'
import { writeWhole } from './pki/file.ts'
import { kubeconfigText } from './pki/kubeconfig.ts'

/** An open door of the API, and the key to it. */
export interface Door extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** The administrator's, as text and where it was written. */
  readonly kubeconfig: string
  readonly kubeconfigPath: string
}

export type Doorway = Doors & { readonly dataDir: string }

const RENEW_EVERY = 7 * 24 * 3600 * 1000 // milliseconds; certificates last a year

/**
 * Serves the API, and writes the administrator's kubeconfig. The certificates of both are made anew each week, so that a
 * server which runs for years never shows one that is out of date. Rejects with a HostFault when it cannot listen.
 */
export async function openDoor(doorway: Doorway, options: ListenOptions): Promise<Door> {
  const { dataDir, ...rest } = doorway
  const anywhere = options.address === '0.0.0.0' || options.address === '::'
  const reached = options.advertise ?? (anywhere ? '127.0.0.1' : options.address)
  const names = [...(options.names ?? []), reached, ...(anywhere ? [] : [options.address])]
  const listening = await listenApi(rest, { ...options, names })
  const url = `https://${reached.includes(':') ? `[${reached}]` : reached}:${listening.port}`
  const kubeconfigPath = join(dataDir, 'kubeconfig')
  const writeKey = () => {
    const kubeconfig = administratorAt(doorway, url)
    writeWhole(kubeconfigPath, kubeconfig)
    return kubeconfig
  }
  const kubeconfig = writeKey()
  const closing = new AbortController()
  const renewing = renewals(doorway, closing.signal, () => {
    listening.renew()
    writeKey()
  })
  return {
    url,
    port: listening.port,
    kubeconfig,
    kubeconfigPath,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await renewing
      await listening[Symbol.asyncDispose]()
    },
  }
}

function administratorAt({ authority }: Doorway, server: string): string {
  const credentials = authority.issueClient({ commonName: 'kubernetes-admin', organizations: ['system:masters'] })
  return kubeconfigText({ server, authority: authority.certificate, user: 'kubernetes-admin', credentials })
}

async function renewals({ room: { host } }: Doorway, signal: AbortSignal, renew: () => void): Promise<void> {
  for (;;) {
    // Called off when the door closes.
    await host.clock.wait(RENEW_EVERY, signal).catch(() => undefined)
    if (signal.aborted) return
    try {
      renew()
      host.log.info('the certificates of the Kubernetes API were renewed')
    } catch (error) {
      // A full disk, say: what is in use is good for months, and the next week tries again.
      host.log.warn('the certificates of the Kubernetes API were not renewed', { reason: String(error) })
    }
  }
}
