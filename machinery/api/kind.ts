import type { KubeObject, Resource } from './object.ts'
import type { Infer, Schema, SchemaNode } from './schema.ts'

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string
  readonly type: 'string' | 'integer' | 'date' | 'boolean' | 'number'
  readonly format?: string
  readonly jsonPath: string
  /** 0 is always shown, more only with `-o wide`. */
  readonly priority?: number
  readonly description?: string
}

/** A noun of the API: where it lives, what it is called, and, for our own kinds, the schema of its fields. */
export interface Kind<T extends KubeObject = KubeObject> {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  /** What lists of it are called; the kind and `List` unless told. */
  readonly listKind?: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  /** Whether `status` is a subresource, written apart from the rest. */
  readonly statusSubresource: boolean
  readonly columns: readonly PrinterColumn[]
  /** Schema of the whole object for custom kinds; built-in kinds have none here. */
  readonly schema?: SchemaNode
  /** Labels of its CustomResourceDefinition. */
  readonly labels?: Readonly<Record<string, string>>
  /** For the compiler only. */
  readonly example?: T
}

interface KindOptions {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular?: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly namespaced?: boolean
  readonly columns?: readonly PrinterColumn[]
  readonly labels?: Readonly<Record<string, string>>
  readonly description?: string
}

/** A custom kind with `spec` and a `status` subresource, its types read from the two schemas. */
export function customKind<S, U>(
  options: KindOptions & { readonly spec: Schema<S>; readonly status: Schema<U> },
): Kind<Resource<S, U>> {
  const { spec, status, description, ...rest } = options
  return {
    singular: options.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    columns: [],
    ...rest,
    statusSubresource: true,
    schema: {
      type: 'object',
      ...(description && { description }),
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
        spec,
        status,
      },
    },
  }
}

/** A kind that Kubernetes itself defines. */
export function builtinKind<T extends KubeObject>(
  options: KindOptions & { readonly statusSubresource?: boolean },
): Kind<T> {
  return {
    singular: options.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    columns: [],
    statusSubresource: false,
    ...options,
  }
}

/** What a list of this kind is called. */
export function listKindOf({ kind, listKind }: Pick<Kind, 'kind' | 'listKind'>): string {
  return listKind ?? `${kind}List`
}

export type ObjectOf<K> = K extends Kind<infer T> ? T : never
export type { Infer }

/** `group/version`, or the bare version of the core group: what stands in an object's `apiVersion`. */
export function apiVersion(kind: Pick<Kind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
}

/** `plural.group`: the name of a kind's CustomResourceDefinition. */
export function resourceName(kind: Pick<Kind, 'group' | 'plural'>): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`
}

/** A new object of this kind, with its `apiVersion` and `kind` filled in. */
export function make<T extends KubeObject>(kind: Kind<T>, fields: Omit<T, 'apiVersion' | 'kind'>): T {
  return { apiVersion: apiVersion(kind), kind: kind.kind, ...fields } as T
}
