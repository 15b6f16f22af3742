/** What of an answer is compared: all of it, its code alone, fields of its body (`items.*.metadata.name`), or nothing. */
export type Show = 'answer' | 'code' | 'nothing' | readonly string[]

/**
 * One request of a case. In its path, headers and body `<ns>` is a namespace of the case's own, `<group>` an API group of its
 * own, and `<made.metadata.uid>` a field of the answer that an earlier step kept as `made`.
 */
export interface Step extends How {
  /** Method and path. */
  readonly send: string
}

export interface How {
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown
  /** The media type of the body. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The name under which later steps speak of the answer. */
  readonly as?: string
  readonly show?: Show
  /** Headers of the answer that are compared too, beside warnings. */
  readonly showHeaders?: readonly string[]
  /** Asks again until this code is answered: for what the server does in its own time. */
  readonly until?: number
  /** Asks again until this field is there, likewise. */
  readonly settled?: string
  /** For a watch: how many events are read before it is left. */
  readonly events?: number
}

/** Where we knowingly answer otherwise. */
export interface Differs {
  readonly why: string
  /** What we answer, by where it stands: `2.body.message` is of the second answer shown. */
  readonly ours: Readonly<Record<string, unknown>>
}

/** The Status that we answer where the real server leaves it at plain text. */
export const inPlainText = (answers: readonly number[], status: Readonly<Record<string, unknown>>): Differs => ({
  why: 'every refusal is a Status, where the real server leaves this one to the words of its HTTP library',
  ours: Object.fromEntries(answers.map(answer => [`${answer}.body`, { ...FAILURE, ...status }])),
})

const FAILURE = { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Failure' }

/** For a path that is none. */
export const NOWHERE = {
  code: 404,
  details: {},
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
}

export interface Case {
  /** A sentence. */
  readonly name: string
  /** Where the behaviour is described; the record itself when nothing else is. */
  readonly source?: string
  readonly steps: readonly Step[]
  readonly differs?: Differs
}

export interface Area {
  /** Names the file of its record. */
  readonly name: string
  readonly title: string
  /** What the area is about, for the reader of docs/kubernetes-api.md. */
  readonly about: string
  /** Where Kubernetes documents it. */
  readonly source: string
  readonly cases: readonly Case[]
}

export const get = (path: string, how: How = {}): Step => ({ send: `GET ${path}`, ...how })
export const post = (path: string, body: unknown, how: How = {}): Step => ({ send: `POST ${path}`, body, ...how })
export const put = (path: string, body: unknown, how: How = {}): Step => ({ send: `PUT ${path}`, body, ...how })
export const remove = (path: string, how: How = {}): Step => ({ send: `DELETE ${path}`, ...how })

const PATCHES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const

export type PatchWay = keyof typeof PATCHES

export const patch = (way: PatchWay, path: string, how: How): Step => ({
  send: `PATCH ${path}`,
  type: PATCHES[way],
  ...how,
})

/** A step that prepares the case: it must succeed, and is not compared. */
export const given = (step: Step): Step => ({ ...step, show: 'nothing' })

/** Parameters of a request, in which references stay what they are. */
export const query = (parameters: Readonly<Record<string, string>>): string =>
  `?${new URLSearchParams(parameters).toString().replace(/%3C([a-z][\w.-]*)%3E/g, '<$1>')}`
