import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { imageReference } from './image.ts'

/** What a rendered template asks for. */
export interface Plan {
  readonly name: string
  /** Seconds for all of it; 0 or absent is no limit. */
  readonly globalTimeout?: number
  readonly tasks: readonly PlannedTask[]
}

export interface PlannedTask {
  readonly name: string
  /** Identity of the worker that runs it. */
  readonly worker: string
  readonly volumes?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly actions: readonly PlannedAction[]
}

export interface PlannedAction {
  readonly name: string
  readonly image: string
  readonly timeout: number
  readonly command?: readonly string[]
  readonly volumes?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly pid?: string
}

/** One thing that is wrong with a document, and where. */
export interface Mistake {
  /** Offsets in the text of what is wrong. */
  readonly from: number
  readonly to: number
  /** Counts from 1. */
  readonly line: number
  /** For example `tasks[0].actions[2].image`. */
  readonly field: string
  readonly reason: string
  /** Something ought to be there, or ought to be there once: what else the text says decides. */
  readonly depends?: boolean
}

export type Reading = { readonly plan: Plan } | { readonly mistakes: readonly Mistake[] }

/** Reads a rendered template (Tinkerbell's version 0.1) and finds everything that is wrong with it, not only the first. */
export function readDocument(text: string): Reading {
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const reader = new DocumentReader(text, lines)
  for (const { message, pos } of parsed.errors.slice(0, 1)) {
    reader.note({ range: pos }, '', { reason: `this is not YAML: ${message.toLowerCase()}`, depends: true })
  }
  const plan = parsed.errors.length === 0 ? reader.plan(parsed.contents) : undefined
  return plan && reader.mistakes.length === 0 ? { plan } : { mistakes: reader.mistakes }
}

/** Longer names are refused by upstream too. */
const NAME_MOST = 199
const TIMEOUT_MOST = 2 ** 31 - 1

type Place = { readonly range?: readonly [number, number, ...number[]] | null | undefined } | null | undefined
type Fields = ReadonlyMap<string, Node | null>

class DocumentReader {
  readonly mistakes: Mistake[] = []
  readonly #text: string
  readonly #lines: LineCounter

  constructor(text: string, lines: LineCounter) {
    this.#text = text
    this.#lines = lines
  }

  note(where: Place, field: string, what: { readonly reason: string; readonly depends?: boolean }): undefined {
    const [from = 0, to = from] = where?.range ?? []
    this.mistakes.push({ from, to: Math.max(from, to), line: this.#lines.linePos(from).line, field, ...what })
  }

  plan(root: Node | null): Plan | undefined {
    const fields = this.#fields(root, '', ['version', 'name', 'id', 'global_timeout', 'tasks'])
    if (!fields) return undefined
    const name = this.#name(fields, root, '')
    const limit = fields.get('global_timeout')
    const globalTimeout = limit ? this.#seconds(limit, 'global_timeout', 0) : undefined
    const tasks = this.#list(fields, root, 'tasks', (node, path) => this.#task(node, path))
    if (tasks?.length === 0) this.note(fields.get('tasks'), 'tasks', { reason: 'there is no task', depends: true })
    this.#unique(tasks, fields.get('tasks'), 'tasks')
    return { name: name ?? '', ...(globalTimeout && { globalTimeout }), tasks: tasks ?? [] }
  }

  #task(node: Node | null, path: string): PlannedTask | undefined {
    const fields = this.#fields(node, path, ['name', 'worker', 'volumes', 'environment', 'actions'])
    if (!fields) return undefined
    const name = this.#name(fields, node, path)
    const worker = this.#text1(fields, node, `${path}.worker`)
    const actions = this.#list(fields, node, `${path}.actions`, (each, at) => this.#action(each, at))
    this.#unique(actions, fields.get('actions'), `${path}.actions`)
    return { name: name ?? '', worker: worker ?? '', actions: actions ?? [], ...this.#runtime(fields, path) }
  }

  #action(node: Node | null, path: string): PlannedAction | undefined {
    const fields = this.#fields(node, path, ACTION_FIELDS)
    if (!fields) return undefined
    const name = this.#name(fields, node, path)
    const image = this.#text1(fields, node, `${path}.image`)
    if (image !== undefined && !imageReference(image)) {
      this.note(fields.get('image'), `${path}.image`, { reason: `${shown(image)} is not the name of an image` })
    }
    const timeoutNode = fields.get('timeout')
    if (!timeoutNode) this.#missing(node, `${path}.timeout`)
    const timeout = timeoutNode ? this.#seconds(timeoutNode, `${path}.timeout`, 1) : undefined
    const command = this.#texts(fields.get('command'), `${path}.command`)
    this.#texts(fields.get('on-timeout'), `${path}.on-timeout`)
    this.#texts(fields.get('on-failure'), `${path}.on-failure`)
    const pid = this.#pid(fields, path)
    return {
      name: name ?? '',
      image: image ?? '',
      timeout: timeout ?? 0,
      ...(command && { command }),
      ...this.#runtime(fields, path),
      ...(pid && { pid }),
    }
  }

  #runtime(fields: Fields, path: string): Pick<PlannedAction, 'volumes' | 'environment'> {
    const volumes = this.#texts(fields.get('volumes'), `${path}.volumes`)
    const environment = this.#environment(fields.get('environment'), `${path}.environment`)
    return { ...(volumes && { volumes }), ...(environment && { environment }) }
  }

