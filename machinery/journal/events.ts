import type { Client } from '../api/client.ts'
import { Event } from '../api/core.ts'
import { isApiFault } from '../api/fault.ts'
import { Hardware } from '../api/hardware.ts'
import { apiVersion, make } from '../api/kind.ts'
import type { ObjectKey } from '../api/object.ts'
import type { Fact } from '../api/timeline.ts'
import type { Entry } from './page.ts'

/**
 * The facts as Events on the Hardware, for `kubectl describe hardware` and `kubectl get events`. An Event is named for
 * what it says, so that the same thing seen again is counted in one object (as client-go's aggregator does), and their
 * number is bounded by the number of codes. Progress reports are not events.
 */
export async function recordEvents(client: Client, hardware: ObjectKey, entries: readonly Entry[]): Promise<void> {
  const facts = entries.filter(entry => !entry.replaces).map(entry => entry.fact)
  if (facts.length === 0) return
  const about = await client.get(Hardware, hardware)
  for (const fact of facts) await recordEvent(client, { hardware, uid: about?.metadata.uid, fact })
}

interface Seen {
  readonly hardware: ObjectKey
  readonly uid: string | undefined
  readonly fact: Fact
}

async function recordEvent(client: Client, seen: Seen): Promise<void> {
  const event = eventOf(seen)
  try {
    await client.create(Event, event)
  } catch (fault) {
    if (!isApiFault(fault, 'AlreadyExists')) throw fault
    const { name, namespace } = event.metadata
    const before = await client.get(Event, { name, ...(namespace && { namespace }) })
    const { message, lastTimestamp } = event
    const body = { count: (before?.count ?? 1) + 1, message, lastTimestamp }
    await client.patch(Event, { name, ...(namespace && { namespace }) }, { body })
  }
}

function eventOf({ hardware, uid, fact }: Seen): Event {
  const at = `${fact.at.slice(0, 19)}Z`
  const { name, namespace = 'default' } = hardware
  return make(Event, {
    metadata: { name: eventName(name, fact), namespace },
    involvedObject: { apiVersion: apiVersion(Hardware), kind: Hardware.kind, name, namespace, ...(uid && { uid }) },
    reason: camelCase(fact.what),
    message: fact.says,
    type: fact.severity === 'warning' ? 'Warning' : 'Normal',
    source: { component: fact.by },
    reportingComponent: fact.by,
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  })
}

function eventName(hardware: string, fact: Fact): string {
  const action = fact.evidence?.action?.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return [hardware, fact.what, action]
    .filter(Boolean)
    .join('.')
    .slice(0, 253)
    .replace(/[-.]+$/, '')
}

/** `dhcp-ack` becomes `DhcpAck`, as reasons of Events are written. */
function camelCase(code: string): string {
  return code.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
}
