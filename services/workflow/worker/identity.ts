import { parseMac } from '../../../wire/mac.ts'
import { WorkerFault } from './fault.ts'

/** Who this machine is and whom it asks, as the boot script wrote it on the kernel command line. */
export interface Identity {
  readonly worker: string
  /** Host and port of tink-server. */
  readonly authority: string
  readonly tls: boolean
  /** Any certificate will do. */
  readonly insecureTls: boolean
}

const DEFAULT_PORT = 42113

/** The `name=value` and bare words of a kernel command line; the last one wins, as everywhere in Linux. */
export function parseCmdline(text: string): ReadonlyMap<string, string> {
  const words = text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []
  return new Map(
    words.map(word => {
      const [name = '', ...value] = word.replaceAll('"', '').split('=')
      return [name, value.join('=')] as const
    }),
  )
}

export function identityOf(cmdline: string): Identity {
  const given = parseCmdline(cmdline)
  const worker = given.get('worker_id') || macOf(given)
  const authority = given.get('grpc_authority')
  if (!worker) throw missing('worker_id', 'which worker this is')
  if (!authority) throw missing('grpc_authority', 'where tink-server is')
  return {
    worker: parseMac(worker) ?? worker,
    authority: withPort(authority),
    tls: isTrue(given, 'tinkerbell_tls'),
    insecureTls: isTrue(given, 'tinkerbell_insecure_tls'),
  }
}

/** As Boots says it, else as PXELINUX does: `01-` is the hardware type. */
function macOf(given: ReadonlyMap<string, string>): string | undefined {
  return parseMac(given.get('hw_addr') ?? '') ?? parseMac((given.get('BOOTIF') ?? '').replace(/^01-/, ''))
}

function withPort(authority: string): string {
  return /:\d+$/.test(authority) ? authority : `${authority}:${DEFAULT_PORT}`
}

function isTrue(given: ReadonlyMap<string, string>, name: string): boolean {
  const value = given.get(name) ?? 'false'
  if (/^(1|t|true|)$/i.test(value)) return true
  if (/^(0|f|false)$/i.test(value)) return false
  throw new WorkerFault('worker/identity', `${name} on the kernel command line is "${value}": true or false is wanted`)
}

function missing(name: string, says: string): WorkerFault {
  return new WorkerFault('worker/identity', `${name} is not on the kernel command line: it says ${says}`)
}
