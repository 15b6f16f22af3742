/** What a request shows of itself: a token, or a certificate and its key, both PEM. */
export interface Credentials {
  readonly token?: string
  readonly certificate?: string
  readonly key?: string
}

/** Where credentials come from that change while the process runs. */
export interface CredentialSource {
  /** Those of now. Rejects with a KubeconfigFault when there are none. */
  current(): Promise<Credentials>
  /** The server did not accept these: those it said no to are not given again from memory. */
  refuse(refused: Credentials): void
}

const MINUTE = 60_000

/**
 * Credentials in files, which somebody renews there: the kubelet those of a pod, an agent those of a user. They are read
 * again each minute, as client-go does, and as soon as they were refused. Whoever named a file that is not there learns it now.
 */
export function filedCredentials(read: () => Credentials, now: () => number): CredentialSource {
  let known: { readonly credentials: Credentials; readonly at: number } | undefined = { credentials: read(), at: now() }
  return {
    current: async () => {
      if (!known || now() - known.at >= MINUTE || now() < known.at) known = { credentials: read(), at: now() }
      return known.credentials
    },
    refuse: refused => {
      if (known?.credentials === refused) known = undefined
    },
  }
}
