/** Who calls (apiserver `authentication/user`): as in the subject of a client certificate, or as a token says. */
export interface Identity {
  readonly user: string
  readonly groups?: readonly string[]
  readonly uid?: string
  readonly extra?: Readonly<Record<string, readonly string[]>>
}

/** The server itself: garbage collection, expiry, what it makes at start. */
export const SYSTEM: Identity = { user: 'system:apiserver', groups: ['system:masters'] }
