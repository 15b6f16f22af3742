import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '../../host/clock.ts'
import { certify, type Issuer, keyPem, newKey, type Subject } from './certificate.ts'
import { readWhole, writeWhole } from './file.ts'

const DAY = 24 * 3600 * 1000
const YEARS_OF_AUTHORITY = 10
const DAYS_OF_LEAF = 365

/** A certificate and its private key, both PEM. */
export interface Credentials {
  readonly certificate: string
  readonly key: string
}

/** The API's own certificate authority. */
export interface Authority {
  /** PEM. */
  readonly certificate: string
  issueServer(names: readonly string[]): Credentials
  issueClient(subject: Subject): Credentials
}

const SUBJECT: Subject = { commonName: 'bellhop-ca' }

/** Reads the authority of a data directory, or makes it: `pki/ca.crt` and `pki/ca.key`. */
export function openAuthority(directory: string, clock: Clock): Authority {
  const paths = { certificate: join(directory, 'pki', 'ca.crt'), key: join(directory, 'pki', 'ca.key') }
  const certificate = readWhole(paths.certificate)
  const key = readWhole(paths.key)
  if (certificate && key && new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) {
    return authorityOf({ certificate, key }, clock)
  }
  const made = newAuthority(clock)
  writeWhole(paths.key, made.key)
  writeWhole(paths.certificate, made.certificate, 0o644)
  return authorityOf(made, clock)
}

export function newAuthority(clock: Clock): Credentials {
  const pair = newKey()
  const request = { subject: SUBJECT, use: 'authority', ...validity(clock, YEARS_OF_AUTHORITY * 365) } as const
  return { certificate: certify(request, pair.publicKey, { subject: SUBJECT, ...pair }), key: keyPem(pair.key) }
}

export function authorityOf({ certificate, key }: Credentials, clock: Clock): Authority {
  const privateKey = createPrivateKey(key)
  const issuer: Issuer = { subject: SUBJECT, key: privateKey, publicKey: createPublicKey(privateKey) }
  const issue = (use: 'server' | 'client', subject: Subject, names: readonly string[]): Credentials => {
    const pair = newKey()
    const request = { subject, use, names, ...validity(clock, DAYS_OF_LEAF) }
    return { certificate: certify(request, pair.publicKey, issuer), key: keyPem(pair.key) }
  }
  return {
    certificate,
    issueServer: names => issue('server', { commonName: 'bellhop-apiserver' }, names),
    issueClient: subject => issue('client', subject, []),
  }
}

/** From an hour ago, so that a machine whose clock is behind can talk to us. */
function validity(clock: Clock, days: number): { from: Date; until: Date } {
  const now = clock.now()
  return { from: new Date(now - DAY / 24), until: new Date(now + days * DAY) }
}