  /** `namespaces.pid` is upstream's newer way to say `pid`, and wins. */
  #pid(fields: Fields, path: string): string | undefined {
    const node = fields.get('namespaces')
    const namespaces = node && this.#fields(node, `${path}.namespaces`, ['network', 'pid'])
    return this.#scalar(namespaces?.get('pid') ?? fields.get('pid'), `${path}.pid`)
  }

  #fields(node: Node | null, path: string, known: readonly string[]): Fields | undefined {
    if (!isMap(node)) {
      const reason = `expected fields (${known.join(', ')}), found ${kindOf(node)}`
      return this.note(node, path, { reason })
    }
    const fields = new Map<string, Node | null>()
    for (const pair of (node as YAMLMap<Node, Node | null>).items) this.#field(pair, path, { fields, known })
    return fields
  }

  #field(
    pair: Pair<Node, Node | null>,
    path: string,
    to: { fields: Map<string, Node | null>; known: readonly string[] },
  ): void {
    const key = isScalar(pair.key) ? String(pair.key.value) : ''
    if (to.known.includes(key)) to.fields.set(key, pair.value)
    else
      this.note(pair.key, under(path, key), {
        reason: `there is no field ${shown(key)}; there are ${to.known.join(', ')}`,
      })
  }

  #list<T>(fields: Fields, parent: Place, path: string, read: (node: Node | null, path: string) => T | undefined) {
    const node = fields.get(path.split('.').at(-1) ?? path)
    if (!node) return this.#missing(parent, path)
    if (!isSeq(node)) return this.note(node, path, { reason: `expected a list, found ${kindOf(node)}` })
    return node.items.flatMap((item, at) => read(item as Node | null, `${path}[${at}]`) ?? [])
  }

  #name(fields: Fields, parent: Place, path: string): string | undefined {
    const field = under(path, 'name')
    const name = this.#text1(fields, parent, field)
    if (name === undefined || name.length <= NAME_MOST) return name
    return this.note(fields.get('name'), field, {
      reason: `a name has at most ${NAME_MOST} characters, this one ${name.length}`,
    })
  }

  /** A text that has to be there and say something. */
  #text1(fields: Fields, parent: Place, path: string): string | undefined {
    const node = fields.get(path.split('.').at(-1) ?? path)
    if (!node) return this.#missing(parent, path)
    const text = this.#scalar(node, path)
    if (text === '') return this.note(node, path, { reason: 'it is empty', depends: true })
    return text
  }

  #missing(parent: Place, path: string): undefined {
    return this.note(parent, path, { reason: 'it is missing', depends: true })
  }

  /** Any plain value as the text that stands there: `UID: 0` is `"0"`, as with upstream. */
  #scalar(node: Node | null | undefined, path: string): string | undefined {
    if (!node || (isScalar(node) && node.value === null)) return undefined
    if (isScalar(node)) return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
    return this.note(node, path, { reason: `expected a text, found ${kindOf(node)}` })
  }

  #texts(node: Node | null | undefined, path: string): readonly string[] | undefined {
    if (!node || (isScalar(node) && node.value === null)) return undefined
    if (!isSeq(node)) return this.note(node, path, { reason: `expected a list of texts, found ${kindOf(node)}` })
    return node.items.map((item, at) => this.#scalar(item as Node | null, `${path}[${at}]`) ?? '')
  }

  /** Values are never shown: they may be secrets. */
  #environment(node: Node | null | undefined, path: string): Readonly<Record<string, string>> | undefined {
    if (!node || (isScalar(node) && node.value === null)) return undefined
    if (!isMap(node)) return this.note(node, path, { reason: `expected names and values, found ${kindOf(node)}` })
    const entries = (node as YAMLMap<Node, Node | null>).items.map(pair => {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      return [key, this.#scalar(pair.value, `${path}.${key}`) ?? ''] as const
    })
    return Object.fromEntries(entries)
  }

  #seconds(node: Node, path: string, least: number): number | undefined {
    const value = isScalar(node) ? node.value : undefined
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= TIMEOUT_MOST) return value
    const found = isScalar(node) ? shown(this.#text.slice(...(node.range ?? [0, 0]))) : kindOf(node)
    return this.note(node, path, { reason: `${found} is not a whole number of seconds from ${least} on` })
  }

  #unique(named: readonly { readonly name: string }[] | undefined, list: Place, path: string): void {
    const seen = new Set<string>()
    for (const [at, { name }] of (named ?? []).entries()) {
      if (name !== '' && seen.has(name)) {
        const item = isSeq(list) ? (list.items[at] as Place) : list
        this.note(item, `${path}[${at}].name`, { reason: `${shown(name)} is there twice`, depends: true })
      }
      seen.add(name)
    }
  }
}

const ACTION_FIELDS = [
  'name',
  'image',
  'timeout',
  'command',
  'on-timeout',
  'on-failure',
  'volumes',
  'environment',
  'pid',
  'namespaces',
]

const under = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`)

function kindOf(node: unknown): string {
  if (isMap(node)) return 'fields'
  if (isSeq(node)) return 'a list'
  return isScalar(node) && node.value !== null ? 'a plain value' : 'nothing'
}

function shown(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value)
}
