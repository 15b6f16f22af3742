import type { Hardware } from '../../machinery/api/hardware.ts'
import { lookUp, metadataTree } from './tree.ts'

/** A request, as far as the answer depends on it. */
export interface Question {
  readonly method: string
  /** Path without the query. */
  readonly path: string
  readonly body: string
}

/** What the machine did, seen from its question. */
export type Seen = 'metadata-read' | 'user-data-read' | 'called-home'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly seen?: Seen
  /** What the machine said of itself when it called home. */
  readonly told?: Readonly<Record<string, string>>
}

const TEXT = 'text/plain; charset=utf-8'
const text = (status: number, body: string): Answer => ({ status, type: TEXT, body })

/** Versions of EC2's interface that have what we serve; cloud-init asks for 2009-04-04 of clouds that are not EC2. */
const VERSIONS = ['2009-04-04', 'latest']

/** The answer to a machine that is known. */
export function answer(question: Question, hardware: Hardware): Answer {
  const path = question.path.split('/').filter(Boolean)
  const [first, ...below] = path
  if (first === 'phone-home') return phoneHome(question)
  if (question.method !== 'GET' && question.method !== 'HEAD') return text(405, 'only GET and HEAD\n')
  if (first === undefined) return text(200, VERSIONS.join('\n'))
  if (first === 'metadata' && below.length === 0) return storageOf(hardware)
  if (!VERSIONS.includes(first)) return text(404, 'not found\n')
  const found = lookUp(metadataTree(hardware), below)
  if (found === undefined) return text(404, 'not found\n')
  return { ...text(200, found), seen: below[0] === 'user-data' ? 'user-data-read' : 'metadata-read' }
}

/** cloud-init's phone_home module: the installed system says that it is up (cc_phone_home, a form). */
function phoneHome({ method, body }: Question): Answer {
  if (method !== 'POST') return text(405, 'only POST\n')
  const form = new URLSearchParams(body)
  const told: Record<string, string> = {}
  for (const field of ['instance_id', 'hostname', 'fqdn']) {
    const value = form.get(field)
    if (value) told[field] = value.slice(0, 253)
  }
  return { ...text(200, 'welcome\n'), seen: 'called-home', told }
}

/** What the rootio action reads (upstream's `/metadata`): the disks and file systems that are wanted. */
function storageOf(hardware: Hardware): Answer {
  const storage = hardware.spec.metadata?.instance?.storage ?? { disks: [], filesystems: [] }
  const body = JSON.stringify({ metadata: { instance: { storage } } })
  return { status: 200, type: 'application/json', body, seen: 'metadata-read' }
}
