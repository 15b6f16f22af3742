import { apiVersion, type Kind } from '../../api/kind.ts'
import { DecodeFault } from '../registry/decode.ts'
import type { WriteOptions } from '../registry/options.ts'
import { asBody } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { withDefaults } from './defaults.ts'
import { type Message, messageOf } from './message.ts'
import { readMessage } from './read.ts'

/** Brings objects of a kind of Kubernetes' own into the form in which Go would write them, with its defaults. */
export function normalOf(kind: Kind, name: string): (given: Body, options: Pick<WriteOptions, 'unknown'>) => Body {
  const message = messageOf(name)
  return (given, options) => {
    const read = readMessage(message, { ...given, kind: kind.kind, apiVersion: apiVersion(kind) })
    if (read.fault !== undefined) throw new DecodeFault(kind, read.fault)
    if (read.unknown.length > 0) options.unknown?.(read.unknown)
    return asBody(filled(message, read.object))
  }
}

/** Filled in, and once more in Go's order. */
function filled(message: Message, object: Readonly<Record<string, unknown>>): unknown {
  const whole = withDefaults(message, object)
  return whole === object ? object : readMessage(message, whole).object
}
