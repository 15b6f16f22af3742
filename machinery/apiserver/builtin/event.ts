import { builtinKind } from '../../api/kind.ts'
import type { Conversion } from '../registry/served.ts'
import { asBody } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { field, fields } from './own.ts'

// An Event is one object under two names: v1, as it is kept, and events.k8s.io/v1, which calls its fields otherwise.

export const Event = builtinKind({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
})

/** Fields that are called otherwise: in v1, and in events.k8s.io/v1. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
]

/** In the order in which Go writes them. */
const CORE_ORDER = [
  ...['kind', 'apiVersion', 'metadata', 'involvedObject', 'reason', 'message', 'source', 'firstTimestamp'],
  ...['lastTimestamp', 'count', 'type', 'eventTime', 'series', 'action', 'related'],
  ...['reportingComponent', 'reportingInstance'],
]
const NEW_ORDER = [
  ...['kind', 'apiVersion', 'metadata', 'eventTime', 'series', 'reportingController', 'reportingInstance', 'action'],
  ...['reason', 'regarding', 'related', 'note', 'type', 'deprecatedSource', 'deprecatedFirstTimestamp'],
  ...['deprecatedLastTimestamp', 'deprecatedCount'],
]
// What v1 always writes, and events.k8s.io/v1 only when it is there; and the other way round.
const OPTIONAL_IN_NEW = ['reason', 'note', 'reportingController', 'reportingInstance', 'action', 'type']

/** A v1 Event as events.k8s.io/v1 shows it. */
export function toNewEvent(event: Body): Body {
  const members = renamed(event, new Map(RENAMED))
  members.set('apiVersion', 'events.k8s.io/v1')
  for (const name of OPTIONAL_IN_NEW) if (members.get(name) === '') members.delete(name)
  return ordered(members, NEW_ORDER)
}

/** An Event of events.k8s.io/v1 as v1 shows it. */
export function toCoreEvent(event: Body): Body {
  const members = renamed(event, new Map(RENAMED.map(([core, other]) => [other, core])))
  members.set('apiVersion', 'v1')
  for (const name of ['reportingComponent', 'reportingInstance']) members.set(name, members.get(name) ?? '')
  return ordered(members, CORE_ORDER)
}

function renamed(event: Body, names: ReadonlyMap<string, string>): Map<string, unknown> {
  return new Map(Object.entries(event).map(([name, value]) => [names.get(name) ?? name, value]))
}

function ordered(members: ReadonlyMap<string, unknown>, order: readonly string[]): Body {
  return asBody(Object.fromEntries(order.filter(name => members.has(name)).map(name => [name, members.get(name)])))
}

export const newEventConversion: Conversion = {
  fromStored: async events => events.map(toNewEvent),
  toStored: async events => events.map(toCoreEvent),
}

const ABOUT = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath']

type Fields = Readonly<Record<string, (object: Body) => string>>

/** Fields of field selectors of v1. */
export const EVENT_FIELDS: Fields = {
  ...fields(...ABOUT.map(name => `involvedObject.${name}`), 'reason', 'reportingComponent', 'type'),
  source: event => field('source.component')(event) || field('reportingComponent')(event),
}

/** Fields of field selectors of events.k8s.io/v1. */
export const NEW_EVENT_FIELDS: Fields = asNew({
  ...fields('reason', 'type'),
  ...Object.fromEntries(ABOUT.map(name => [`regarding.${name}`, field(`involvedObject.${name}`)])),
  reportingController: field('reportingComponent'),
})

/** Selectors may be asked of an Event as it is kept or as it is shown. */
function asNew(all: Fields): Fields {
  const core = (event: Body) => (event.apiVersion === 'v1' ? event : toCoreEvent(event))
  return Object.fromEntries(Object.entries(all).map(([name, read]) => [name, (event: Body) => read(core(event))]))
}
