/**
 * Builders for structural OpenAPI v3 schemas, as a CustomResourceDefinition carries them, and the TypeScript type each
 * one stands for: a kind's fields are written once, and the API's validation and our own types are both read from it.
 */
export interface SchemaNode {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  readonly title?: string
  readonly description?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: boolean
  readonly maximum?: number
  readonly exclusiveMaximum?: boolean
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly default?: unknown
  readonly example?: unknown
  readonly externalDocs?: { readonly description?: string; readonly url?: string }
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly additionalProperties?: SchemaNode | boolean
  readonly items?: SchemaNode
  readonly nullable?: boolean
  /** Value validations: they may refuse what the structure around them allows, and allow nothing more. */
  readonly allOf?: readonly SchemaNode[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly not?: SchemaNode
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
  readonly 'x-kubernetes-embedded-resource'?: boolean
  readonly 'x-kubernetes-int-or-string'?: boolean
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[]
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'map' | 'set'
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular'
  /** Of Kubernetes' own kinds: how a strategic merge patch treats it, and by which member items of a list are told apart. */
  readonly 'x-kubernetes-patch-strategy'?: string
  readonly 'x-kubernetes-patch-merge-key'?: string
}

/** A CEL rule that the value at its schema must meet (apiextensions/v1 `ValidationRule`). */
export interface ValidationRule {
  readonly rule: string
  readonly message?: string
  readonly messageExpression?: string
  readonly reason?: 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueRequired' | 'FieldValueDuplicate'
  readonly fieldPath?: string
  /** Lets a rule on `oldSelf` run on creation too, with `oldSelf` as an optional. */
  readonly optionalOldSelf?: boolean
}

declare const meaning: unique symbol
/** A schema that remembers, for the compiler only, which type its values have. */
export type Schema<T = unknown> = SchemaNode & { readonly [meaning]?: T }
export type Infer<S> = S extends Schema<infer T> ? T : never

type Fields = Readonly<Record<string, Schema>>
type Flat<T> = { readonly [K in keyof T]: T[K] }
type ObjectOf<F extends Fields, R extends keyof F> = Flat<
  { [K in R]: Infer<F[K]> } & { [K in Exclude<keyof F, R>]?: Infer<F[K]> | undefined }
>

type Limits = Omit<SchemaNode, 'type' | 'properties' | 'items' | 'required' | 'description'>

export function string(description?: string, limits: Limits = {}): Schema<string> {
  return { type: 'string', ...(description && { description }), ...limits }
}

export function oneOf<const V extends readonly string[]>(values: V, description?: string): Schema<V[number]> {
  return { type: 'string', enum: values, ...(description && { description }) }
}

export function integer(description?: string, limits: Limits = {}): Schema<number> {
  return { type: 'integer', ...(description && { description }), ...limits }
}

export function boolean(description?: string, limits: Limits = {}): Schema<boolean> {
  return { type: 'boolean', ...(description && { description }), ...limits }
}

/** An RFC 3339 time, as text. */
export function time(description?: string): Schema<string> {
  return { type: 'string', format: 'date-time', ...(description && { description }) }
}

export function list<T>(items: Schema<T>, description?: string, limits: Limits = {}): Schema<readonly T[]> {
  return { type: 'array', items, ...(description && { description }), ...limits }
}

/** Free keys, values of one kind. */
export function map<T>(values: Schema<T>, description?: string): Schema<Readonly<Record<string, T>>> {
  return { type: 'object', additionalProperties: values, ...(description && { description }) }
}

export function object<const F extends Fields, const R extends keyof F & string = never>(
  properties: F,
  options: { readonly required?: readonly R[]; readonly description?: string } & Limits = {},
): Schema<ObjectOf<F, R>> {
  return { type: 'object', properties, ...options }
}

/** Any JSON below this point; nothing is pruned. */
export function anything(description?: string): Schema<unknown> {
  return { 'x-kubernetes-preserve-unknown-fields': true, ...(description && { description }) }
}
