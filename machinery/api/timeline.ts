import { customKind, type ObjectOf } from './kind.ts'
import { type Infer, list, map, object, oneOf, string, time } from './schema.ts'

/** The way of a machine, in the order in which it is walked. */
export const STAGES = [
  'power',
  'dhcp',
  'firmware',
  'script',
  'hookos',
  'workflow',
  'image',
  'boot',
  'metadata',
  'home',
] as const
export type Stage = (typeof STAGES)[number]

export const Fact = object(
  {
    at: string('RFC 3339 with microseconds.', { format: 'date-time' }),
    by: string('The service that saw it, for example boots.'),
    stage: oneOf(STAGES),
    what: string('A constant code, for example dhcp-ack.'),
    severity: oneOf(['normal', 'warning']),
    says: string('A sentence for a person.'),
    evidence: map(string(), 'What it was seen in: addresses, file names, ids.'),
  },
  { required: ['at', 'by', 'stage', 'what', 'severity', 'says'] },
)
export type Fact = Infer<typeof Fact>

/**
 * One machine's journal: what each service saw it do. One object a machine, named for its Hardware, or for its MAC
 * (`mac-52-54-00-12-34-56`) while no Hardware has it. Bounded: the oldest facts go first.
 */
export const Timeline = customKind({
  group: 'bellhop.dev',
  version: 'v1alpha1',
  kind: 'Timeline',
  plural: 'timelines',
  shortNames: ['tl'],
  categories: ['tinkerbell'],
  columns: [
    { name: 'Stage', type: 'string', jsonPath: '.status.stage' },
    { name: 'What', type: 'string', jsonPath: '.status.what' },
    { name: 'Since', type: 'date', jsonPath: '.status.since' },
  ],
  description: 'What a machine did, in its order, with the evidence.',
  spec: object({ hardwareRef: string('The Hardware it tells of, when there is one.') }),
  status: object({
    stage: oneOf(STAGES, 'Stage of the newest fact.'),
    what: string('Code of the newest fact.'),
    since: time('When the newest stage began.'),
    facts: list(Fact),
  }),
})
export type Timeline = ObjectOf<typeof Timeline>
