import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { bits, boolean, explicit, implicit, integer, objectId, octets, sequence, set, time, utf8 } from './der.ts'

// X.509 version 3 certificates (RFC 5280), signed with ECDSA over P-256 and SHA-256 (RFC 5758 section 3.2).

export interface Subject {
  readonly commonName: string
  readonly organizations?: readonly string[]
}

export interface CertificateRequest {
  readonly subject: Subject
  readonly use: 'authority' | 'server' | 'client'
  /** DNS names and IP addresses of a server. */
  readonly names?: readonly string[]
  readonly from: Date
  readonly until: Date
}

/** Who signs: its own name and key; for an authority that signs itself, those of the request. */
export interface Issuer {
  readonly subject: Subject
  readonly key: KeyObject
  readonly publicKey: KeyObject
}

const ID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const

export function newKey(): { readonly key: KeyObject; readonly publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { key: privateKey, publicKey }
}

/** The certificate in PEM. */
export function certify(request: CertificateRequest, publicKey: KeyObject, issuer: Issuer): string {
  const algorithm = sequence(objectId(ID.ecdsaWithSha256))
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const body = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serial),
    algorithm,
    nameOf(issuer.subject),
    sequence(time(request.from), time(request.until)),
    nameOf(request.subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(request, publicKey, issuer))),
  )
  const signature = sign('sha256', body, { key: issuer.key, dsaEncoding: 'der' })
  return pem('CERTIFICATE', sequence(body, algorithm, bits(signature)))
}

function nameOf({ commonName, organizations = [] }: Subject): Buffer {
  const part = (id: string, value: string) => set(sequence(objectId(id), utf8(value)))
  return sequence(...organizations.map(one => part(ID.organization, one)), part(ID.commonName, commonName))
}

function extensions({ use, names = [] }: CertificateRequest, publicKey: KeyObject, issuer: Issuer): Buffer[] {
  const authority = use === 'authority'
  // RFC 5280 section 4.2.1.3: digitalSignature is bit 0, keyCertSign bit 5, cRLSign bit 6.
  const usage = authority ? bits(Buffer.of(0b1000_0110), 1) : bits(Buffer.of(0b1000_0000), 7)
  const found = [
    extension(ID.basicConstraints, authority ? sequence(boolean(true)) : sequence(), { critical: true }),
    extension(ID.keyUsage, usage, { critical: true }),
    extension(ID.subjectKey, octets(keyId(publicKey))),
    extension(ID.authorityKey, sequence(implicit(0, keyId(issuer.publicKey)))),
  ]
  if (!authority) found.push(extension(ID.extendedUsage, sequence(objectId(ID[`${use}Auth`]))))
  if (names.length > 0) found.push(extension(ID.alternativeNames, sequence(...names.map(alternativeName))))
  return found
}

function extension(id: string, value: Uint8Array, { critical = false } = {}): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value))
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20)
}

function alternativeName(name: string): Buffer {
  if (isIP(name) === 4) return implicit(7, Uint8Array.from(name.split('.'), Number))
  if (isIP(name) === 6) return implicit(7, ipv6(name))
  return implicit(2, Buffer.from(name))
}

function ipv6(address: string): Buffer {
  const [head = '', tail] = address.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const zeros = tail === undefined ? [] : Array(8 - before.length - after.length).fill('0')
  return Buffer.from([...before, ...zeros, ...after].map(group => group.padStart(4, '0')).join(''), 'hex')
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

export function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
